"""A feed before it is written down: what Atom and JSON Feed say alike, from public documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from vetovoima.syndication.happenings import NewsDocument

if TYPE_CHECKING:
    from vetovoima.syndication.models import PublishedDocument


@dataclass(frozen=True)
class Tag:
    """What an entry is filed under: the word for machines, the words for people."""

    term: str
    label: str


@dataclass(frozen=True)
class Entry:
    """One entry. Its address is also its identity: codes never change and are never reused. Moments are ISO 8601 with
    their offset; `point` is (latitude, longitude), only where the place is known exactly."""

    url: str
    title: str
    title_language: str
    language: str
    published: str
    updated: str
    summary: str
    text: str
    tags: tuple[Tag, ...] = ()
    image: str = ""
    point: tuple[float, float] | None = None


@dataclass(frozen=True)
class Channel:
    """What a feed says of itself; every address is whole. `identity` is that of the feed, whichever page of it this is;
    `next` is "" on the last page."""

    title: str
    description: str
    language: str
    home: str
    identity: str
    address: str
    next: str
    author: str
    licence: str
    licence_url: str
    updated: str
    entries: Sequence[Entry] = ()


def of_record(row: PublishedDocument, card: Mapping[str, Any]) -> Entry:
    """This will make the entry of a published record; `card` has whole addresses."""
    place = card["place"]
    is_exact = place["precision"] == "exact"
    return Entry(
        url=card["url"],
        title=card["name"]["text"],
        title_language=card["name"]["language"],
        language=card["language"],
        published=row.published_at.isoformat(timespec="seconds"),
        updated=card["updated_at"],
        summary=card["summary"]["text"],
        text=_words(card),
        tags=(
            Tag(card["kind"]["value"], card["kind"]["label"]),
            Tag(card["municipality"]["slug"], card["municipality"]["name"]),
            *(Tag(one["slug"], one["name"]) for one in card["sectors"]),
            *((Tag("example", _("example")),) if card["is_example"] else ()),
        ),
        image=card["photo"]["url"] if card["photo"] else "",
        point=(place["latitude"], place["longitude"]) if is_exact else None,
    )


def _words(card: Mapping[str, Any]) -> str:
    """A card in plain text: what it is, its summary, and each known figure with its source and day."""
    lines = [f"{card['kind']['label']} · {card['municipality']['name']} · {card['availability']['label']}"]
    if card["summary"]["text"]:
        lines += ["", card["summary"]["text"]]
    figures = [_figure(one) for one in card["key_facts"] if one["known"]]
    return "\n".join(
        [*lines, *(["", *figures] if figures else []), "", f"{card['code']} · {card['licence']}"]
    )


def _figure(fact: Mapping[str, Any]) -> str:
    words = f"{fact['label']}: {fact['display']} {fact['unit']}".strip()
    source = ", ".join(part for part in (fact["source"], fact["dated"]) if part)
    return f"{words} ({source})" if source else words


def of_news(one: NewsDocument, base: str, moment: str) -> Entry:
    """This will make the entry of a piece of news; `base` is the public address, `moment` that of its day's beginning."""
    return Entry(
        url=f"{base}{one['url']}",
        title=one["title"],
        title_language=one["language"],
        language=one["language"],
        published=moment,
        updated=max(one["updated_at"], moment),
        summary=one["lead"],
        text="\n\n".join(part for part in (one["lead"], one["text"], *_sources(one)) if part),
        tags=tuple(Tag(slug, slug) for slug in (*one["municipalities"], *one["sectors"])),
    )


def _sources(one: NewsDocument) -> list[str]:
    return [
        ", ".join(part for part in (source["title"], source["dated"], source["url"]) if part)
        for source in one["sources"]
    ]
