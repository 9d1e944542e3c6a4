"""Counts as the page and the file show them: what could be somebody is "fewer than five"."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from vetovoima.monitoring.visits.enums import Origin, What
from vetovoima.monitoring.visits.queries import FEWEST_SHOWN, MonthOfVisits, Sums, shown

MOST_PAGES = 100


@dataclass(frozen=True)
class Row:
    """One line of a table."""

    name: str
    note: str
    entry: str
    view: str
    enquiry: str


def number(count: int) -> str:
    """This will write a count, or "<5" for a few."""
    kept = shown(count)
    return f"<{FEWEST_SHOWN}" if kept is None else str(kept)


def row(name: Any, sums: Sums, note: str = "") -> Row:
    """This will make one line."""
    return Row(str(name), note, number(sums.entry), number(sums.view), number(sums.enquiry))


def source_rows(found: MonthOfVisits) -> list[Row]:
    """The sources: what led to enquiries first."""
    return [row(Origin(origin).label, sums, detail) for origin, detail, sums in found.sources]


def page_rows(found: MonthOfVisits) -> list[Row]:
    """The pages most read, each with the source that most of its readers came from, where that is told."""
    return [row(f"/{page.path}", page.sums, _main_origin(page.origins)) for page in found.pages[:MOST_PAGES]]


def _main_origin(origins: dict[str, int]) -> str:
    told = {
        origin: count
        for origin, count in origins.items()
        if origin != Origin.INSIDE and count >= FEWEST_SHOWN
    }
    return str(Origin(max(told, key=lambda origin: told[origin])).label) if told else ""


def as_csv(found: MonthOfVisits) -> str:
    """The month as a file: sources, then pages; the same counts as on the page."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["month", "table", "name", "detail", *What.values])
    month = found.month.strftime("%Y-%m")
    for origin, detail, sums in found.sources:
        writer.writerow([month, "source", origin, detail, *_cells(sums)])
    for page in found.pages:
        writer.writerow([month, "page", f"/{page.path}", "", *_cells(page.sums)])
    return out.getvalue()


def _cells(sums: Sums) -> list[str]:
    return [number(sums.entry), number(sums.view), number(sums.enquiry)]


def month_of(text: str, known: list[date], today: date) -> date:
    """The month that an address asks for, when there are counts of it; else the newest, else this one."""
    return next(
        (one for one in known if one.strftime("%Y-%m") == text), known[0] if known else today.replace(day=1)
    )


def trend_rows(trend: list[tuple[date, Sums]]) -> list[dict[str, Any]]:
    """The months side by side."""
    return [{"month": month.strftime("%Y-%m"), "row": row("", sums)} for month, sums in trend]


def hint() -> str:
    """What a small count means, in words."""
    return _("Counts under %(number)s are shown as <%(number)s.") % {"number": FEWEST_SHOWN}
