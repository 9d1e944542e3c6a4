"""The lines that a municipality copies into its pages, for each way of showing the offer.

The one maker of them: for the builder at the desk, for a registered page, and for the mail that says what to mend.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.html import escape

#: the room kept for each way of showing, in pixels, where nothing else was chosen
HEIGHTS = {"list": 480, "map": 640, "search": 560, "record": 340, "figures": 220}


@dataclass(frozen=True)
class Embed:
    """What was built. `slug` "" is the region; `parameters` are those of the doors, in order; `height` in pixels."""

    base: str
    slug: str
    language: str
    mode: str
    theme: str
    height: int
    title: str
    parameters: Mapping[str, str]

    @property
    def query(self) -> str:
        """What frame and fragment are asked."""
        asked = {
            "lang": self.language,
            **({} if self.mode == "list" else {"mode": self.mode}),
            **self.parameters,
        }
        return urlencode(asked)

    def path(self, last: str = "") -> str:
        """The address of the frame, or of what lies beside it, on our own server."""
        place = f"{self.slug}/" if self.slug else ""
        return f"/embed/{place}{last}?{self.query}"

    @property
    def frame_path(self) -> str:
        """The frame with its colours, on our own server: what the preview shows."""
        return self.path() + (f"&theme={self.theme}" if self.theme not in ("", "auto") else "")

    @property
    def attributes(self) -> dict[str, str]:
        """What the tag of the component says."""
        found = {"municipality": self.slug, "lang": self.language, "mode": self.mode, "theme": self.theme}
        named = {name: value for name, value in found.items() if value}
        return {**named, "height": str(self.height), **self.parameters}

    @property
    def script(self) -> str:
        """The line that brings the component, once on a page."""
        return f'<script src="{escape(self.base)}/embed.js" async></script>'

    @property
    def component(self) -> list[str]:
        """Two lines. The tag keeps its room from the start, and holds a link for those without script."""
        said = " ".join(f'{name}="{escape(value)}"' for name, value in self.attributes.items())
        room = f"display:block;min-height:{self.height}px"
        home = f"{self.base}/{self.language}/{f'municipalities/{self.slug}/' if self.slug else 'sites/'}"
        link = f'<a href="{escape(home)}">{escape(self.title)}</a>'
        return [self.script, f'<vetovoima-sites {said} style="{room}">{link}</vetovoima-sites>']

    @property
    def frame(self) -> list[str]:
        """Two lines: the frame, which scrolls by itself, and the script that fits its height."""
        address = escape(f"{self.base}{self.frame_path}")
        frame = (
            f'<iframe src="{address}" title="{escape(self.title)}" width="100%" height="{self.height}" '
            'loading="lazy" referrerpolicy="no-referrer-when-downgrade"></iframe>'
        )
        return [frame, self.script]

    @property
    def fragment(self) -> list[str]:
        """The address that the website's own server fetches, and the line of a server that knows ESI."""
        address = f"{self.base}{self.path('fragment.html')}"
        return [address, f'<esi:include src="{escape(address)}" />']
