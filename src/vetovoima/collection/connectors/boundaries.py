"""Municipal boundaries by WFS: whether there is a newer division, and the newer one once it is whole."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from vetovoima.common.http import CannotFetch, Deadline, get
from vetovoima.reference.boundaries import CODE_PROPERTIES

from .problems import SourceChanged, few

MOST_BYTES = 50_000_000
#: `kunta4500k_2026` in the address that the region's pack gives
LAYER = re.compile(r"\b(?P<layer>[A-Za-z]\w{0,80}?)_(?P<year>20\d{2})(?!\d)")


@dataclass(frozen=True)
class Division:
    """A municipal division of one year: where it is, and its boundaries as GeoJSON."""

    year: int
    url: str
    data: dict[str, Any]


def year_of(url: str) -> int:
    """The year of the division that an address names; 0 when it names none."""
    found = LAYER.search(url)
    return int(found["year"]) if found else 0


def newest_year(url: str, deadline: Deadline) -> int:
    """This will ask the service which divisions it has and return the newest year.

    Raises SourceChanged when it has none under the layer's name, CannotFetch when it cannot be reached.
    """
    found = LAYER.search(url)
    if not found:
        raise SourceChanged("no_boundaries", layer=url[-80:])
    parts = urlsplit(url)
    service = f"{parts.scheme}://{parts.netloc}{parts.path}?service=WFS&request=GetCapabilities"
    body = get(service, deadline=deadline, max_bytes=MOST_BYTES).body.decode("utf-8", "replace")
    # Only years are looked for: a pattern reads them without trusting a parser with somebody else's XML.
    years = re.findall(rf"\b{re.escape(found['layer'])}_(20\d{{2}})(?!\d)", body)
    if not years:
        raise SourceChanged("no_boundaries", layer=found["layer"])
    return max(map(int, years))


def read_division(url: str, year: int, codes: Iterable[str], deadline: Deadline) -> Division:
    """This will read the division of a year and check that it has every municipality whose code is given.

    Raises SourceChanged when one is missing: a merger is for people to look at, not for a machine to store half of.
    """
    address = LAYER.sub(lambda found: f"{found['layer']}_{year}", url)
    answer = get(address, deadline=deadline, max_bytes=MOST_BYTES)
    try:
        data = answer.json()
    except CannotFetch as error:
        raise SourceChanged("shape", what="GeoJSON") from error
    features = data.get("features") if isinstance(data, dict) else None
    if not isinstance(features, list):
        raise SourceChanged("shape", what="features")
    there = {_code(one) for one in features if isinstance(one, dict)}
    if lost := sorted({*codes} - there):
        raise SourceChanged("lost_municipalities", vintage=year, municipalities=few(lost))
    return Division(year, address, data)


def _code(feature: dict[str, Any]) -> str:
    properties = feature.get("properties") or {}
    return next((str(properties[name]).zfill(3) for name in CODE_PROPERTIES if properties.get(name)), "")
