"""What is computed or taken from the pack: the year of light, the colours, the charts."""

from __future__ import annotations

import io
from datetime import date

import pytest
from django.test import Client
from PIL import Image

from tests.factories import make_region
from vetovoima.portal.brand import DARK, LIGHT, brand_css
from vetovoima.portal.languages import in_language
from vetovoima.portal.light import HEIGHTS, hours_above, year_of_light


@pytest.mark.parametrize(
    ("latitude", "day", "hours"),
    [
        (64.3, date(2026, 12, 21), 4.1),
        (64.3, date(2026, 6, 21), 21.3),
        (60.17, date(2026, 6, 21), 18.9),
        (0, date(2026, 3, 20), 12.1),
        (70, date(2026, 6, 21), 24),
        (70, date(2026, 12, 21), 0),
        (90, date(2026, 6, 21), 24),
    ],
)
def test_the_length_of_a_day_is_that_of_the_sun(latitude: float, day: date, hours: float) -> None:
    assert hours_above(latitude, day, HEIGHTS["day"]) == pytest.approx(hours, abs=0.15)


def test_the_ribbon_spans_the_year_and_twilight_is_wider_than_day() -> None:
    ribbon = year_of_light(64.3, 2026, 7)
    assert ribbon.day.startswith("M0 ")
    assert "365 " in ribbon.day
    assert hours_above(64.3, date(2026, 12, 21), HEIGHTS["civil"]) > ribbon.shortest
    assert len(ribbon.months) == 11


def _luminance(colour: str) -> float:
    channels = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "surface", "ice"])
@pytest.mark.parametrize(
    ("name", "least"),
    [("ink", 4.5), ("ink-soft", 4.5), ("lake", 4.5), ("good-text", 4.5), ("ageing-text", 4.5), ("broken", 4.5), ("action", 4.5),
     ("mark", 3), ("good", 3), ("focus", 3)],
)  # fmt: skip
def test_every_pair_of_colours_can_be_read(
    colours: dict[str, str], ground: str, name: str, least: float
) -> None:
    assert contrast(colours[name], colours[ground]) >= least


def test_a_pack_changes_colours_and_cannot_write_css() -> None:
    css = brand_css(
        {
            "light": {"ink": "#123456", "paper": "red;} body{display:none", "x}y": "#fff"},
            "fonts": {"serif": 'X";}*{'},
        }
    )
    assert "--ink:#123456;" in css
    assert "display:none" not in css
    assert "x}y" not in css
    assert 'X";' not in css


def test_the_same_page_in_another_language_differs_in_its_prefix_only() -> None:
    assert in_language("/fi/sites/?q=a&sort=name", "sv") == "/sv/sites/?q=a&sort=name"
    assert in_language("/accounts/login/", "sv") == "/sv/"


@pytest.mark.django_db
def test_the_icon_is_the_mark_in_the_regions_colours(client: Client) -> None:
    make_region(tokens={"light": {"ink": "#102030"}})
    answer = client.get("/favicon.ico")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/x-icon")
    assert "max-age" in answer.headers["Cache-Control"]
    picture = Image.open(io.BytesIO(answer.content))
    assert picture.info["sizes"] == {(16, 16), (32, 32), (48, 48)}
    assert picture.convert("RGB").getpixel((24, 4)) == (0x10, 0x20, 0x30)
