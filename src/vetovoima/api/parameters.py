"""What machine doors may be asked: parsed and checked, unknown parameters refused by name."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from vetovoima.common.fields import LANGUAGES
from vetovoima.common.geo import parse_box
from vetovoima.reference.queries import municipalities, sectors
from vetovoima.syndication.asking import ASKED, read_text, terms_of
from vetovoima.syndication.queries import MAX_PAGE, SearchTerms

from .caching import Refused

KNOWN = (
    "municipality", "sector", "lang", "limit", "offset", "bbox", "q", "examples", *(one.name for one in ASKED),
)  # fmt: skip
DEFAULT_LIMIT = 100


@dataclass(frozen=True)
class FeedRequest:
    """A checked request: the language, the terms, and the parameters to repeat in links."""

    language: str
    terms: SearchTerms
    given: dict[str, str]


def feed_request(request: HttpRequest, *, municipality: str = "") -> FeedRequest:
    """This will read the parameters of a feed; raises Refused for unknown names, values and repetitions."""
    unknown = sorted(set(request.GET) - set(KNOWN))
    if unknown:
        detail = _("Unknown parameters: %(names)s.") % {"names": ", ".join(name[:60] for name in unknown)}
        raise Refused(detail, unknown=[name[:60] for name in unknown], known=list(KNOWN))
    given = {name: request.GET[name] for name in request.GET}
    if any(len(request.GET.getlist(name)) > 1 or len(value) > 500 for name, value in given.items()):
        raise Refused(_("Give each parameter once, with at most 500 characters."))
    language = given.get("lang", request.LANGUAGE_CODE or "en")
    if language not in LANGUAGES:
        raise Refused(_("The parameter lang must be one of %(names)s.") % {"names": ", ".join(LANGUAGES)})
    slug = municipality or given.get("municipality", "")
    _known("municipality", slug, municipalities())
    _known("sector", given.get("sector", ""), sectors())
    terms = SearchTerms(
        text=given.get("q", ""),
        municipalities=(slug,) if slug else (),
        sectors=(given["sector"],) if given.get("sector") else (),
        box=_box(given.get("bbox", "")),
        **terms_of({one.name: _read(one.name, given.get(one.name, "")) for one in ASKED}),
        examples=given.get("examples", "yes") != "no",
        sort="code",
        limit=_whole("limit", given.get("limit", str(DEFAULT_LIMIT)), 1, MAX_PAGE),
        offset=_whole("offset", given.get("offset", "0"), 0, 1_000_000),
    )
    return FeedRequest(language, terms, given)


def _known(name: str, value: str, things: QuerySet[Any]) -> None:
    """Refuse a slug that names nothing; asks the database only when one was given."""
    if not value or things.filter(slug=value).exists():
        return
    detail = _("%(name)s %(value)s is not known.") % {"name": name, "value": value[:60]}
    raise Refused(detail, parameter=name, known=sorted(things.values_list("slug", flat=True)))


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
