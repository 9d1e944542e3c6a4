"""What is searched: pages, their questions, the facts and the portal's own lists, as words.

Read again when the public side has changed; only texts that changed are taken apart again, which takes a second or more
for all of them, so the worker does it (`portal.tasks`) and the processes share what it found.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from enum import StrEnum
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple

from django.core.cache import caches
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import override

from vetovoima.catalogue.knowledge.queries import drawn, policies_in_force, public_facts
from vetovoima.catalogue.knowledge.tokens import TOKEN, codes_in
from vetovoima.catalogue.knowledge.writing import written
from vetovoima.common.templatetags.vetovoima import day
from vetovoima.common.text import word_bases, word_lemmas, words
from vetovoima.portal.drawing import draw_plain
from vetovoima.portal.models.texts import PageText, page_texts
from vetovoima.portal.own_views import OWN_VIEWS
from vetovoima.syndication.queries import public_state

if TYPE_CHECKING:
    from vetovoima.catalogue.models import KnownFact

#: a longer summary is cut
LONGEST = 180
#: another number when words are taken apart in another way
FORM = 1


class Found(StrEnum):
    """What kind of thing was found, in the order in which equals stand."""

    PAGE = "page"
    SECTOR = "sector"
    MUNICIPALITY = "municipality"
    QUESTION = "question"
    NEWS = "news"
    EVENT = "event"
    FACT = "fact"


@dataclass(frozen=True)
class Said:
    """One thing that may be found, as it is shown and as it is read: `page` is the number of its page, 0 of none; `dated`
    is the day of a figure, and `is_local` says that it is of one municipality."""

    kind: Found
    title: str
    url: str
    summary: str
    text: str
    page: int = 0
    dated: str = ""
    is_local: bool = False


class Words(NamedTuple):
    """Its words: those of the title in their own base forms, then all base forms and parts of compounds."""

    titled: frozenset[str]
    in_title: frozenset[str]
    in_summary: frozenset[str]
    in_text: frozenset[str]


@dataclass(frozen=True)
class Entry:
    """One thing with its words."""

    said: Said
    words: Words


@dataclass(frozen=True)
class _Kept:
    state: tuple[int, Any]
    entries: tuple[Entry, ...]


_lock = Lock()
_kept: dict[str, _Kept] = {}


def entries(language: str) -> tuple[Entry, ...]:
    """This will return everything that may be found in a language, as of the present version of the public side."""
    # The moment too: a number that was given in a transaction taken back is given again.
    state = public_state()
    kept = _kept.get(language)
    if not _holds(kept, state):
        with _lock:
            kept = _kept.get(language)
            if not _holds(kept, state):
                kept = _kept[language] = _read(language, state, kept)
    assert kept is not None
    return kept.entries


def _holds(kept: _Kept | None, state: tuple[int, Any]) -> bool:
    """Whether what is kept is of the present; before anything was published there is no telling."""
    return kept is not None and kept.state == state and state[1] is not None


def _read(language: str, state: tuple[int, Any], old: _Kept | None) -> _Kept:
    with override(language):
        said = {_mark(one): one for one in _everything(language)}
    key, shared = f"page-words:{FORM}:{language}", caches["drawings"]
    known = {_mark(one.said): one.words for one in old.entries} if old else {}
    if said.keys() - known.keys():
        known |= shared.get(key) or {}
    fresh = {mark: _words_of(said[mark], language) for mark in said.keys() - known.keys()}
    found = {mark: fresh.get(mark) or known[mark] for mark in said}
    if fresh:
        shared.set(key, found)
    return _Kept(state, tuple(Entry(one, found[mark]) for mark, one in said.items()))


def _mark(said: Said) -> str:
    """What its words are kept under: the same texts have the same."""
    return hashlib.sha256("\0".join(str(one) for one in astuple(said)).encode()).hexdigest()


def _everything(language: str) -> Iterator[Said]:
    pages = page_texts(language)
    known = drawn(codes_in(*(one.lead for one in pages)))
    for page in pages:
        lead = draw_plain(page.lead, lambda codes: known)
        yield from _of_page(page, lead, language)
    for name, view in OWN_VIEWS.items():
        if view.is_listed:
            yield Said(
                Found.PAGE, str(view.in_menu or view.title), reverse(f"portal-{name}"), "", str(view.title)
            )
    yield from _facts(language)


def _of_page(page: PageText, lead: str, language: str) -> Iterator[Said]:
    url = f"/{language}/{page.way}"
    text = TOKEN.sub(" ", page.text)
    yield Said(Found(page.kind), page.title, url, _cut(lead), text, page.number)
    for question, answer in page.questions:
        answer = TOKEN.sub(" ", answer)
        yield Said(Found.QUESTION, question, url, _cut(page.title), answer, page.number)


def _facts(language: str) -> Iterator[Said]:
    """Facts and policies whose name is written in the language: none is shown in another one."""
    address = reverse("portal-facts")
    for topic in public_facts():
        for one in topic.facts:
            label, told_in = one.label.best(language)
            if told_in == language:
                yield _fact(one, label, address, f"{topic.label} {one.statement.best(language)[0]}", language)
    for policy in policies_in_force(localdate()):
        title, told_in = policy.title.best(language)
        if told_in == language:
            text = policy.text.best(language)[0]
            yield Said(Found.FACT, title, f"{address}#{policy.code}", _cut(text), text)


def _fact(fact: KnownFact, label: str, address: str, text: str, language: str) -> Said:
    value, dated = written(fact, language), day(fact.as_of)
    return Said(
        Found.FACT, label, f"{address}#{fact.code}", _cut(f"{value} ({dated})" if dated else value), text,
        dated=fact.as_of, is_local=fact.municipality_id is not None,
    )  # fmt: skip


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rsplit(" ", 1)[0] + "…"


def _words_of(said: Said, language: str) -> Words:
    titled = frozenset(base for word in words(said.title) for base in word_bases(word, language))
    return Words(titled, *(_tokens(text, language) for text in (said.title, said.summary, said.text)))


def _tokens(text: str, language: str) -> frozenset[str]:
    return frozenset(token for word in words(text) for token in word_lemmas(word, language))
