"""What the doors may be asked, read and checked; whatever is unknown or cannot be read is refused by its name."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from vetovoima.api.caching import Refused
from vetovoima.catalogue.enums import Availability, SiteKind
from vetovoima.common.fields import LANGUAGES
from vetovoima.reference.enums import PlaceKind
from vetovoima.reference.queries import municipalities, sectors
from vetovoima.syndication.features.queries import Mark, Wish
from vetovoima.syndication.questions import several

from .collections import Collection
from .systems import CRS84, ETRS_TM35FIN, SYSTEMS, Area, BadBox, area_in

FORMATS = ("json", "html")
EVERYWHERE = ("f", "lang")
ONE = (*EVERYWHERE, "crs")
ITEMS = (*ONE, "bbox", "bbox-crs", "datetime", "limit", "after", "count")
DEFAULT_LIMIT, MAX_LIMIT, MAX_LIMIT_HTML = 100, 1_000, 100
LONGEST = 500
OPEN_END = ("", "..")
_AFTER = re.compile(r"([0-9a-f]{1,14})\.([0-9a-f]{1,15})")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(\.\d{1,12})?([Zz]|[+-]\d{2}:\d{2})", re.ASCII)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


@dataclass(frozen=True)
class ItemsRequest:
    """A checked question for items."""

    wish: Wish
    limit: int
    system: str
    with_count: bool
    given: dict[str, str]

    @property
    def is_metric(self) -> bool:
        """Whether shapes are wanted in EPSG:3067."""
        return self.system == ETRS_TM35FIN


class Span(NamedTuple):
    """From when to when, both ends among it; None is open."""

    since: datetime | None
    until: datetime | None


def given_of(request: HttpRequest, known: tuple[str, ...]) -> dict[str, str]:
    """This will return the parameters of an address; raises Refused for unknown ones, repeated ones and endless ones."""
    found: dict[str, str] = {}
    for name, values in request.GET.lists():
        if name not in known:
            unknown = sorted(one[:60] for one in set(request.GET) - set(known))
            detail = _("Unknown parameters: %(names)s.") % {"names": ", ".join(unknown)}
            raise Refused(detail, unknown=unknown, known=list(known))
        if len(values) > 1 or len(values[0]) > LONGEST:
            raise Refused(_("Give each parameter once, with at most 500 characters."), parameter=name)
        found[name] = values[0]
    if found.get("lang", "en") not in LANGUAGES:
        raise _not_one_of("lang", LANGUAGES)
    if found.get("f", "json") not in FORMATS:
        raise _not_one_of("f", FORMATS)
    return found


def items_request(request: HttpRequest, collection: Collection) -> ItemsRequest:
    """This will read a question for items; raises Refused."""
    given = given_of(request, (*ITEMS, *collection.filters))
    area, span = _area(given), _span(given)
    wish = Wish(
        language=language_of(request), boxes=area.boxes, metric=area.metric, inner=area.inner,
        since=span.since, until=span.until, after=_after(given.get("after", "")), **_filters(given, collection),
    )  # fmt: skip
    return ItemsRequest(
        wish, _limit(given), system_of(given), _flag("count", given.get("count", "no")), given
    )


def language_of(request: HttpRequest) -> str:
    """The language of the answer."""
    return getattr(request, "LANGUAGE_CODE", None) or "en"


def system_of(given: dict[str, str], name: str = "crs") -> str:
    """The reference system that a parameter names; raises Refused for one that is not spoken here."""
    found = given.get(name, CRS84)
    if found not in SYSTEMS:
        raise _not_one_of(name, SYSTEMS)
    return found


def _area(given: dict[str, str]) -> Area:
    system = system_of(given, "bbox-crs")
    if "bbox" not in given:
        return Area(())
    try:
        return area_in(given["bbox"], system)
    except BadBox:
        raise Refused(
            _("The parameter bbox must be four or six numbers: west,south,east,north in degrees, or in metres with bbox-crs."),
            parameter="bbox",
        ) from None  # fmt: skip


def _limit(given: dict[str, str]) -> int:
    """Part 1, 7.15.2: what is larger than the largest is no error, and the largest is used."""
    most = MAX_LIMIT_HTML if given.get("f") == "html" else MAX_LIMIT
    text = given.get("limit", str(DEFAULT_LIMIT))
    if not (text.isascii() and text.isdigit()) or not int(text):
        raise Refused(_("The parameter limit must be a whole number of at least 1."), parameter="limit")
    return min(int(text), most)


def _after(text: str) -> Mark | None:
    if not text:
        return None
    found = _AFTER.fullmatch(text)
    if found is None:
        raise Refused(_("The parameter after comes from the link to the next page; begin again without it."), parameter="after")  # fmt: skip
    return Mark(int(found[1], 16), int(found[2], 16))


def after_of(mark: Mark) -> str:
    """Where a page ended, as the address of the next one says it."""
    return f"{mark.spot:x}.{mark.key:x}"


def _flag(name: str, text: str) -> bool:
    if text not in ("yes", "no"):
        raise _not_one_of(name, ("yes", "no"))
    return text == "yes"


def _span(given: dict[str, str]) -> Span:
    """Part 1, 7.15.4: a moment, or an interval whose ends may be open (`..` or nothing); a day is all of it."""
    if "datetime" not in given:
        return Span(None, None)
    start, divider, end = given["datetime"].partition("/")
    try:
        if not divider:
            return _moment(start)
        first = None if start in OPEN_END else _moment(start).since
        last = None if end in OPEN_END else _moment(end).until
        if first is not None and last is not None and first > last:
            raise ValueError
    except (ValueError, OverflowError):
        raise Refused(
            _("The parameter datetime must be a moment such as 2026-03-10T08:00:00Z, or two with / between them; .. leaves an end open."),
            parameter="datetime",
        ) from None  # fmt: skip
    return Span(first, last)


def _moment(text: str) -> Span:
    """The first and the last instant of a moment or a day; raises ValueError."""
    if _DAY.fullmatch(text) and (day := parse_date(text)):
        start = datetime(day.year, day.month, day.day, tzinfo=UTC)
        return Span(start, start + timedelta(days=1, microseconds=-1))
    if _MOMENT.fullmatch(text) and (moment := parse_datetime(text.upper())):
        found = moment.astimezone(UTC)
        return Span(found, found)
    raise ValueError(text)


def _filters(given: dict[str, str], collection: Collection) -> dict[str, Any]:
    """What is asked of properties; most ask for nothing."""
    if given.keys().isdisjoint(collection.filters):
        return {}
    return {
        "kinds": _chosen(
            "kind", given, [one.value for one in (PlaceKind if collection.id == "places" else SiteKind)]
        ),
        "availabilities": _chosen("availability", given, Availability.values),
        "municipalities": _slugs("municipality", given, municipalities),
        "sectors": _slugs("sector", given, sectors),
        "examples": _flag("examples", given.get("examples", "yes")),
    }


def _chosen(name: str, given: dict[str, str], choices: list[str]) -> tuple[str, ...]:
    if name not in given:
        return ()
    asked = several(given[name])
    if not asked or not set(asked) <= set(choices):
        raise _not_one_of(name, choices)
    return asked


def _slugs(name: str, given: dict[str, str], things: Callable[[], QuerySet[Any]]) -> tuple[str, ...]:
    """Slugs of the region; asks the database only when some were given."""
    return _chosen(name, given, list(things().values_list("slug", flat=True))) if name in given else ()


def _not_one_of(name: str, choices: Any) -> Refused:
    text = _("The parameter %(name)s must be one of %(names)s.")
    return Refused(text % {"name": name, "names": ", ".join(choices)}, parameter=name)
