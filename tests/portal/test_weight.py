"""What a content page weighs, compressed: words and style, scripts and fonts within what a slow line bears."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from tests.factories import make_municipality, make_region
from tests.factories.sites import make_site
from tests.portal.test_pages import load
from vetovoima.common.fields import Translated

pytestmark = pytest.mark.django_db
BUILD = Path(settings.PACKAGE_DIR) / "static" / "build"
WHOLE, SCRIPTS = 150_000, 30_000
#: pages with the map ask for it when it comes near; what they load at once is within the same bounds
HOME = {
    "path": "/",
    "type": "home",
    "title": {"en": "Windy Isle"},
    "lead": {"en": "Much wind."},
    "body": {"en": "<p>Wind.</p>" * 200},
}


@pytest.fixture
def manifest() -> dict[str, Any]:
    path = BUILD / "manifest.json"
    if not path.exists():
        pytest.fail(
            "The front end is not built: `.venv/bin/python -m tools.frontend build` builds it, and so does `make test`."
        )
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def weight(content: bytes) -> int:
    return len(gzip.compress(content, 6))


def with_imports(manifest: dict[str, Any], name: str) -> set[str]:
    """A module and what it asks for at once."""
    found = {name}
    for one in manifest[name].get("imports", ()):
        found |= with_imports(manifest, one)
    return found


@pytest.mark.parametrize(
    "path", ["/en/", "/en/municipalities/kuhmo/", "/en/sites/KAI-KUH-0001/", "/en/facts/"]
)
def test_a_content_page_is_light(client: Client, manifest: dict[str, Any], tmp_path: Path, path: str) -> None:
    make_region()
    make_municipality("kuhmo", name=Translated(en="Kuhmo"), total_area_km2=5457.0, freshwater_area_km2=650.0)
    load(tmp_path, HOME)
    site = make_site(state="published")
    answer = client.get(path.replace("KAI-KUH-0001", site.code))
    html = answer.content.decode()
    by_file = {entry["file"]: name for name, entry in manifest.items()}
    modules = {
        part
        for file in re.findall(r'<script[^>]* src="[^"]*/build/([^"]+)"', html)
        for part in with_imports(manifest, by_file[file])
    }
    scripts = sum(weight((BUILD / manifest[name]["file"]).read_bytes()) for name in modules)
    sheets = sum(
        weight((BUILD / file).read_bytes()) for file in re.findall(r'href="[^"]*/build/([^"]+\.css)"', html)
    )
    brand = weight(client.get("/brand.css").content)
    fonts = sum(
        (BUILD / entry["file"]).stat().st_size
        for name, entry in manifest.items()
        if name.endswith(("-latin-wght-normal.woff2", "serif-headings.woff2"))
    )
    assert fonts > 40_000, "both fonts of a page count"
    assert scripts <= SCRIPTS, f"{scripts} bytes of script"
    assert weight(answer.content) + scripts + sheets + brand + fonts <= WHOLE


def test_one_font_is_asked_for_at_once(client: Client, manifest: dict[str, Any]) -> None:
    make_region()
    assert len(re.findall(r'rel="preload"[^>]*as="font"', client.get("/en/sites/").content.decode())) == 1
