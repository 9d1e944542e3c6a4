"""Drawing a picture once, and keeping it as long as what it says stays the same."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.core.cache import caches

from vetovoima.common import pdf
from vetovoima.common.colours import mixed
from vetovoima.common.daylight import HEIGHTS, hours_above
from vetovoima.common.places import one_of
from vetovoima.portal.artwork import as_svg, subject_artwork
from vetovoima.portal.brand import still_colours

from .cards import HEIGHT, WIDTH, Card

TEMPLATE = "portal/social/card.typ"
#: how many child processes may draw pictures at once on one machine
AT_ONCE = 2
#: how much of the sky's colour lies on the night in each area of the artwork, from far to near
TONES = {"tone-1": 0.14, "tone-2": 0.24, "tone-3": 0.34, "tone-4": 0.5, "tone-5": 0.68}
#: a point of the ribbon every so many days
STEP = 5


class IsBusy(Exception):
    """Others are being drawn: ask again in a moment."""


def version_of(card: Card, look: Mapping[str, Any]) -> str:
    """This will return a mark that changes with what the picture shows; `look` is that of the region."""
    said = json.dumps([asdict(card), dict(look), _template()], sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


@lru_cache(maxsize=1)
def _template() -> str:
    content = (Path(__file__).parent / "card.typ").read_bytes()
    return hashlib.sha256(content).hexdigest()[:10]


def kept_picture(card: Card, look: Mapping[str, Any]) -> bytes | None:
    """This will return the picture as PNG when somebody asked for it before."""
    kept: bytes | None = caches["drawings"].get(_key(card, look))
    return kept


def draw_picture(card: Card, look: Mapping[str, Any]) -> bytes:
    """This will draw the picture as PNG in a child process, and keep it. Raises CannotRender, IsBusy."""
    with one_of(AT_ONCE, "pictures") as is_free:
        if not is_free:
            raise IsBusy
        drawn = _drawn(card, look)
    caches["drawings"].set(_key(card, look), drawn)
    return drawn


def _key(card: Card, look: Mapping[str, Any]) -> str:
    return f"social-{version_of(card, look)}"


def _drawn(card: Card, look: Mapping[str, Any]) -> bytes:
    chosen = still_colours(look["tokens"])
    data = {
        "title": card.title,
        "eyebrow": card.eyebrow,
        "site_name": look["site_name"],
        "width": WIDTH,
        "height": HEIGHT,
        "ribbon": _ribbon(round(look["latitude"], 1)),
    }
    drawing = as_svg(subject_artwork(card.motif, card.seed), _styles(chosen))
    return pdf.render_picture(TEMPLATE, data, drawing=str(drawing), language=card.language, colours=chosen)


def _styles(chosen: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """The parts of the artwork in the colours of the night."""
    night, sky, ember = chosen["night"], chosen["sky"], chosen["ember"]
    disc = {"fill": "none", "stroke-linecap": "round"}
    return {
        **{part: {"fill": mixed(night, sky, share)} for part, share in TONES.items()},
        "line": {"fill": "none", "stroke": mixed(night, sky, 0.5), "stroke-width": "1"},
        "dots-1": {**disc, "stroke": mixed(night, sky, 0.3), "stroke-width": "3"},
        "dots-2": {**disc, "stroke": mixed(night, sky, 0.6), "stroke-width": "6"},
        "dots-3": {**disc, "stroke": sky, "stroke-width": "10"},
        "glow": {**disc, "stroke": mixed(night, ember, 0.3), "stroke-width": "90"},
        "accent": {**disc, "stroke": ember, "stroke-width": "8"},
    }


@lru_cache(maxsize=8)
def _ribbon(latitude: float) -> dict[str, list[float]]:
    first = date(2026, 1, 1)
    days = [first + timedelta(days=number) for number in (*range(0, 365, STEP), 364)]
    return {
        name: [round(hours_above(latitude, day, HEIGHTS[name]) / 24, 3) for day in days]
        for name in ("day", "civil", "nautical")
    }
