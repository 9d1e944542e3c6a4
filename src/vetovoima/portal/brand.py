"""The region's colours and fonts as a small style sheet.

The pack's `brand/tokens.json` names colours by role for light and dark; a pack without one gets these.
"""

from __future__ import annotations

import hashlib
import re
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
FONTS = {
    "serif": "Source Serif 4 Variable",
    "sans": "Source Sans 3 Variable",
    "serif_fallback": "Georgia, 'Times New Roman', serif",
    "sans_fallback": "system-ui, 'Segoe UI', Roboto, Arial, sans-serif",
}
NAME = re.compile(r"^[a-z][a-z0-9-]{0,30}$")
COLOUR = re.compile(r"^#[0-9a-fA-F]{3,8}$")
FONT = re.compile(r"^[\w ,'-]{1,120}$")


def _colours(defaults: dict[str, str], given: Any) -> dict[str, str]:
    """The given colours over the defaults; whatever is not a colour is left out, so that a pack cannot write CSS."""
    chosen = dict(defaults)
    for name, value in (given if isinstance(given, dict) else {}).items():
        if NAME.match(str(name)) and COLOUR.match(str(value)):
            chosen[name] = value
    return chosen


def _block(colours: dict[str, str]) -> str:
    return "".join(f"--{name}:{value};" for name, value in colours.items())


def brand_css(tokens: dict[str, Any] | None) -> str:
    """This will write the custom properties: light, dark by the system's setting, dark or light by the page's switch.

    Also the colours that do not turn with the theme: night and snow (dark panels), sky and ember (light and its mark).
    """
    tokens = tokens or {}
    light, dark = _colours(LIGHT, tokens.get("light")), _colours(DARK, tokens.get("dark"))
    fonts = {**FONTS, **{k: v for k, v in (tokens.get("fonts") or {}).items() if FONT.match(str(v))}}
    still = {"night": light["ink"], "snow": dark["ink"], "sky": dark["lake"], "ember": dark["action"]}
    families = (
        f'--font-serif:"{fonts["serif"]}","Serif fallback",{fonts["serif_fallback"]};'
        f'--font-sans:"{fonts["sans"]}","Sans fallback",{fonts["sans_fallback"]};'
    )
    return (
        f":root{{{_block(light)}{_block(still)}{families}}}\n"
        f'@media (prefers-color-scheme:dark){{:root:not([data-theme="light"]){{{_block(dark)}}}}}\n'
        f':root[data-theme="dark"]{{{_block(dark)}}}\n'
        f"@media print{{:root:root:root{{{_block(light)}}}}}\n"
    )


def brand_version(tokens: dict[str, Any] | None) -> str:
    """This will return a short mark that changes with the style sheet, for its address."""
    return hashlib.sha256(brand_css(tokens).encode()).hexdigest()[:10]
