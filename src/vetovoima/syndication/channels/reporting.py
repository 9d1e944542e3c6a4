"""What an embed says of itself, read without believing it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .addresses import origin_of, reported_address
from .enums import Way

#: what `versions.shown_version` writes
VERSION = re.compile(r"[0-9a-f]{12}|empty")
KEY = re.compile(r"[a-z0-9]{8}")
_SLUG = re.compile(r"[a-z0-9-]{0,60}")


@dataclass(frozen=True)
class Report:
    """A report that could be true: every part of it has the form of what it says it is."""

    key: str
    address: str
    way: str
    municipality: str
    version: str


def read_report(given: Any, origin: str) -> Report | None:
    """This will read a report; None for anything that is none.

    `origin` is the Origin header: a browser says there whose page asks, and no page can change it. A component asks from
    the page itself, so the two must agree; a frame asks from our own.
    """
    if not isinstance(given, Mapping):
        return None
    key, way, municipality, version = (
        given.get(name) for name in ("channel", "way", "municipality", "version")
    )
    texts = (key or "", way, municipality or "", version)
    if not all(isinstance(one, str) for one in texts):
        return None
    address = reported_address(given.get("page"))
    if not address or way not in Way.values or not _SLUG.fullmatch(str(municipality or "")):
        return None
    if not VERSION.fullmatch(str(version)) or (key and not KEY.fullmatch(str(key))):
        return None
    if way == Way.COMPONENT and origin not in ("", origin_of(address)):
        return None
    return Report(str(key or ""), address, str(way), str(municipality or ""), str(version))
