"""JSON Feed 1.1."""

from __future__ import annotations

from typing import Any

from .shapes import Channel, Entry

VERSION = "https://jsonfeed.org/version/1.1"


def head_of(channel: Channel) -> dict[str, Any]:
    """This will return what a feed says of itself."""
    found = {
        "version": VERSION,
        "title": channel.title,
        "description": channel.description,
        "language": channel.language,
        "home_page_url": channel.home,
        "feed_url": channel.address,
        "next_url": channel.next,
        "authors": [{"name": channel.author}] if channel.author else [],
    }
    return {name: value for name, value in found.items() if value}


def item_of(one: Entry) -> dict[str, Any]:
    """This will return an entry; what it does not have is left out, as the format asks."""
    found: dict[str, Any] = {
        "id": one.url,
        "url": one.url,
        "title": one.title,
        "summary": one.summary,
        "content_text": one.text,
        "image": one.image,
        "date_published": one.published,
        "date_modified": one.updated,
        "tags": [tag.label for tag in one.tags],
        "language": one.language,
    }
    return {name: value for name, value in found.items() if value}


def write_json_feed(channel: Channel, own: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    """This will return a whole feed. `own` holds what we say of each entry beyond the format, which has a place for it."""
    items = [item_of(one) for one in channel.entries]
    about = {"_vetovoima": {"licence": channel.licence, "licence_url": channel.licence_url}}
    if own is not None:
        items = [{**item, "_vetovoima": said} for item, said in zip(items, own, strict=True)]
    return {**head_of(channel), **about, "items": items}
