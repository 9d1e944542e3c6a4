"""A region with something of everything, on a live server, for clients that nobody here wrote."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache

from tests.api.conftest import caller_for
from tests.factories import NOW, make_municipality, make_person, make_region
from tests.factories.sites import make_site
from tests.portal.packs import HOME, load
from vetovoima.accounts.enums import Role
from vetovoima.accounts.scopes import SCOPES
from vetovoima.api.v1 import frame
from vetovoima.catalogue import services as catalogue
from vetovoima.common.fields import Translated
from vetovoima.reference.models import Sector

SQUARE = [[28.0, 64.0], [28.2, 64.0], [28.2, 64.2], [28.0, 64.2], [28.0, 64.0]]
NEWS: dict[str, Any] = {
    "path": "/news/wind/", "type": "news", "date": "2026-03-01", "title": {"fi": "Tuulta", "en": "Wind & <b>more</b>"},
    "lead": {"fi": "Tuulesta.", "en": "Of wind."}, "body": {"fi": "<p>Asiaa.</p>", "en": "<p>Of &amp; wind.</p>"},
}  # fmt: skip
NEWS_LIST: dict[str, Any] = {"path": "/news/", "type": "news_index", "title": {"fi": "Uutiset", "en": "News"}}
EVENT: dict[str, Any] = {
    "path": "/events/wind-day/", "type": "event", "title": {"fi": "Tuulipäivä, ja; muuta", "en": "Wind day"}, "lead": {"en": "Of wind."},
    "starts": "2099-12-01T09:00", "ends": "2099-12-01T15:30", "municipality": "kuhmo",
}  # fmt: skip
TOWNS: dict[str, Any] = {
    "path": "/municipalities/",
    "type": "municipality_index",
    "title": {"fi": "Kunnat", "en": "Municipalities"},
}
TOWN: dict[str, Any] = {
    "path": "/municipalities/kuhmo/", "type": "municipality", "subject": "kuhmo", "title": {"fi": "Kuhmo", "en": "Kuhmo"},
    "lead": {"en": "A town."},
}  # fmt: skip


@dataclass
class Service:
    """Where the server is, the key of a program with every scope, and the codes that are public."""

    url: str
    key: str
    plots: list[str]
    opportunity: str


@pytest.fixture
def service(transactional_db: None, live_server: Any, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Service:  # fmt: skip
    """A live server whose limits of requests a minute do not hold; they have tests of their own."""
    settings.VETOVOIMA_PUBLIC_URL = live_server.url
    settings.VETOVOIMA_API_CALLS_PER_MINUTE = settings.VETOVOIMA_API_PUBLIC_CALLS_PER_MINUTE = 10**9
    monkeypatch.setattr(frame, "WRONG_KEYS_PER_MINUTE", 10**9)
    cache.clear()
    make_region(nuts3="FI1D8", map_bounds=[26.3, 63.5, 30.3, 65.6])
    Sector.objects.create(slug="mining", name=Translated(fi="Kaivannaiset", en="Mining"))
    make_municipality(
        "sotkamo", boundary={"type": "Polygon", "coordinates": [SQUARE]}, boundary_credit="Surveyor"
    )
    plots = [
        make_site(area_m2=100 + number, name=Translated(fi=f"Tontti {number} & <b>", en=f"Plot {number}"),
                  geometry={"type": "Point", "coordinates": [27.0 + number / 10, 64.5]}, place_precision="exact")
        for number in range(7)
    ]  # fmt: skip
    plots.append(make_site(geometry={"type": "Polygon", "coordinates": [SQUARE]}, place_precision="exact"))
    opportunity = make_site("sotkamo", kind="opportunity")
    for one in (*plots, opportunity):
        catalogue.publish_site(site=one, by=None, now=NOW)
    load(tmp_path, HOME, NEWS_LIST, NEWS, EVENT, TOWNS, TOWN)
    key = caller_for(make_person(Role.COORDINATOR), *SCOPES).token
    return Service(live_server.url, key, sorted(one.code for one in plots), opportunity.code)
