"""The state of each page in each language, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from vetovoima.catalogue.knowledge.enums import FactState
from vetovoima.catalogue.knowledge.queries import drawn
from vetovoima.portal.languages import SWITCH
from vetovoima.portal.models import ContentPage
from vetovoima.portal.models.marks import language_of, mark_of, marks_of, source_of
from vetovoima.portal.uses import codes_of


class State(TextChoices):
    """What may be said of a page in a language; what needs most attention comes first."""

    MISSING = "missing", _("missing")
    DRAFT = "draft", _("draft, not public")
    OUTDATED = "outdated", _("outdated")
    OVERDUE = "overdue", _("past its review day")
    CURRENT = "current", _("current")


class Reason(TextChoices):
    """Why a page needs somebody."""

    SOURCE = "source", _("The text it translates has changed since.")
    FACT = "fact", _("A fact that it names is no longer kept.")
    UNTRANSLATED = "untranslated", _("The copy still waits to be translated.")
    REVIEW = "review", _("Its review day has passed.")
    CHANGES = "changes", _("There are changes that are not public yet.")
    #: the page draws the fact with its date: it is mended in the fact bank, and the page is none the worse
    FACT_DUE = "fact_due", _("A fact that it names waits for its review in the fact bank.")


@dataclass(frozen=True)
class Cell:
    """One page in one language."""

    language: str
    state: State
    reasons: tuple[Reason, ...] = ()
    page: Any = None
    changed_at: Any = None
    changed_by: str = ""
    can_say_same: bool = False


@dataclass(frozen=True)
class BoardRow:
    """One page in all languages."""

    key: str
    title: str
    path: str
    depth: int
    kind: str
    cells: tuple[Cell, ...] = ()
    source: Any = None


@dataclass
class Known:
    """What the states of all pages are read from, asked for once."""

    today: date
    marks: dict[int, str] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)


def content_pages() -> list[ContentPage]:
    """Every page of the portal with its language and who wrote its newest version, in the order of the tree."""
    found = (
        Page.objects.filter(depth__gt=1)
        .order_by("path")
        .select_related("locale", "latest_revision__user")
        .specific()
    )
    return [page for page in found if isinstance(page, ContentPage)]


def board_rows(today: date, pages: Iterable[ContentPage] | None = None) -> list[BoardRow]:
    """This will return every page with its state in every language, in the order of the tree of the source language."""
    found = list(pages if pages is not None else content_pages())
    known = Known(today, marks_of(found), drawn({code for page in found for code in codes_of(page)}))
    by_key: dict[str, list[ContentPage]] = {}
    for page in found:
        by_key.setdefault(str(page.translation_key), []).append(page)
    rows = [_row(key, same, known) for key, same in by_key.items()]
    return sorted(rows, key=lambda one: one.path)


def _row(key: str, same: list[ContentPage], known: Known) -> BoardRow:
    source = source_of([page for page in same if page.live]) or source_of(same)
    mark = mark_of(source)
    by_language = {language_of(page): page for page in same}
    cells = tuple(_cell(code, by_language.get(code), source, mark, known) for code in SWITCH)
    path = "/".join(source.url_path.strip("/").split("/")[1:])
    kind = str(source._meta.verbose_name)
    return BoardRow(key, source.title, f"/{path}/" if path else "/", source.depth - 2, kind, cells, source)


def _cell(language: str, page: Any, source: Any, mark: str, known: Known) -> Cell:
    if page is None:
        return Cell(language, State.MISSING)
    reasons = tuple(_reasons(page, source, mark, known))
    revision = page.latest_revision
    who = str(revision.user) if revision is not None and revision.user else ""
    when = revision.created_at if revision is not None else page.last_published_at or page.first_published_at
    return Cell(
        language, _state(page, reasons), reasons, page, when, who,
        can_say_same=Reason.SOURCE in reasons and page.live and not page.has_unpublished_changes,
    )  # fmt: skip


def _reasons(page: Any, source: Any, mark: str, known: Known) -> Iterable[Reason]:
    if page.awaits_translation:
        yield Reason.UNTRANSLATED
    if page is not source and page.pk in known.marks and known.marks[page.pk] != mark:
        yield Reason.SOURCE
    facts = [known.facts.get(code) for code in codes_of(page)]
    if any(fact is None or fact.state == FactState.RETIRED for fact in facts):
        yield Reason.FACT
    if page.review_on and page.review_on < known.today:
        yield Reason.REVIEW
    if page.live and page.has_unpublished_changes:
        yield Reason.CHANGES
    if any(fact is not None and fact.state == FactState.STALE for fact in facts):
        yield Reason.FACT_DUE


def _state(page: Any, reasons: tuple[Reason, ...]) -> State:
    if not page.live:
        return State.DRAFT
    if Reason.SOURCE in reasons or Reason.FACT in reasons:
        return State.OUTDATED
    return State.OVERDUE if Reason.REVIEW in reasons else State.CURRENT


def counts_of(rows: Iterable[BoardRow]) -> dict[str, dict[str, int]]:
    """How many pages are in each state, by language."""
    counts = {code: dict.fromkeys(State.values, 0) for code in SWITCH}
    for row in rows:
        for cell in row.cells:
            counts[cell.language][cell.state.value] += 1
    return counts


def narrowed(rows: Iterable[BoardRow], *, state: str, language: str, text: str) -> list[BoardRow]:
    """The rows of which some cell has the state, in the language that is asked for."""
    word = text.casefold().strip()

    def fits(row: BoardRow) -> bool:
        cells = [cell for cell in row.cells if not language or cell.language == language]
        if state and not any(cell.state == state for cell in cells):
            return False
        return not word or word in row.title.casefold() or word in row.path

    return [row for row in rows if fits(row)]
