"""What the board shows: pages with what came from them, places with how their pages stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from vetovoima.desk.forms import here
from vetovoima.desk.visits.drawing import Line, line_through
from vetovoima.desk.visits.shapes import Row, row
from vetovoima.monitoring.visits.queries import page_months
from vetovoima.syndication.channels import queries
from vetovoima.syndication.channels.enums import PageState, Seen

if TYPE_CHECKING:
    from vetovoima.reference.models import Municipality
    from vetovoima.syndication.channels.models import ChannelPage

#: how a page stands, the worst first: what has to be mended is read first
WORST_FIRST = (PageState.BROKEN, PageState.LATE, PageState.UNKNOWN, PageState.GREEN)
MARKS = {PageState.GREEN: "good", PageState.LATE: "warn", PageState.BROKEN: "bad", PageState.UNKNOWN: "quiet"}


@dataclass(frozen=True)
class PageLine:
    """One page on the board."""

    page: ChannelPage
    expected: str
    came: Row
    is_refused: bool

    @property
    def mark(self) -> str:
        """The mark of its state; the state stands beside it in words."""
        return MARKS[PageState(self.page.state)]

    @property
    def is_current(self) -> bool:
        """Whether the version that was seen is the one that is right now."""
        return bool(self.page.version) and self.page.version == self.expected


@dataclass(frozen=True)
class Place:
    """One municipality, or the region, with how its pages stand."""

    name: str
    slug: str
    counts: dict[str, int] = field(default_factory=dict)
    total: int = 0


def lines(pages: Sequence[ChannelPage], today: date) -> list[PageLine]:
    """The pages of one sheet of the board, in three queries."""
    month = today.replace(day=1)
    came = page_months([one.key for one in pages], month)
    expected = queries.current_versions(pages)
    refused = queries.origins_not_allowed(pages)
    return [
        PageLine(one, expected.get(one.pk, ""), row("", came[one.key][-1][1]), one.pk in refused)
        for one in pages
    ]


def place_name(municipality: Municipality | None) -> str:
    """What a place is called on the page."""
    return municipality.name.best(here())[0] if municipality else str(_("the region"))


def places(pages: Iterable[ChannelPage], known: Iterable[Municipality | None]) -> list[Place]:
    """How the pages of each place stand; a place without any page is told too."""
    by_place: dict[int | None, list[ChannelPage]] = {}
    for one in pages:
        by_place.setdefault(one.municipality_id, []).append(one)
    found = []
    for place in known:
        own = by_place.get(place.pk if place else None, [])
        slug = place.slug if place else "-"
        found.append(Place(place_name(place), slug, queries.counts_of(own), len(own)))
    return sorted(found, key=lambda one: (one.slug == "-", one.name))


def narrowed(pages: Iterable[ChannelPage], state: str, place: str) -> list[ChannelPage]:
    """The pages that a person asked for, what has to be mended first."""
    order = {state: number for number, state in enumerate(WORST_FIRST)}
    found = [
        one for one in pages
        if (not state or one.state == state)
        and (not place or place == (one.municipality.slug if one.municipality else "-"))
    ]  # fmt: skip
    return sorted(
        found, key=lambda one: (order[PageState(one.state)], place_name(one.municipality), one.title, one.pk)
    )


def trend(pages: Sequence[ChannelPage], today: date) -> dict[str, Any]:
    """How all pages stood in the last two weeks, as numbers and as a line of those that were well."""
    days = queries.trend(pages, today)
    line: Line | None = line_through(
        [one.counts[PageState.GREEN] for one in days], max((one.total for one in days), default=0)
    )
    return {"days": days, "line": line}


def months(page: ChannelPage, today: date) -> list[dict[str, Any]]:
    """What came from a page, month by month, the newest first."""
    found = page_months([page.key], today.replace(day=1))[page.key]
    return [{"month": month, "row": row("", sums)} for month, sums in reversed(found)]


def last_look(page: ChannelPage) -> Any:
    """What the last visit found, as a sentence."""
    return Seen(page.seen).label if page.seen in Seen.values else ""


def filters(page: ChannelPage) -> str:
    """What the embed asks beyond place and language."""
    return " · ".join(f"{name}={value}" for name, value in page.question.items())
