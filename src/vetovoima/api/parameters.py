"""What machine doors may be asked: parsed and checked, unknown parameters refused by name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _

from vetovoima.common.fields import LANGUAGES
from vetovoima.reference.queries import municipalities, sectors
from vetovoima.syndication import questions
from vetovoima.syndication.questions import LIMIT, MAX_OFFSET, NotUnderstood, slugs
from vetovoima.syndication.search.terms import MAX_PAGE, SearchTerms

from .caching import Refused

KNOWN = (*questions.NAMES, "lang")
ABOUT, PAGES = ("municipality", "sector", "lang"), ("limit", "offset")


@contextmanager
def understood() -> Iterator[None]:
    """This will turn a parameter that cannot be read into a refusal of the request, with the same sentence."""
    try:
        yield
    except NotUnderstood as error:
        raise Refused(error.sentence, **error.members) from error


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
    request: HttpRequest,
    *,
    municipality: str = "",
    sort: str = questions.SORT,
    limit: int = LIMIT,
    beside: Iterable[str] = (),
) -> FeedRequest:
    """This will read the parameters of a feed; raises Refused for unknown names, values and repetitions.

    `sort` and `limit` are what holds when the request does not say; `beside` are names that the caller itself reads.
    """
    given = given_of(request, (*KNOWN, *beside))
    language = language_of(request, given)
    with understood():
        terms = questions.terms_asked(given, municipality=municipality, sort=sort, limit=limit)
    return FeedRequest(language, terms, given)


def happening_request(request: HttpRequest, *, pages: bool = True) -> HappeningRequest:
    """This will read the parameters of news and events; raises Refused. Without `pages` all is answered at once."""
    given = given_of(request, (*ABOUT, *(PAGES if pages else ())))
    language = language_of(request, given)
    with understood():
        return HappeningRequest(
            language=language,
            municipalities=slugs("municipality", given.get("municipality", ""), municipalities()),
            sectors=slugs("sector", given.get("sector", ""), sectors()),
            limit=questions.whole("limit", given.get("limit", str(LIMIT)), 1, MAX_PAGE),
            offset=questions.whole("offset", given.get("offset", "0"), 0, MAX_OFFSET),
            given=given,
        )


def given_of(request: HttpRequest, known: Iterable[str]) -> dict[str, str]:
    """This will read what an address asks with, each name once; raises Refused for names that are not `known`."""
    given = {name: request.GET[name] for name in request.GET}
    with understood():
        questions.check_names(given, known)
        questions.check_lengths(given)
    if any(len(request.GET.getlist(name)) > 1 for name in given):
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
