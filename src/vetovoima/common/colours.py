"""The product's own colours by role, for regions whose pack names none: one table for pages, embeds, mails and papers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

LIGHT = {
    "ink": "#10231f", "ink-soft": "#3d514c", "paper": "#f8f6f0", "surface": "#ffffff", "ice": "#eaf3f5",
    "line": "#c9d3d0", "mark": "#6b7f79", "forest": "#1c5a45", "lake": "#0b4f6c", "action": "#a8481f",
    "on-action": "#ffffff", "good": "#2f8f6f", "good-text": "#1f6f55", "ageing": "#9a6700", "ageing-text": "#7a5200",
    "broken": "#a3262a", "focus": "#0b4f6c",
}  # fmt: skip
DARK = {
    "ink": "#e8efee", "ink-soft": "#b4c2bf", "paper": "#0c1517", "surface": "#142124", "ice": "#1a2c31",
    "line": "#30444a", "mark": "#7d938f", "forest": "#7cc4a6", "lake": "#7cc0e0", "action": "#eb9466",
    "on-action": "#0c1517", "good": "#5cc09b", "good-text": "#7fd3b3", "ageing": "#d9a441", "ageing-text": "#e3b860",
    "broken": "#f08a8c", "focus": "#9bd2ee",
}  # fmt: skip
NAME = re.compile(r"^[a-z][a-z0-9-]{0,30}$")
COLOUR = re.compile(r"^#[0-9a-fA-F]{3,8}$")
#: what a typesetter and a mixer can work with
FULL = re.compile(r"#[0-9a-fA-F]{6}")


def colours(defaults: Mapping[str, str], given: Any) -> dict[str, str]:
    """This will return the given colours over the defaults; whatever is not a colour is left out, so that a pack cannot
    write code."""
    chosen = dict(defaults)
    for name, value in (given if isinstance(given, dict) else {}).items():
        if NAME.match(str(name)) and COLOUR.match(str(value)):
            chosen[str(name)] = str(value)
    return chosen


def mixed(one: str, other: str, share: float) -> str:
    """This will mix two colours, `share` of them the other; a colour that is not written in six digits stays."""
    if not (FULL.fullmatch(one) and FULL.fullmatch(other)):
        return one
    parts = [(int(one[n : n + 2], 16), int(other[n : n + 2], 16)) for n in (1, 3, 5)]
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in parts)
