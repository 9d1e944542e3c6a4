"""Features of map services: pages put together, axes that a service turned round turned back."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from vetovoima.collection.connectors.problems import SourceChanged
from vetovoima.common.digits import is_number
from vetovoima.common.geo import Box
from vetovoima.common.http import Answer, CannotFetch
from vetovoima.common.shapes import read_shapes

#: as many shapes as a file may have (common.shapes); a municipality's offer has a few hundred
MOST_FEATURES = 20_000
MOST_BYTES = 20_000_000
#: the service's own identifier of a feature, beside its properties
FEATURE_ID = "fid"


@dataclass
class Features:
    """Every feature of a layer as GeoJSON, the coordinate system that the service named, and what must be said."""

    items: list[dict[str, Any]] = field(default_factory=list)
    crs: Any = None
    notes: list[str] = field(default_factory=list)

    def add(self, more: Iterable[dict[str, Any]]) -> None:
        """This will add a page; raises SourceChanged when there are too many."""
        self.items.extend(more)
        if len(self.items) > MOST_FEATURES:
            raise SourceChanged("too_many_rows", limit=MOST_FEATURES)

    def as_file(self) -> bytes:
        """One GeoJSON file, always written in the same way, so that the same features are the same bytes."""
        whole: dict[str, Any] = {"type": "FeatureCollection", "features": self.items}
        if self.crs:
            whole["crs"] = self.crs
        return json.dumps(whole, ensure_ascii=False, sort_keys=True).encode()


def page_of(answer: Answer) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """This will return the features of an answer and the whole of it: GeoJSON, or GML read in the sandbox.

    Raises SourceChanged for a web page, for a service's own error and for anything else; CannotRead for broken GML.
    """
    start = answer.body[:2_000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"<"):
        refuse_web_page(answer.body)
        refuse_exception(answer.body)
        return _gml(answer.body), {}
    try:
        data = answer.json()
    except CannotFetch as error:
        raise SourceChanged("not_features") from error
    features = data.get("features") if isinstance(data, dict) else None
    if not isinstance(features, list):
        raise SourceChanged("not_features")
    return [_tidy(one) for one in features], data


def _tidy(feature: Any) -> dict[str, Any]:
    if not isinstance(feature, dict):
        raise SourceChanged("not_features")
    properties = feature.get("properties")
    told = dict(properties) if isinstance(properties, dict) else {}
    name = feature.get("id")
    # GeoServer makes up a new "fid-…" at every call for layers without a key: that is nobody's identifier.
    if isinstance(name, str | int) and not str(name).startswith("fid-"):
        told.setdefault(FEATURE_ID, str(name))
    return {"type": "Feature", "properties": told, "geometry": feature.get("geometry")}


def _gml(content: bytes) -> list[dict[str, Any]]:
    return [
        {"type": "Feature", "properties": one.properties, "geometry": one.geometry}
        for one in read_shapes(content, "page.gml")
    ]


def refuse_web_page(content: bytes) -> None:
    """This will say in words that an address leads to a page for people; raises SourceChanged."""
    start = content[:500].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html")):
        raise SourceChanged("web_page")


def refuse_exception(content: bytes) -> None:
    """This will say what a map service said when it refused; raises SourceChanged."""
    if b"ExceptionReport" not in content[:2_000]:
        return
    text = content[:20_000].decode("utf-8", "replace")
    _before, _mark, after = text.partition("ExceptionText>")
    said = " ".join(after.partition("<")[0].split()) or "ExceptionReport"
    raise SourceChanged("service_error", said=said[:200])


def straighten(features: Features, box: Box) -> None:
    """This will turn the axes when no feature lies in the plausible box as given and every one does turned.

    Some services answer in latitude, longitude where the other order was asked for, and the other way round.
    """
    corners = [corner for one in features.items if (corner := _corner(one.get("geometry")))]
    if not corners or any(_within(x, y, box) for x, y in corners):
        return
    if all(_within(y, x, box) for x, y in corners):
        for one in features.items:
            if one.get("geometry"):
                one["geometry"] = _each(one["geometry"], lambda place: [place[1], place[0], *place[2:]])
        features.notes.append("swapped")


def _corner(geometry: Any) -> tuple[float, float] | None:
    here = geometry.get("coordinates") if isinstance(geometry, dict) else None
    while isinstance(here, list | tuple) and here and isinstance(here[0], list | tuple):
        here = here[0]
    if isinstance(here, list | tuple) and len(here) >= 2 and all(is_number(one) for one in here[:2]):
        return float(here[0]), float(here[1])
    return None


def _within(x: float, y: float, box: Box) -> bool:
    west, south, east, north = box
    return west <= x <= east and south <= y <= north


def _each(geometry: dict[str, Any], turn: Callable[[Any], Any]) -> dict[str, Any]:
    def walk(part: Any) -> Any:
        if isinstance(part, list | tuple) and part and is_number(part[0]):
            return turn(part) if len(part) >= 2 else part
        return [walk(one) for one in part] if isinstance(part, list | tuple) else part

    return {**geometry, "coordinates": walk(geometry.get("coordinates"))}
