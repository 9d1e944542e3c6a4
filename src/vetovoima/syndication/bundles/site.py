"""The archive of a municipality's pages: for web sites that can only host files."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from vetovoima.common.fields import LANGUAGES
from vetovoima.media.queries import public_photo
from vetovoima.media.services import photo_file
from vetovoima.syndication.models import PublishedDocument

from . import pages
from .about import About, read_me_of_pages
from .packing import Packer

STYLE = Path(__file__).parent / "static" / "bundle.css"
Document = dict[str, Any]


def pack_pages(packer: Packer, about: About, alive: Callable[[], None]) -> int:
    """This will write a municipality's pages with their photographs, in each language; returns how many records."""
    slug = about.municipality.slug if about.municipality else ""
    packer.add("README.txt", read_me_of_pages(about))
    packer.add("style.css", STYLE.read_bytes())
    packer.add("index.html", pages.front(about))
    photos: dict[str, str] = {}
    count = 0
    for language in LANGUAGES:
        rows = PublishedDocument.objects.in_language(language).filter(municipality_slug=slug).order_by("code")
        documents = [row.body for row in rows.iterator(chunk_size=200)]
        count = len(documents)
        _pack_photos(packer, documents, photos)
        with override(language):
            _pack_language(packer, about, language, documents, photos)
        alive()
    return count


def _pack_photos(packer: Packer, documents: Iterable[Document], photos: dict[str, str]) -> None:
    """The photographs that the records show, each once; one that is not public any more is left out."""
    for one in documents:
        for photo in one["photos"]:
            url = photo["url"]
            name = url.split("/")[-2]
            found = public_photo(name) if url not in photos else None
            path = photo_file(found, "large") if found else None
            if path is not None:
                photos[url] = f"photos/{name}.jpg"
                packer.add(photos[url], path.read_bytes(), is_packed=True)


def _pack_language(
    packer: Packer, about: About, language: str, documents: list[Document], photos: dict[str, str]
) -> None:
    name = about.municipality.name.best(language)[0] if about.municipality else about.named(language)
    listed = pages.fragment(about, language, documents)
    packer.add(f"{language}/fragment.html", str(listed))
    whole = pages.fragment(about, language, documents, level=1)
    title = _("Sites and premises: %(name)s") % {"name": name}
    packer.add(
        f"{language}/index.html", pages.page(about, language, title, whole, up="../", here="index.html")
    )
    for one in documents:
        packer.add(f"{language}/sites/{one['code']}.html", pages.record(about, language, one, photos))
    items = [_for_programs(about, one, photos) for one in documents]
    body = {**about.as_json(), "language": language, "total": len(items), "items": items}
    packer.add(f"{language}/sites.json", json.dumps(body, ensure_ascii=False, separators=(",", ":")))


def _for_programs(about: About, one: Document, photos: dict[str, str]) -> Document:
    """A record whole, with where its page and its photographs lie in the archive."""
    files = [photos[photo["url"]] for photo in one["photos"] if photo["url"] in photos]
    page = f"{one['language']}/sites/{one['code']}.html"
    return {**one, "url": f"{about.base}{one['url']}", "archive": {"page": page, "photos": files}}
