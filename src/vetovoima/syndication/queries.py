"""Questions of the public side: search, one record, counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from vetovoima.common.fields import Translated

from .documents import part_of
from .models import PublicState, PublishedDocument
from .search import overview
from .search.counting import facets, fewer_words, nearest, relaxations
from .search.keeping import current_offer
from .search.narrowing import Narrowed, distances_from, narrowings, silent_total, together
from .search.offer import ORDERS, Figures, Mask, Offer
from .search.offer import Whole as Places
from .search.overview import Light, Sums
from .search.spelling import Understood, understand
from .search.terms import FLEXIBLE, MAX_PAGE, MAX_POINTS, PAGE, SORTS, Relaxation, SearchPage, SearchTerms

__all__ = ["FLEXIBLE", "MAX_PAGE", "PAGE", "SORTS", "Light", "Relaxation", "SearchPage", "SearchTerms"]


@dataclass(frozen=True)
class _Found:
    """The records that fit, and how they were found."""

    offer: Offer
    base: Mask
    narrowed: dict[str, Narrowed]
    fitting: Mask
    words: Understood | None
    #: how far each record is from the place asked about
    away: Figures | None


def _find(language: str, terms: SearchTerms) -> _Found:
    offer = current_offer()
    base = offer.everything() if terms.examples else ~offer.flags["is_example"]
    words = understand(offer, terms.text, language)
    away = distances_from(offer, terms.near)
    narrowed = narrowings(offer, terms, words.fits if words else None, away)
    return _Found(offer, base, narrowed, together(base, narrowed.values()), words, away)


def _ordered(found: _Found, language: str, terms: SearchTerms) -> Places:
    """The places of the records that fit, in the order asked for; every order ends in one that is the same everywhere."""
    offer, sort = found.offer, terms.sort
    if sort in ORDERS and not (sort == "power" and terms.power_year is not None):
        order = offer.order(sort, language if sort == "name" else "")
        return order[found.fitting[order]]
    newest = offer.order("updated", "")
    rows = newest[found.fitting[newest]]
    if sort == "distance" and found.away is not None:
        return rows[np.argsort(found.away[rows], kind="stable")]
    if sort == "power":
        power = offer.column("power_mw", terms.power_year)[rows]
        return rows[np.argsort(-np.nan_to_num(power, nan=-np.inf), kind="stable")]
    if sort in ("", "relevance") and found.words is not None:
        return rows[np.argsort(-found.words.points[rows], kind="stable")]
    return rows


def _documents(offer: Offer, places: Places, language: str) -> list[PublishedDocument]:
    codes = [str(code) for code in offer.codes[places]]
    rows = PublishedDocument.objects.in_language(language).filter(code__in=codes).defer("body")
    by_code = {row.code: row for row in rows}
    return [by_code[code] for code in codes if code in by_code]


def search_sites(language: str, terms: SearchTerms, *, with_facets: bool = True) -> SearchPage:
    """This will return one page of published records. `limit` is bounded to 1–500; without a known order it is by
    relevance where words are asked, else the newest first."""
    limit = max(1, min(terms.limit, MAX_PAGE))
    found = _find(language, terms)
    after = terms.offset + limit
    places = _ordered(found, language, terms)
    shown = places[terms.offset : after]
    return SearchPage(
        documents=_documents(found.offer, shown, language),
        total=len(places),
        real_total=int((found.fitting & ~found.offer.flags["is_example"]).sum()),
        next_offset=after if after < len(places) else None,
        corrected=found.words.corrected if found.words else "",
        read_in=found.words.read_in if found.words else "",
        distances=_distances(found, shown),
        powers=_powers(found.offer, shown, terms),
        **(_counted(found, language, terms) if with_facets else {}),
    )


def every_page(language: str, terms: SearchTerms) -> Iterator[SearchPage]:
    """This will yield all that a search finds, page by page, whatever page was asked for; one page at least."""
    offset: int | None = 0
    while offset is not None:
        page = search_sites(language, replace(terms, limit=MAX_PAGE, offset=offset), with_facets=False)
        yield page
        offset = page.next_offset


def _distances(found: _Found, places: Places) -> dict[str, float]:
    """How far the records of a page are from the place that distance is counted from."""
    if found.away is None:
        return {}
    pairs = zip(found.offer.codes[places], found.away[places], strict=True)
    return {str(code): round(float(km), 1) for code, km in pairs if not np.isnan(km)}


def _powers(offer: Offer, places: Places, terms: SearchTerms) -> dict[str, tuple[int, float]]:
    """By which of their figures the records of a page have the power asked for: often by that of a later year."""
    if terms.min_power_mw is None:
        return {}
    met = {
        str(offer.codes[place]): offer.power.meeting(place, terms.min_power_mw, terms.power_year)
        for place in places.tolist()
    }
    return {code: pair for code, pair in met.items() if pair is not None}


def _counted(found: _Found, language: str, terms: SearchTerms) -> dict[str, Any]:
    """What the page tells besides its records."""
    offer, base, narrowed, fitting = found.offer, found.base, found.narrowed, found.fitting
    nothing = not fitting.any()
    real, examples = facets(offer, base, narrowed, fitting)
    return {
        "unknown_total": silent_total(base & ~offer.flags["is_example"], narrowed),
        "facets": real,
        "example_facets": examples,
        "relaxations": [
            *fewer_words(offer, base, narrowed, terms.text, language),
            *relaxations(offer, base, narrowed),
        ]
        if nothing
        else [],
        "nearest": nearest(offer, base, narrowed, terms.power_year, found.away) if nothing else [],
    }


def all_points(language: str, terms: SearchTerms) -> list[dict[str, Any]]:
    """The places of every result, for the map: code, name, kind, how ready and complete it is,
    position and its precision; at most 2,000."""
    found = _find(language, replace(terms, box=None))
    offer = found.offer
    order = offer.order("code", "")
    return [_point(offer, place, language) for place in order[found.fitting[order]][:MAX_POINTS].tolist()]


def _point(offer: Offer, place: int, language: str) -> dict[str, Any]:
    kind = offer.categories["kind"].of(place)
    code = str(offer.codes[place])
    return {
        "code": code,
        "name": str(offer.names[language if language in offer.names else "en"][place]),
        "kind": kind,
        "municipality": offer.categories["municipality"].of(place),
        "precision": offer.categories["precision"].of(place),
        "latitude": float(offer.numbers["latitude"][place]),
        "longitude": float(offer.numbers["longitude"][place]),
        "url": f"/{language}/{part_of(kind)}/{code}/",
        "is_example": bool(offer.flags["is_example"][place]),
        "readiness": int(offer.numbers["readiness"][place]),
        "completeness": int(offer.numbers["completeness"][place]),
    }


def offer_sums(language: str, terms: SearchTerms) -> Sums:
    """What the real records that a search finds come to: counts, and the largest figures of any one of them."""
    found = _find(language, terms)
    return overview.sums(found.offer, found.fitting)


def published_site(code: str, language: str) -> PublishedDocument | None:
    """One record's document in a language, or None."""
    return PublishedDocument.objects.in_language(language).filter(code=code).first()


def published_names(codes: Iterable[str]) -> dict[str, Translated]:
    """What records are called on the public side, by code; one that is not public is not among them. For whoever may not
    see a record's working copy."""
    rows = PublishedDocument.objects.filter(code__in=list(codes)).values_list(
        "code", "language", "body__name"
    )
    found: dict[str, Translated] = {}
    for code, language, name in rows:
        names = found.setdefault(code, Translated())
        if name["language"] == language:
            names[language] = name["text"]
    return found


def site_counts() -> dict[str, int]:
    """How many real records are public, in all and by municipality; examples are not counted."""
    return dict(overview.real_counts(current_offer()))


def sector_counts() -> dict[str, int]:
    """How many real records are public in each sector and lead sector."""
    return dict(overview.real_sectors(current_offer()))


def real_lights(most: int) -> list[Light]:
    """Where the real records lie, as at most so many lights (a few more where positions are known differently)."""
    return overview.lights(current_offer(), most)


def newest_sites(language: str, limit: int = 6) -> list[PublishedDocument]:
    """The records updated last; real ones before examples."""
    rows = PublishedDocument.objects.in_language(language).order_by("is_example", "-updated_at", "code")
    return list(rows.defer("body")[:limit])


def public_state() -> tuple[int, Any]:
    """The version of the public side and when it last changed: (version, moment or None)."""
    state = PublicState.objects.filter(pk=1).first()
    return (state.version, state.changed_at) if state else (0, None)


def published_paths() -> list[tuple[str, Any]]:
    """Every public record's path below its language with its last update, by code, for the sitemap."""
    rows = PublishedDocument.objects.in_language("en").order_by("code")
    return [
        (f"{part_of(kind)}/{code}/", updated_at)
        for code, kind, updated_at in rows.values_list("code", "kind", "updated_at")
    ]
