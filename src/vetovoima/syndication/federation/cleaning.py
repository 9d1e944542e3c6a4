"""What others wrote, made harmless: text without marks and control signs, addresses of the web, finite numbers."""

from __future__ import annotations

import math
import re
import unicodedata
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.utils.dateparse import parse_date, parse_datetime

from vetovoima.common.digits import is_number
from vetovoima.common.geo import Box

#: elements whose content is no text for people
_SILENT = re.compile(
    r"<\s*(script|style|template|iframe|object|svg|noscript)\b.*?(<\s*/\s*\1\s*>|$)", re.I | re.S
)
#: the beginning of a mark that never ends, or was cut
_BEGUN = re.compile(r"<(?=[a-z!/?])", re.I)
_MARK = re.compile(r"</?[a-z!?][^<>]*>", re.I)
#: what no address that is linked may hold
_BROKEN = re.compile(r"[\x00-\x20\x7f\\<>\"'`{}|^]")
LONGEST_ADDRESS = 2_000
#: positions that are looked at for the middle of a shape
MOST_POSITIONS = 20_000
#: a text is cut to so many times its length before it is looked at: marks are longer than words
ROOM = 4
#: marks within marks are taken apart so often; what is left of them after that is broken on purpose
MOST_TURNS = 8


def text_of(value: Any, most: int) -> str:
    """This will return plain text of at most `most` characters, in one line; "" for what is no text.

    Marks of HTML go with what only machines read; control signs and signs that turn the direction of writing go too.
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    text = _unmarked(str(value)[: most * ROOM])
    # Cc control, Cf format (bidirectional overrides, zero width), Co private, Cs half a pair, Zl and Zp line separators
    kept = "".join(
        " " if unicodedata.category(one) in ("Cc", "Zl", "Zp", "Zs") else one
        for one in unicodedata.normalize("NFC", text)
        if one in "\u200d\u00ad" or unicodedata.category(one) not in ("Cf", "Co", "Cs", "Cn")
    )
    line = " ".join(kept.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def _unmarked(text: str) -> str:
    for _turn in range(MOST_TURNS):
        plainer = _MARK.sub(" ", _SILENT.sub(" ", text))
        if plainer == text:
            return _BEGUN.sub(" ", text)
        text = plainer
    return text.replace("<", " ").replace(">", " ")


def address_of(value: Any, base: str = "") -> str:
    """This will return an address of the web, made whole against `base`; "" for any other scheme or a broken one."""
    if not isinstance(value, str) or not value.strip() or len(value) > LONGEST_ADDRESS:
        return ""
    try:
        whole = urljoin(base, value.strip())
        parts = urlsplit(whole)
        host, _port = parts.hostname, parts.port
    except ValueError:
        return ""
    if parts.scheme not in ("https", "http") or not host or parts.username or parts.password:
        return ""
    return "" if _BROKEN.search(whole) or len(whole) > LONGEST_ADDRESS else whole


def number_of(value: Any, most: float) -> float | None:
    """This will return a number above 0 and up to `most`; None for NaN, infinity, text and everything else."""
    if not is_number(value):
        return None
    try:
        found = float(value)
    except OverflowError:
        return None
    return found if math.isfinite(found) and 0 < found <= most else None


def moment_of(value: Any) -> datetime | None:
    """This will read a moment or a day of ISO 8601; None for anything else."""
    if not isinstance(value, str) or len(value) > 40:
        return None
    try:
        found = parse_datetime(value.strip())
        day = parse_date(value.strip()) if found is None else None
    except ValueError:
        return None
    if found is None and day is not None:
        found = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - its zone follows
    if found is None:
        return None
    try:
        return found if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def middle_of(geometry: Any, box: Box) -> tuple[float, float] | None:
    """This will return (latitude, longitude) of a point, or of the middle of a shape's box; None when it has none, or
    when any part of it lies outside `box`."""
    if not isinstance(geometry, dict):
        return None
    west = south = math.inf
    east = north = -math.inf
    count = 0
    waiting: list[Any] = [geometry.get("coordinates")]
    while waiting:
        one = waiting.pop()
        if not isinstance(one, list) or not one:
            continue
        if not is_number(one[0]):
            waiting.extend(one)
            continue
        position = _position(one, box)
        count += 1
        if position is None or count > MOST_POSITIONS:
            return None
        west, east = min(west, position[0]), max(east, position[0])
        south, north = min(south, position[1]), max(north, position[1])
    return (round((south + north) / 2, 6), round((west + east) / 2, 6)) if count else None


def _position(one: list[Any], box: Box) -> tuple[float, float] | None:
    if len(one) < 2 or not is_number(one[1]):
        return None
    try:
        x, y = float(one[0]), float(one[1])
    except OverflowError:
        return None
    west, south, east, north = box
    return (x, y) if west <= x <= east and south <= y <= north else None
