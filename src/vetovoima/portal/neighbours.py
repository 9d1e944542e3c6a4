"""The joint map: what is asked in the address, and what its page shows of records and regions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from vetovoima.syndication.federation.enums import kind_label
from vetovoima.syndication.federation.joint import PAGE, JointPage, JointRecord, JointRegion, Wish

#: an address is not followed further than this
LAST_PAGE = 2_000


@dataclass(frozen=True)
class Part:
    """The records of one region on a page."""

    region: JointRegion
    records: list[JointRecord]


def asked_page(given: QueryDict) -> int:
    """The page of the list that is asked for, from 1 on; anything else is the first."""
    text = given.get("page", "")
    page = int(text) if text.isascii() and text.isdigit() and len(text) <= 5 else 1
    return max(1, min(page, LAST_PAGE))


def asked_wish(given: QueryDict, language: str) -> Wish:
    """What is asked of the joint list; a region or kind that is not there finds nothing, and the page says so."""
    return Wish(language, given.get("region", "")[:60], given.get("kind", "")[:20])


def parts_of(page: JointPage) -> list[Part]:
    """The records region by region."""
    return [
        Part(same[0].region, same)
        for _key, found in groupby(page.records, key=lambda one: one.region.key)
        if (same := list(found))
    ]


def kind_options(kinds: list[str]) -> list[tuple[str, str]]:
    """The kinds that can be asked for, with their names."""
    return [(one, kind_label(one)) for one in kinds]


def pages_of(total: int) -> int:
    """How many pages there are."""
    return max(1, -(-total // PAGE))


def point_shapes(records: Iterator[JointRecord], language: str) -> list[dict[str, Any]]:
    """The places for the map (frontend/components/map/points.ts): each with its region and its licence in words."""
    example = _("EXAMPLE")
    return [
        {
            "code": one.key, "name": one.name, "url": one.url, "latitude": one.latitude, "longitude": one.longitude,
            "precision": one.precision, "precision_label": one.precision_label, "is_example": one.is_example,
            "place": ", ".join(part for part in (one.place_name, one.region.name.best(language)[0]) if part),
            "example": example if one.is_example else "",
            "quality": " · ".join(part for part in (one.region.attribution, one.licence) if part),
        }
        for one in records
        if one.url
    ]  # fmt: skip
