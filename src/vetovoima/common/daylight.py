"""How long the sun stands above a height on a day at a latitude: what the year of light is drawn from."""

from __future__ import annotations

import math
from datetime import date

from astral.julian import julianday, julianday_to_juliancentury
from astral.sun import sun_declination

#: degrees: day (the upper edge of the disc, refraction included), civil and nautical twilight
HEIGHTS = {"day": -0.833, "civil": -6.0, "nautical": -12.0}


def hours_above(latitude: float, day: date, height: float) -> float:
    """This will return for how many hours of the day the sun stands higher than `height` degrees (0 to 24)."""
    declination = math.radians(sun_declination(julianday_to_juliancentury(julianday(day) + 0.5)))
    phi = math.radians(latitude)
    across = math.cos(phi) * math.cos(declination)
    if abs(across) < 1e-9:
        return 24.0 if math.sin(phi) * math.sin(declination) > math.sin(math.radians(height)) else 0.0
    cosine = (math.sin(math.radians(height)) - math.sin(phi) * math.sin(declination)) / across
    return 2 * math.degrees(math.acos(max(-1.0, min(1.0, cosine)))) / 15
