"""What the live pages of a language say, for searching them: three questions however many pages and types there are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any

from django.db.models import QuerySet, Value
from django.utils.html import strip_tags
from wagtail.models import Page

from vetovoima.portal.uses import NO_WORDS

from .news import EventIndexPage, EventPage, NewsIndexPage, NewsPage
from .pages import (
    ContentPage,
    HomePage,
    MunicipalityIndexPage,
    MunicipalityPage,
    RegionPage,
    SectionPage,
    SectorIndexPage,
    SectorPage,
    TextPage,
)

#: every type of page, with what a reader takes it for
KINDS: tuple[tuple[type[ContentPage], str], ...] = (
    (HomePage, "page"), (TextPage, "page"), (SectionPage, "page"), (RegionPage, "page"), (SectorIndexPage, "page"),
    (MunicipalityIndexPage, "page"), (NewsIndexPage, "page"), (EventIndexPage, "page"), (SectorPage, "sector"),
    (MunicipalityPage, "municipality"), (NewsPage, "news"), (EventPage, "event"),
)  # fmt: skip
#: what Wagtail stores beside the words of a block
MARKS = frozenset({"id", "type"})


@dataclass(frozen=True)
class PageText:
    """One page in words: `kind` of KINDS, its way below the language, its questions apart from its other texts."""

    number: int
    kind: str
    title: str
    way: str
    lead: str
    text: str
    questions: tuple[tuple[str, str], ...]


def live_pages(language: str) -> QuerySet[Page]:
    """The pages of a language that anybody may read now."""
    return Page.objects.live().public().filter(locale__language_code=language)


def page_texts(language: str) -> list[PageText]:
    """This will read the live public pages of a language; texts in another language are none of theirs."""
    first, *others = (
        model.objects.filter(locale__language_code=language)
        .order_by()
        .annotate(kind=Value(kind))
        .values_list("pk", "kind", "lead", "body", "blocks")
        for model, kind in KINDS
    )
    said = {row[0]: row[1:] for row in first.union(*others, all=True)}
    rows = live_pages(language).values_list("pk", "title", "url_path").order_by("path")
    return [_page_text(pk, title, url_path, *said[pk]) for pk, title, url_path in rows if pk in said]


def _page_text(
    number: int, title: str, url_path: str, kind: str, lead: str, body: str, blocks: Any
) -> PageText:
    raw = list(blocks.raw_data)
    questions = [pair for one in raw if one["type"] == "questions" for pair in _questions(one["value"])]
    others = [text for one in raw if one["type"] != "questions" for text in _texts(one["value"])]
    return PageText(
        number=number, kind=kind, title=title, way=url_path.lstrip("/").partition("/")[2], lead=lead,
        text=" ".join(_plain(text) for text in (body, *others)), questions=tuple(questions),
    )  # fmt: skip


def _questions(value: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The questions of a block with their answers."""
    for one in value.get("items") or ():
        inner = one.get("value", one) if isinstance(one, Mapping) else {}
        if question := inner.get("question"):
            yield str(question), _plain(str(inner.get("answer") or ""))


def _texts(value: Any) -> Iterator[str]:
    """Every text inside a block as it is stored, however deep; no codes, days and addresses."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for name, part in value.items():
            if name not in NO_WORDS and name not in MARKS:
                yield from _texts(part)
    elif isinstance(value, Iterable):
        for part in value:
            yield from _texts(part)


def _plain(html: str) -> str:
    """Rich text as words; a tag divides them as a space does."""
    return " ".join(unescape(strip_tags(html.replace("<", " <"))).split())
