"""What machine doors may be asked: parsed and checked, unknown parameters refused by name."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from vetovoima.catalogue.enums import Availability, SiteKind
from vetovoima.common.fields import LANGUAGES
from vetovoima.common.geo import parse_box
from vetovoima.reference.queries import municipalities, sectors
from vetovoima.syndication.asking import ASKED, BY_NAME, Shape, read_text, terms_of
from vetovoima.syndication.search.terms import MAX_PAGE, SORTS, SearchTerms

from .caching import Refused

KNOWN = (
    "municipality", "sector", "kind", "availability", "lang", "limit", "offset", "bbox", "q", "sort", "examples",
    *(one.name for one in ASKED),
)  # fmt: skip
ABOUT, PAGES = ("municipality", "sector", "lang"), ("limit", "offset")
#: as long as a drawn area may be written; anything else is shorter
LONGEST, LONGEST_AREA = 500, 4000
DEFAULT_LIMIT = 100


@dataclass(frozen=True)
class FeedRequest:
    """A checked request: the language, the terms, and the parameters to repeat in links."""

    language: str
    terms: SearchTerms
    given: dict[str, str]

    @property
    def narrowed(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The municipalities and sectors asked for."""
        return self.terms.municipalities, self.terms.sectors


@dataclass(frozen=True)
class HappeningRequest:
    """A checked request for news or events."""

    language: str
    municipalities: tuple[str, ...]
    sectors: tuple[str, ...]
    limit: int
    offset: int
    given: dict[str, str]

    @property
    def narrowed(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The municipalities and sectors asked for."""
        return self.municipalities, self.sectors


def feed_request(
    request: HttpRequest, *, municipality: str = "", sort: str = "code", limit: int = DEFAULT_LIMIT
) -> FeedRequest:
    """This will read the parameters of a feed; raises Refused for unknown names, values and repetitions.

    `sort` and `limit` are what holds when the request does not say.
    """
    given = given_of(request, KNOWN)
    language = language_of(request, given)
    terms = SearchTerms(
        text=given.get("q", ""),
        kinds=_chosen("kind", given, SiteKind.values),
        municipalities=_slugs(
            "municipality", municipality or given.get("municipality", ""), municipalities()
        ),
        sectors=_slugs("sector", given.get("sector", ""), sectors()),
        availabilities=_chosen("availability", given, Availability.values),
        box=_box(given.get("bbox", "")),
        **terms_of({one.name: _read(one.name, given.get(one.name, "")) for one in ASKED}),
        examples=given.get("examples", "yes") != "no",
        sort=next(iter(_chosen("sort", given, SORTS)), sort),
        limit=_whole("limit", given.get("limit", str(limit)), 1, MAX_PAGE),
        offset=_whole("offset", given.get("offset", "0"), 0, 1_000_000),
    )
    if lonely := without_place(terms):
        raise Refused(_("Say with near from where distance is counted."), parameter=lonely)
    return FeedRequest(language, terms, given)


def happening_request(request: HttpRequest, *, pages: bool = True) -> HappeningRequest:
    """This will read the parameters of news and events; raises Refused. Without `pages` all is answered at once."""
    given = given_of(request, (*ABOUT, *(PAGES if pages else ())))
    return HappeningRequest(
        language=language_of(request, given),
        municipalities=_slugs("municipality", given.get("municipality", ""), municipalities()),
        sectors=_slugs("sector", given.get("sector", ""), sectors()),
        limit=_whole("limit", given.get("limit", str(DEFAULT_LIMIT)), 1, MAX_PAGE),
        offset=_whole("offset", given.get("offset", "0"), 0, 1_000_000),
        given=given,
    )


def given_of(request: HttpRequest, known: Iterable[str]) -> dict[str, str]:
    """This will read what an address asks with, each name once; raises Refused for names that are not `known`."""
    names = list(known)
    if unknown := sorted(set(request.GET) - set(names)):
        cut = [name[:60] for name in unknown]
        raise Refused(
            _("Unknown parameters: %(names)s.") % {"names": ", ".join(cut)}, unknown=cut, known=names
        )
    given = {name: request.GET[name] for name in request.GET}
    if any(len(request.GET.getlist(name)) > 1 or len(value) > longest(name) for name, value in given.items()):
        raise Refused(_("Give each parameter once, with at most 500 characters."))
    return given


def language_of(request: HttpRequest, given: dict[str, str]) -> str:
    """This will return the language asked for, else the reader's; raises Refused for one that we do not speak."""
    language = given.get("lang", getattr(request, "LANGUAGE_CODE", "") or "en")
    if language not in LANGUAGES:
        raise Refused(
            _("The parameter lang must be one of %(names)s.") % {"names": ", ".join(LANGUAGES)},
            parameter="lang",
        )
    return language


def without_place(terms: SearchTerms) -> str:
    """This will name the parameter that counts distance from a place when none is named; else nothing."""
    if terms.near:
        return ""
    return "radius" if terms.radius_km is not None else "sort" if terms.sort == "distance" else ""


def several(text: str) -> tuple[str, ...]:
    """This will return values divided by commas, each once."""
    return tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))


def longest(name: str) -> int:
    """How long the value of a parameter may be."""
    return LONGEST_AREA if name in BY_NAME and BY_NAME[name].shape == Shape.OUTLINE else LONGEST


def _slugs(name: str, text: str, things: QuerySet[Any]) -> tuple[str, ...]:
    """The slugs asked for; one that names nothing is refused. Asks the database only when some were given."""
    asked = several(text)
    known = set(things.filter(slug__in=asked).values_list("slug", flat=True)) if asked else set()
    for value in asked:
        if value not in known:
            detail = _("%(name)s %(value)s is not known.") % {"name": name, "value": value[:60]}
            raise Refused(detail, parameter=name, known=sorted(things.values_list("slug", flat=True)))
    return asked


def _chosen(name: str, given: dict[str, str], choices: Iterable[str]) -> tuple[str, ...]:
    """Values of a list that are known by name; `sort` takes one."""
    names = list(choices)
    asked = several(given.get(name, ""))
    if not set(asked) <= set(names) or (name == "sort" and len(asked) > 1):
        detail = _("The parameter %(name)s must be one of %(names)s.")
        raise Refused(detail % {"name": name, "names": ", ".join(names)}, parameter=name)
    return asked


def _read(name: str, text: str) -> Any:
    """A parameter of the table that all doors share."""
    try:
        return read_text(name, text)
    except ValidationError as error:
        raise Refused(" ".join(error.messages), parameter=name) from error


def _whole(name: str, value: str, low: int, high: int) -> int:
    if not value.isascii() or not value.isdigit() or len(value) > 9 or not low <= int(value) <= high:
        raise Refused(
            _("The parameter %(name)s must be a whole number from %(low)s to %(high)s.")
            % {"name": name, "low": low, "high": high}, parameter=name,
        )  # fmt: skip
    return int(value)


def _box(value: str) -> tuple[float, float, float, float] | None:
    if not value:
        return None
    try:
        box = parse_box(value)
    except ValidationError as error:
        raise Refused(" ".join(error.messages), parameter="bbox") from error
    assert all(map(math.isfinite, box))
    return box
