"""The region's colours and fonts as a small style sheet.

The pack's `brand/tokens.json` names colours by role for light and dark; a pack without one gets these.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import Any

from vetovoima.common.colours import DARK, LIGHT, colours

__all__ = ["DARK", "FONTS", "LIGHT", "brand_css", "brand_version", "still_colours", "theme_colours"]

FONTS = {
    "serif": "Source Serif 4 Variable",
    "sans": "Source Sans 3 Variable",
    "serif_fallback": "Georgia, 'Times New Roman', serif",
    "sans_fallback": "system-ui, 'Segoe UI', Roboto, Arial, sans-serif",
}
FONT = re.compile(r"^[\w ,'-]{1,120}$")


def _block(chosen: dict[str, str]) -> str:
    return "".join(f"--{name}:{value};" for name, value in chosen.items())


def still_colours(tokens: Mapping[str, Any] | None) -> dict[str, str]:
    """This will return the colours that do not turn with the theme: night and snow, sky and ember."""
    tokens = tokens or {}
    light, dark = colours(LIGHT, tokens.get("light")), colours(DARK, tokens.get("dark"))
    return {"night": light["ink"], "snow": dark["ink"], "sky": dark["lake"], "ember": dark["action"]}


def brand_css(tokens: dict[str, Any] | None) -> str:
    """This will write the custom properties: light, dark by the system's setting, dark or light by the page's switch.

    Also the colours that do not turn with the theme: night and snow (dark panels), sky and ember (light and its mark).
    """
    tokens = tokens or {}
    light, dark = colours(LIGHT, tokens.get("light")), colours(DARK, tokens.get("dark"))
    still = still_colours(tokens)
    fonts = {**FONTS, **{k: v for k, v in (tokens.get("fonts") or {}).items() if FONT.match(str(v))}}
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


def theme_colours(tokens: dict[str, Any] | None) -> list[dict[str, str]]:
    """This will return the ground of the pages in light and dark, for the frame that a browser draws around them."""
    tokens = tokens or {}
    return [
        {"scheme": scheme, "colour": colours(defaults, tokens.get(scheme))["paper"]}
        for scheme, defaults in (("light", LIGHT), ("dark", DARK))
    ]
