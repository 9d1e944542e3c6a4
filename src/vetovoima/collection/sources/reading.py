"""Reading a source by its address, whatever its kind, into one file that an import can take."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any

from vetovoima.common.http import Deadline, get
from vetovoima.reference.queries import plausible_box

from .enums import SourceKind
from .features import Features, refuse_web_page, straighten
from .oapif import read_oapif
from .wfs import read_wfs

#: a table's file may be this large (common.tables); a map's this
MOST_BYTES = {SourceKind.XLSX: 10_000_000, SourceKind.CSV: 30_000_000, SourceKind.GEOJSON: 30_000_000}


@dataclass(frozen=True)
class Place:
    """Where a source is: its kind, address and layer, and the marks of what was read last."""

    kind: str
    address: str
    layer: str = ""
    etag: str = ""
    modified: str = ""


@dataclass(frozen=True)
class Content:
    """What came: one file, the marks to ask by next time, and codes of what must be said beside it."""

    body: bytes
    filename: str
    etag: str = ""
    modified: str = ""
    notes: list[dict[str, Any]] = field(default_factory=list)

    @property
    def digest(self) -> str:
        """The same content has the same one."""
        return hashlib.sha256(self.body).hexdigest()


def read_source(place: Place, deadline: Deadline) -> Content:
    """This will read a source.

    Raises NotModified when nothing has changed since `place.etag`, SourceChanged when it is not what it should be,
    CannotRead for broken GML and CannotFetch.
    """
    kind = SourceKind(place.kind)
    if kind == SourceKind.WFS:
        return _from_features(read_wfs(place.address, place.layer, deadline))
    if kind == SourceKind.OAPIF:
        return _from_features(read_oapif(place.address, place.layer, deadline))
    answer = get(
        place.address, etag=place.etag, modified=place.modified, deadline=deadline, max_bytes=MOST_BYTES[kind]
    )
    refuse_web_page(answer.body)
    return Content(answer.body, f"source.{kind.value}", answer.etag[:300], answer.modified[:60])


def _from_features(features: Features) -> Content:
    straighten(features, plausible_box())
    notes = [{"code": code, "details": {}} for code in features.notes]
    return Content(features.as_file(), "source.geojson", notes=notes)
