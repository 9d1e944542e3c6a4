"""The sites that could be meant, out of the offer that the search keeps in memory: the same figures as the search's own."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vetovoima.catalogue.enums import Availability
from vetovoima.syndication.models import PublishedDocument
from vetovoima.syndication.search.keeping import current_offer
from vetovoima.syndication.search.offer import Offer

from .criteria import CRITERIA
from .topsis import Flags, Floats

Texts = NDArray[np.object_]


@dataclass(frozen=True)
class Sites:
    """Every site that could be meant, a row for each; `figures` has a column for each criterion, NaN: not known."""

    codes: Texts
    #: where each stands in the alphabet of the language
    by_name: NDArray[np.int64]
    examples: Flags
    figures: dict[str, Floats]
    in_municipality: Flags
    has_sector: Flags
    #: whether any sector is on record for the site
    has_any_sector: Flags
    is_taken: Flags
    is_availability_known: Flags

    def __len__(self) -> int:
        """How many sites there are."""
        return len(self.codes)


def read_sites(
    language: str,
    *,
    kinds: Collection[str],
    municipalities: Collection[str] = (),
    sectors: Collection[str] = (),
    power_year: int | None = None,
) -> Sites:
    """This will take the published sites of these kinds; municipalities and sectors are those somebody looks for."""
    offer = current_offer()
    at = np.flatnonzero(offer.categories["kind"].mask(kinds))
    availability = offer.categories["availability"]
    return Sites(
        codes=offer.codes[at],
        by_name=_by_name(offer, language)[at],
        examples=offer.flags["is_example"][at],
        figures={one.name: offer.column(one.column, power_year)[at] / one.per for one in CRITERIA},
        in_municipality=offer.categories["municipality"].mask(municipalities)[at],
        has_sector=offer.tags["sectors"].mask(sectors, offer.size)[at],
        has_any_sector=_with_any(offer)[at],
        is_taken=availability.mask([Availability.TAKEN.value])[at],
        is_availability_known=~availability.mask(["", Availability.UNKNOWN.value])[at],
    )


def _by_name(offer: Offer, language: str) -> NDArray[np.int64]:
    """The place of each record in the order of names."""
    found = np.empty(offer.size, dtype=np.int64)
    found[offer.order("name", language)] = np.arange(offer.size)
    return found


def _with_any(offer: Offer) -> Flags:
    """The records of which any sector is on record."""
    found = np.zeros(offer.size, dtype=bool)
    found[offer.tags["sectors"].places] = True
    return found


def cards_of(codes: Collection[str], language: str) -> dict[str, Any]:
    """The cards of some sites, by code; for the few that a page shows."""
    rows = PublishedDocument.objects.in_language(language).filter(code__in=list(codes))
    return dict(rows.values_list("code", "card"))
