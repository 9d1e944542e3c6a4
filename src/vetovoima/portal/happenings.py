"""News and events for the machine doors: the live pages as public documents (`syndication.happenings`)."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils.html import strip_tags
from django.utils.timezone import localtime
from django.utils.translation import override

from vetovoima.catalogue.knowledge.queries import drawn
from vetovoima.catalogue.knowledge.tokens import codes_in
from vetovoima.common.text import WORD, plain, word_bases
from vetovoima.reference import queries as reference
from vetovoima.syndication.happenings import (
    EVENT_SCHEMA,
    NEWS_SCHEMA,
    EventDocument,
    NewsDocument,
    register_happenings,
)

from .drawing import draw_plain
from .models.marks import plain_blocks
from .models.news import NewsPage, events, languages_of, news, subjects_of

if TYPE_CHECKING:
    from vetovoima.catalogue.models import KnownFact
    from vetovoima.reference.models import Municipality

    from .models.news import EventPage

#: what a page links to says what it is about: a municipality's or a sector's page, a record by its code
LINKED = re.compile(r"/(municipalities|sectors)/([a-z0-9-]+)")
RECORD = re.compile(r"/(?:sites|opportunities)/[A-Z0-9]+-([A-Z0-9]{3})-\d+")
PAGE = re.compile(r'<a\s(?=[^>]*linktype="page")[^>]*\bid="(\d+)"')
#: where a paragraph of rich text ends
ENDS = re.compile(r"</(?:p|h\d|li|ul|ol)>|<br\s*/?>")


@dataclass(frozen=True, eq=False)
class _Around:
    """What the documents of one answer share, asked for once."""

    language: str
    languages: dict[Any, list[str]]
    licence: str
    #: the facts that the texts name, by code
    facts: Mapping[str, KnownFact]

    def drawn(self, text: str) -> str:
        """A text with the fact bank's values in their places."""
        return draw_plain(text, lambda _codes: self.facts)

    @cached_property
    def towns(self) -> list[Municipality]:
        """The region's municipalities."""
        return list(reference.municipalities())

    @cached_property
    def parts(self) -> dict[str, str]:
        """The slug of each municipality by its part of a record's code."""
        return {one.site_code: one.slug for one in self.towns}

    @cached_property
    def names(self) -> dict[str, str]:
        """The slug of each municipality by its name, as a search would compare it."""
        return {plain(one.name.best(self.language)[0]): one.slug for one in self.towns}

    @cached_property
    def leads(self) -> dict[str, str]:
        """The lead sector of each sub-sector."""
        return reference.lead_sector_of()

    @cached_property
    def subjects(self) -> dict[int, tuple[str, str]]:
        """What the pages of municipalities and sectors are about, by their numbers."""
        return subjects_of()


def _around(language: str, pages: Sequence[Any]) -> _Around:
    named = {code for one in pages for code in codes_in(one.lead, one.body)}
    return _Around(language, languages_of(pages), reference.licence(), drawn(named) if named else {})


def news_documents(language: str) -> list[NewsDocument]:
    """This will return the live news of a language, newest first."""
    found = list(news(language))
    around = _around(language, found)
    with override(language):
        return [_news(one, around) for one in found]


def event_documents(language: str) -> list[EventDocument]:
    """This will return the live events of a language, by their beginning."""
    found = list(events(language))
    around = _around(language, found)
    with override(language):
        return [event_document(one, around) for one in found]


def one_event(page: EventPage, language: str) -> EventDocument:
    """This will return one live event."""
    with override(language):
        return event_document(page, _around(language, [page]))


def _news(page: NewsPage, around: _Around) -> NewsDocument:
    return {"schema": NEWS_SCHEMA, **_told(page, around), "date": page.date.isoformat()}  # type: ignore[typeddict-item]


def event_document(page: EventPage, around: _Around) -> EventDocument:
    """This will make the public shape of an event."""
    told = _told(page, around)
    if page.municipality and page.municipality not in told["municipalities"]:
        told["municipalities"] = sorted([*told["municipalities"], page.municipality])
    return {
        "schema": EVENT_SCHEMA,
        **told,  # type: ignore[typeddict-item]
        "starts_at": _moment(page.starts_at, page.is_whole_day),
        "ends_at": _moment(page.ends_at, page.is_whole_day),
        "over_at": _moment(page.is_over_at, False),
        "is_whole_day": page.is_whole_day,
        "is_cancelled": page.is_cancelled,
        "place": page.place,
        "online_url": page.online_url,
        "organiser": page.organiser,
        "registration_url": page.registration_url,
    }


def _moment(moment: datetime | None, is_day: bool) -> str:
    if moment is None:
        return ""
    local = localtime(moment)
    return local.date().isoformat() if is_day else local.isoformat(timespec="seconds")


def _told(page: Any, around: _Around) -> dict[str, Any]:
    municipalities, sectors = _subjects(page, around)
    return {
        "code": str(page.translation_key),
        "language": around.language,
        "languages": around.languages[page.translation_key],
        "url": f"/{around.language}/{page.url_path.lstrip('/').partition('/')[2]}",
        "title": page.title,
        "lead": around.drawn(page.lead),
        "text": _plain(page.body, around),
        "updated_at": _moment(
            page.last_published_at or page.first_published_at or page.latest_revision_created_at, False
        )
        or _begins(page),
        "licence": around.licence,
        "municipalities": municipalities,
        "sectors": sectors,
        "sources": [_source(one.value) for one in page.sources],
    }


def _begins(page: Any) -> str:
    """The moment of a page that was never published through the editor: a data pack brought it."""
    day = getattr(page, "date", None)
    return f"{day.isoformat()}T00:00:00+00:00" if day else _moment(page.starts_at, False)


def _source(value: Any) -> dict[str, str]:
    return {"title": value.get("title", ""), "url": value.get("url", ""), "dated": value.get("date", "")}


def _plain(rich: str, around: _Around) -> str:
    """Rich text as plain paragraphs with the fact bank's values in their places."""
    parts = (strip_tags(part) for part in ENDS.split(rich))
    return "\n\n".join(around.drawn(html.unescape(part)).strip() for part in parts if part.strip())


def _subjects(page: Any, around: _Around) -> tuple[list[str], list[str]]:
    """The municipalities and sectors that a page links to or that its blocks show, and the municipalities that its title or
    lead names, in whatever form of the word; a sector counts for its lead sector."""
    blocks = plain_blocks(page.blocks)
    said = f"{page.body} {json.dumps(blocks)}"
    found: dict[str, set[str]] = {"municipalities": set(), "sectors": set()}
    for kind, slug in (*LINKED.findall(said), *_chosen(blocks)):
        found[kind].add(slug)
    if ids := PAGE.findall(said.replace('\\"', '"')):
        for kind, slug in (around.subjects[int(one)] for one in ids if int(one) in around.subjects):
            found[kind].add(slug)
    found["municipalities"] |= {
        around.parts[part] for part in set(RECORD.findall(said)) if part in around.parts
    }
    words = WORD.findall(f"{page.title} {around.drawn(page.lead)}")
    named = {base for word in words for base in word_bases(word, around.language)} & around.names.keys()
    found["municipalities"] |= {around.names[name] for name in named}
    sectors = found["sectors"] | {around.leads[slug] for slug in found["sectors"] if slug in around.leads}
    return sorted(found["municipalities"]), sorted(sectors)


def _chosen(value: Any) -> Iterator[tuple[str, str]]:
    """What blocks were told to show, however deep it stands."""
    if isinstance(value, list):
        for part in value:
            yield from _chosen(part)
    elif isinstance(value, dict):
        for name, part in value.items():
            if name in ("municipalities", "sectors") and isinstance(part, list):
                yield from ((name, str(one)) for one in part if one)
            elif name == "municipality" and isinstance(part, str) and part:
                yield "municipalities", part
            else:
                yield from _chosen(part)


register_happenings(news=news_documents, events=event_documents)
