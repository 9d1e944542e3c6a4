"""What every page knows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from vetovoima.reference.queries import region


def product(request: HttpRequest) -> dict[str, Any]:
    """This will give templates the region (read only when used), the demonstration flag and the map tiles."""
    return {
        "region": SimpleLazyObject(region),
        "is_demonstration": settings.VETOVOIMA_DEMO,
        "map_tiles_url": settings.VETOVOIMA_MAP_TILES_URL,
        "map_tiles_credit": settings.VETOVOIMA_MAP_TILES_CREDIT,
        "public_url": settings.VETOVOIMA_PUBLIC_URL,
    }
