"""Which pages have the words, the likeliest first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from vetovoima.common.text import word_bases, word_lemmas
from vetovoima.portal.models.texts import live_pages
from vetovoima.syndication.search.words import Asked, asked_words, telling_words

from .index import Entry, Found, entries

LABELS: dict[Found, str | Promise] = {
    Found.PAGE: _("Page"), Found.SECTOR: _("Sector"), Found.MUNICIPALITY: _("Municipality"),
    Found.QUESTION: _("Question"), Found.NEWS: _("News"), Found.EVENT: _("Event"), Found.FACT: _("Fact"),
}  # fmt: skip
#: what a word counts: in the title as itself, there as a part of another, in the summary, in the text
POINTS = (6, 4, 2, 1)
ORDER = {kind: at for at, kind in enumerate(Found)}
#: of a short list so many may be facts: a tax of eight municipalities would leave no room for the page about taxes
FACTS_IN_SHORT = 2


@dataclass(frozen=True)
class Hit:
    """One thing found, as it is shown."""

    kind: Found
    label: str | Promise
    title: str
    url: str
    summary: str


@dataclass(frozen=True)
class Hits:
    """What was found: all of it, the likeliest first."""

    hits: tuple[Hit, ...] = ()

    @property
    def total(self) -> int:
        """How many there are."""
        return len(self.hits)

    def first(self, most: int) -> list[Hit]:
        """The first of them for a short list, in which facts do not crowd out the pages."""
        facts = [one for one in self.hits if one.kind == Found.FACT]
        others = [one for one in self.hits if one.kind != Found.FACT]
        kept = set(others[: most - min(len(facts), FACTS_IN_SHORT)])
        kept |= set(facts[: most - len(kept)])
        return [one for one in self.hits if one in kept]


def find_pages(text: str, language: str) -> Hits:
    """This will return the pages, questions and facts of a language that have every word asked for, in any of its forms.

    What is not public at this moment is not among them.
    """
    asked = asked_words(text, language)
    found = _with(asked, language) or _with(_in_parts(text, language), language)
    shown = (one.said for one in _public(found, language))
    return Hits(tuple(Hit(one.kind, LABELS[one.kind], one.title, one.url, one.summary) for one in shown))


def _with(asked: list[Asked], language: str) -> list[Entry]:
    """What has every one of these words: the likeliest first; of equals a page before a fact, the region's fact before a
    municipality's, and the newer one first."""
    if not asked:
        return []
    found = [(points, one) for one in entries(language) if (points := _points(one, asked))]
    found.sort(key=lambda pair: (pair[1].said.title, pair[1].said.url))
    found.sort(key=lambda pair: pair[1].said.dated, reverse=True)
    found.sort(key=lambda pair: (-pair[0], ORDER[pair[1].said.kind], pair[1].said.is_local))
    return [one for _points, one in found]


def _in_parts(text: str, language: str) -> list[Asked]:
    """The parts of the compounds asked for, for when nothing has them whole: veroprosentti stands in
    kiinteistöveroprosentti as vero and prosentti. Nothing when no word has parts."""
    found: list[Asked] = []
    has_compound = False
    for word in telling_words(text, language):
        bases = word_bases(word, language)
        parts = [one for one in word_lemmas(word, language) if one not in bases]
        has_compound |= len(parts) > 1
        found += [Asked(one, (one,)) for one in parts] if len(parts) > 1 else [Asked(word, bases)]
    return found if has_compound else []


def _public(found: list[Entry], language: str) -> list[Entry]:
    """Those that anybody may read now: a page may have been closed since it was read."""
    numbers = {one.said.page for one in found if one.said.page}
    open_now = (
        set(live_pages(language).filter(pk__in=numbers).values_list("pk", flat=True)) if numbers else set()
    )
    return [one for one in found if not one.said.page or one.said.page in open_now]


def _points(entry: Entry, asked: Iterable[Asked]) -> int:
    """How well an entry has the words; 0 when it lacks one of them."""
    total = 0
    for one in asked:
        points = next(
            (points for tokens, points in zip(entry.words, POINTS, strict=True) if _has(tokens, one)), 0
        )
        if not points:
            return 0
        total += points
    return total


def _has(tokens: frozenset[str], asked: Asked) -> bool:
    if not tokens.isdisjoint(asked.tokens):
        return True
    return bool(asked.beginnings) and any(token.startswith(asked.beginnings) for token in tokens)
