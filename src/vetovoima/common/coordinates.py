"""Coordinates as people paste them: degrees in any notation, or metres of the national system (ETRS-TM35FIN, ETRS-GK).

One position makes a point, three or more (one on each line, or with semicolons between) make an area. Only numbers
leave this module.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from pyproj import Transformer

from .geo import MAX_VERTICES

MAX_CHARACTERS = 200_000
#: of one position; the patterns below are tried on nothing longer, for on long nonsense they would take minutes
MAX_LINE = 200
#: the letters that people put beside a number: pohjoinen, itä, nord, öst among them
NORTH, EAST = "NP", "EIÖ"
EASTS, NORTHS = (40_000.0, 800_000.0), (6_500_000.0, 7_850_000.0)
#: ETRS-GK: the first two digits of the east are the zone (EPSG:3873 is zone 19)
GK_ZONES = range(19, 32)
_NUMBER = r"\d+(?:[.,]\d+)?"
DEGREES = re.compile(
    rf"([NSEWPIÖ]?)\s*(-?{_NUMBER})\s*°\s*(?:({_NUMBER})\s*'\s*)?(?:({_NUMBER})\s*\"\s*)?([NSEWPIÖ]?)"
)
LABELLED = re.compile(r"([NPEIÖ]|LAT\w*|LO?NG?\w*)\s*[:=]?\s*(\d[\d .,]*)")
GROUPED = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
PLAIN = str.maketrans(
    {
        "\u2212": "-",
        "\u00a0": " ",
        "\u202f": " ",
        "\t": " ",
        "º": "°",
        "˚": "°",
        "′": "'",
        "’": "'",
        "´": "'",
        "″": '"',
        "”": '"',
    }
)


@dataclass(frozen=True)
class Position:
    """Two numbers in the order in which they stand, or with their meaning when it is written beside them."""

    first: float
    second: float
    is_labelled: bool = False


def parse_coordinates(text: str) -> dict[str, Any]:
    """This will read pasted coordinates as GeoJSON in WGS84: a point of one position, an area of three or more.

    Latitude or north comes first unless letters say otherwise; metres are told from their size. Whether the place is
    a likely one is for `geo.parse_geojson` and `suspicions.check_shape`. Raises ValidationError.
    """
    if len(text) > MAX_CHARACTERS:
        raise _too_many()
    lines = [line for line in re.split(r"[\n\r;]+", text) if line.strip(" ,")]
    if not lines:
        raise ValidationError(_("Paste one position, or one on each line for an area."), code="empty")
    if len(lines) > MAX_VERTICES:
        raise _too_many()
    for number, line in enumerate(lines, start=1):
        if len(line.strip()) > MAX_LINE:
            raise _unreadable(number, line)
    lines = [line.strip() for line in lines]
    if len(lines) == 2:
        lines = _joined_pair(lines)
    points = [_degrees(_position(line, number), number) for number, line in enumerate(lines, start=1)]
    if len(points) == 1:
        return {"type": "Point", "coordinates": points[0]}
    if len(points) > 1 and points[0] == points[-1]:
        points.pop()
    if len(points) < 3:
        raise ValidationError(
            _("Two positions make no area. Give one position, or at least three corners."), code="two_points"
        )
    return {"type": "Polygon", "coordinates": [[*points, points[0]]]}


def _joined_pair(lines: list[str]) -> list[str]:
    """Two lines of one number each are one position: 64.2245 and 27.7315 pasted from two cells."""
    if all(len(re.findall(_NUMBER, GROUPED.sub("", line))) == 1 for line in lines):
        return [f"{lines[0].strip(' ,')} {lines[1].strip(' ,')}"]
    return lines


def _too_many() -> ValidationError:
    return ValidationError(
        _("The shape has too many points: at most 5,000. Simplify it first."), code="too_many_points"
    )


def _unreadable(number: int, line: str) -> ValidationError:
    return ValidationError(
        _(
            'Line %(number)s cannot be read: "%(line)s". Write for example 64.2238, 27.7332 or N 7123456 E 534567.'
        ),
        code="unreadable",
        params={"number": number, "line": line.strip()[:60]},
    )


def _position(line: str, number: int) -> Position:
    plain = line.upper().translate(PLAIN).replace("''", '"').strip(" ,()[]")
    found = _in_degrees(plain) if "°" in plain else _labelled(plain) or _two_numbers(plain)
    if found is None:
        raise _unreadable(number, line)
    return found


def _in_degrees(plain: str) -> Position | None:
    """64°13'25.6"N 27°43'59"E, 64° 13,427' 27° 43,98' and the like."""
    found = DEGREES.findall(plain)
    if len(found) != 2 or DEGREES.sub("", plain).strip(" ,;"):
        return None
    values, letters = [], []
    for before, degrees, minutes, seconds, after in found:
        value = _float(degrees) + _float(minutes or "0") / 60 + _float(seconds or "0") / 3600
        letter = before or after
        values.append(-value if letter in {"S", "W"} else value)
        letters.append(letter)
    if letters[0] in (*EAST, "W"):
        values.reverse()
    return Position(values[0], values[1], all(letters))


def _labelled(plain: str) -> Position | None:
    """N 7123456 E 534567, P: 7 123 456 I: 534 567, lat 64.2 lon 27.7; either order."""
    found = LABELLED.findall(plain)
    if len(found) != 2 or LABELLED.sub("", plain).strip(" ,;"):
        return None
    values = {}
    for letter, digits in found:
        bare = digits.strip(" ,").replace(" ", "")
        if not re.fullmatch(_NUMBER, bare):
            return None
        is_north = letter in tuple(NORTH) or letter.startswith("LA")
        values["north" if is_north else "east"] = _float(bare)
    if len(values) != 2:
        return None
    return Position(values["north"], values["east"], is_labelled=True)


def _two_numbers(plain: str) -> Position | None:
    """Two numbers, whatever stands between them; a comma inside a number is a decimal comma."""
    parts = [part.strip(",") for part in re.split(r"\s+|,\s+", plain) if part.strip(",")]
    if len(parts) > 2:  # 7 123 456 534 567: the size tells where the first one ends
        parts = _regrouped(parts)
    if len(parts) == 1:
        parts = _split_at_commas(parts[0])
    if len(parts) != 2 or not all(re.fullmatch(rf"-?{_NUMBER}", part) for part in parts):
        return None
    return Position(_float(parts[0]), _float(parts[1]))


def _regrouped(parts: list[str]) -> list[str]:
    if len(parts) == 5 and all(part.isascii() and part.isdigit() for part in parts):
        first = 3 if len(parts[0]) == 1 else 2
        return ["".join(parts[:first]), "".join(parts[first:])]
    return parts


def _split_at_commas(text: str) -> list[str]:
    parts = text.split(",")
    if len(parts) == 4:  # 64,2245,27,7315
        return [f"{parts[0]}.{parts[1]}", f"{parts[2]}.{parts[3]}"]
    if len(parts) == 2 and ("." in text or min(len(part) for part in parts) >= 5):
        return parts
    return [text]


def _float(text: str) -> float:
    return float(text.replace(",", "."))


def _degrees(position: Position, number: int) -> list[float]:
    """[longitude, latitude] of a position in degrees or in metres."""
    north, east = position.first, position.second
    if abs(north) <= 180 and abs(east) <= 180:
        return [round(east, 7), round(north, 7)]
    if not NORTHS[0] <= north <= NORTHS[1] and NORTHS[0] <= east <= NORTHS[1]:
        north, east = east, north
    system = _system_of(north, east)
    if system is None:
        raise ValidationError(
            _(
                "Line %(number)s: the numbers are neither degrees nor ETRS-TM35FIN metres"
                " (N about 7 100 000, E about 530 000)."
            ),
            code="system",
            params={"number": number},
        )
    longitude, latitude = _to_degrees(system).transform(east, north)
    return [round(longitude, 7), round(latitude, 7)]


def _system_of(north: float, east: float) -> int | None:
    if not NORTHS[0] <= north <= NORTHS[1]:
        return None
    if EASTS[0] <= east <= EASTS[1]:
        return 3067
    zone = int(east // 1_000_000)
    return 3873 + zone - 19 if zone in GK_ZONES else None


@lru_cache(maxsize=16)
def _to_degrees(system: int) -> Transformer:
    return Transformer.from_crs(system, 4326, always_xy=True)
