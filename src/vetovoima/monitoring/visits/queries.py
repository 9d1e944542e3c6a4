"""Questions about the counts: source → page → enquiry, a month at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Sum
from django.db.models.functions import TruncMonth

from .enums import Origin, What
from .models import DailyCount

#: a smaller count is not shown: it could be somebody
FEWEST_SHOWN = 5
MONTHS_SHOWN = 13
#: so far back a page that is open now has been read by somebody
READ_WITHIN = timedelta(days=31)


@dataclass
class Sums:
    """One row of a table: arrivals, pages read, enquiries."""

    entry: int = 0
    view: int = 0
    enquiry: int = 0

    def add(self, what: str, number: int) -> None:
        """This will add to one of the sums."""
        setattr(self, what, getattr(self, what) + number)


@dataclass(frozen=True)
class PathSums:
    """One page of a month, with the sources of those who read it."""

    path: str
    sums: Sums
    origins: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class MonthOfVisits:
    """A month: in all, by source, by page, by language."""

    month: date
    total: Sums
    sources: list[tuple[str, str, Sums]]
    pages: list[PathSums]
    languages: dict[str, Sums]


def shown(number: int) -> int | None:
    """A count as it may be shown: None stands for "fewer than five"; nothing is nothing."""
    return number if number == 0 or number >= FEWEST_SHOWN else None


def months() -> list[date]:
    """The months that have counts, newest first."""
    found = DailyCount.objects.order_by().annotate(month=TruncMonth("day")).values_list("month", flat=True)
    return sorted(set(found), reverse=True)


def is_read(path: str, today: date) -> bool:
    """Whether a page was read of late: only what was answered is counted as read, so a page that was is no invention."""
    read = DailyCount.objects.filter(what=What.VIEW, path=path, day__range=(today - READ_WITHIN, today))
    return read.exists()


def month_of_visits(month: date) -> MonthOfVisits:
    """The counts of one month; one query."""
    total: Sums = Sums()
    sources: dict[tuple[str, str], Sums] = defaultdict(Sums)
    paths: dict[str, PathSums] = {}
    languages: dict[str, Sums] = defaultdict(Sums)
    for what, path, language, origin, detail, number in _rows(month):
        page = paths.setdefault(path, PathSums(path, Sums(), {}))
        for one in (total, sources[(origin, detail)], page.sums, languages[language]):
            one.add(what, number)
        if what == What.VIEW:
            page.origins[origin] = page.origins.get(origin, 0) + number
    by_source = sorted(
        sources.items(), key=lambda one: (-one[1].enquiry, -one[1].entry, -one[1].view, one[0])
    )
    by_page = sorted(paths.values(), key=lambda one: (-one.sums.view, one.path))
    listed = [(origin, detail, sums) for (origin, detail), sums in by_source]
    return MonthOfVisits(month, total, listed, by_page, dict(languages))


def _rows(month: date) -> Iterable[tuple[str, str, str, str, str, int]]:
    rows = DailyCount.objects.filter(day__gte=month, day__lt=_next(month)).order_by()
    return rows.values_list("what", "path", "language", "origin", "detail").annotate(Sum("count"))


def trend(until: date) -> list[tuple[date, Sums]]:
    """The last thirteen months up to one, oldest first: a year and the same month of the year before; gaps are zeros."""
    found: dict[date, Sums] = {}
    month = until
    for _step in range(MONTHS_SHOWN):
        found[month] = Sums()
        month = _before(month)
    rows = (
        DailyCount.objects.filter(day__gte=min(found), day__lt=_next(until)).order_by()
        .annotate(month=TruncMonth("day")).values_list("month", "what").annotate(Sum("count"))
    )  # fmt: skip
    for one, what, number in rows:
        found[one].add(what, number)
    return sorted(found.items(), key=lambda one: one[0])


def page_months(keys: Iterable[str], until: date) -> dict[str, list[tuple[date, Sums]]]:
    """What came from each of some registered pages that show the offer, by its key: the last thirteen months up to one,
    oldest first; gaps are zeros. One query.

    Arrivals, pages read, and enquiries that were sent; an enquiry itself never says where its sender came from.
    """
    steps = _months_until(until)
    found = {key: {month: Sums() for month in steps} for key in keys}
    rows = (
        DailyCount.objects.filter(origin=Origin.EMBED, detail__in=list(found), day__gte=steps[0], day__lt=_next(until))
        .order_by().annotate(month=TruncMonth("day")).values_list("detail", "month", "what").annotate(Sum("count"))
    )  # fmt: skip
    for key, month, what, number in rows:
        found[key][month].add(what, number)
    return {key: list(by_month.items()) for key, by_month in found.items()}


def _months_until(month: date) -> list[date]:
    found = [month]
    while len(found) < MONTHS_SHOWN:
        found.append(_before(found[-1]))
    return found[::-1]


def _next(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _before(month: date) -> date:
    return date(month.year - (month.month == 1), (month.month - 2) % 12 + 1, 1)
