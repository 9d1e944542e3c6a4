"""A question to the offer as addresses ask it: parameters by name made into a search, the same for every door and embed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from vetovoima.catalogue.enums import Availability, SiteKind
from vetovoima.common.geo import Box, parse_box
from vetovoima.reference.queries import municipalities, sectors

from .asking import ASKED, BY_NAME, Shape, read_text, terms_of
from .search.terms import MAX_PAGE, SORTS, SearchTerms

#: every parameter of a question; the language is no part of it
NAMES = (
    "municipality", "sector", "kind", "availability", "limit", "offset", "bbox", "q", "sort", "examples",
    *(one.name for one in ASKED),
)  # fmt: skip
#: what holds when a question does not say
SORT, LIMIT = "code", 100
MAX_OFFSET = 1_000_000
#: as long as a drawn area may be written; anything else is shorter
LONGEST, LONGEST_AREA = 500, 4000


class NotUnderstood(ValidationError):
    """A parameter cannot be read. `sentence` says which and why; `members` hold its name and what would be known."""

    def __init__(self, sentence: str, **members: Any) -> None:
        self.sentence, self.members = sentence, members
        super().__init__(sentence)


def terms_asked(
    given: Mapping[str, str], *, municipality: str = "", sort: str = SORT, limit: int = LIMIT
) -> SearchTerms:
    """This will make the search of a question; raises NotUnderstood. What is not given counts as not asked.

    `municipality` comes before what is given; `sort` and `limit` hold when the question does not say.
    """
    terms = SearchTerms(
        text=given.get("q", ""),
        kinds=chosen("kind", given, SiteKind.values),
        municipalities=slugs("municipality", municipality or given.get("municipality", ""), municipalities()),
        sectors=slugs("sector", given.get("sector", ""), sectors()),
        availabilities=chosen("availability", given, Availability.values),
        box=_box(given.get("bbox", "")),
        **terms_of({one.name: _read(one.name, given.get(one.name, "")) for one in ASKED}),
        examples=given.get("examples", "yes") != "no",
        sort=next(iter(chosen("sort", given, SORTS, most=1)), sort),
        limit=whole("limit", given.get("limit", str(limit)), 1, MAX_PAGE),
        offset=whole("offset", given.get("offset", "0"), 0, MAX_OFFSET),
    )
    if lonely := without_place(terms):
        raise NotUnderstood(_("Say with near from where distance is counted."), parameter=lonely)
    return terms


def without_place(terms: SearchTerms) -> str:
    """This will name the parameter that counts distance from a place when none is named; else nothing."""
    if terms.near:
        return ""
    return "radius" if terms.radius_km is not None else "sort" if terms.sort == "distance" else ""


def check_names(given: Iterable[str], known: Iterable[str]) -> None:
    """This will raise NotUnderstood for names that are not known."""
    names = list(known)
    if unknown := sorted(set(given) - set(names)):
        cut = [name[:60] for name in unknown]
        sentence = _("Unknown parameters: %(names)s.") % {"names": ", ".join(cut)}
        raise NotUnderstood(sentence, unknown=cut, known=names)


def check_lengths(given: Mapping[str, str]) -> None:
    """This will raise NotUnderstood for values longer than any true one."""
    if any(len(value) > longest(name) for name, value in given.items()):
        raise NotUnderstood(_("Give each parameter once, with at most 500 characters."))


def longest(name: str) -> int:
    """How long the value of a parameter may be."""
    return LONGEST_AREA if name in BY_NAME and BY_NAME[name].shape == Shape.OUTLINE else LONGEST


def several(text: str) -> tuple[str, ...]:
    """This will return values divided by commas, each once."""
    return tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))


def slugs(name: str, text: str, things: QuerySet[Any]) -> tuple[str, ...]:
    """The slugs asked for; raises NotUnderstood for one that names nothing. Asks the database only when some were given."""
    asked = several(text)
    known = set(things.filter(slug__in=asked).values_list("slug", flat=True)) if asked else set()
    for value in asked:
        if value not in known:
            sentence = _("%(name)s %(value)s is not known.") % {"name": name, "value": value[:60]}
            all_known = sorted(things.values_list("slug", flat=True))
            raise NotUnderstood(sentence, parameter=name, known=all_known)
    return asked


def chosen(name: str, given: Mapping[str, str], choices: Iterable[str], *, most: int = 0) -> tuple[str, ...]:
    """Values of a list that are known by name, at most so many (0: any number); raises NotUnderstood."""
    names = list(choices)
    asked = several(given.get(name, ""))
    if not set(asked) <= set(names) or 0 < most < len(asked):
        sentence = _("The parameter %(name)s must be one of %(names)s.")
        raise NotUnderstood(sentence % {"name": name, "names": ", ".join(names)}, parameter=name)
    return asked


def whole(name: str, value: str, low: int, high: int) -> int:
    """This will read a whole number within its limits; raises NotUnderstood."""
    if not value.isascii() or not value.isdigit() or len(value) > 9 or not low <= int(value) <= high:
        sentence = _("The parameter %(name)s must be a whole number from %(low)s to %(high)s.")
        raise NotUnderstood(sentence % {"name": name, "low": low, "high": high}, parameter=name)
    return int(value)


def _read(name: str, text: str) -> Any:
    """A parameter of the table that all doors share."""
    try:
        return read_text(name, text)
    except ValidationError as error:
        raise NotUnderstood(" ".join(error.messages), parameter=name) from error


def _box(text: str) -> Box | None:
    try:
        return parse_box(text) if text else None
    except ValidationError as error:
        raise NotUnderstood(" ".join(error.messages), parameter="bbox") from error
