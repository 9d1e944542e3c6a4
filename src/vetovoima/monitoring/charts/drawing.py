"""Drawing a specification as SVG, kept by its content: a page view asks the cache and draws only what is new."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from django.core.cache import caches

from vetovoima.common.colours import DARK, LIGHT, colours

from .series import Chart
from .spec import FONT, GRID, INK, NARROW, QUIET, SERIES, WIDE, Size, number_locale, specification

#: moved when the drawing itself changes, so that nothing drawn before is shown again
VERSION = 1
#: how far a file's drawing stands below its title
HEAD, FOOT = 34, 26
NAMES = {
    **{colour: f"--chart-{number}" for number, colour in enumerate(SERIES, 1)},
    INK: "--chart-ink",
    QUIET: "--chart-quiet",
    GRID: "--chart-grid",
}
#: which colour of the look stands for each in a file of its own
TOKENS = ("action", "lake", "forest", "ageing", "ink", "ink-soft", "line", "surface")


@dataclass(frozen=True)
class Drawing:
    """A chart drawn for wide and for narrow columns; empty where there is too little to draw."""

    wide: str
    narrow: str


def drawings_of(charts: Iterable[Chart]) -> dict[Chart, Drawing]:
    """This will draw charts, each only once ever: one question to the cache for all of them."""
    wanted = {(one, size): _asked(one, size) for one in charts if one.is_drawn for size in (WIDE, NARROW)}
    keys = {pair: _key(asked) for pair, asked in wanted.items()}
    kept = caches["drawings"].get_many(list(keys.values()))
    fresh = {keys[pair]: _drawn(asked) for pair, asked in wanted.items() if keys[pair] not in kept}
    if fresh:
        caches["drawings"].set_many(fresh)
    found = {**kept, **fresh}
    return {
        one: Drawing(found[keys[one, WIDE]], found[keys[one, NARROW]]) for one, size in wanted if size is WIDE
    }


def drawing_of(chart: Chart) -> Drawing:
    """This will draw one chart."""
    return drawings_of([chart]).get(chart, Drawing("", ""))


def must_be_drawn(chart: Chart) -> bool:
    """Whether the drawing of a chart is not kept yet: whoever lets strangers choose the chart counts these."""
    keys = (_key(_asked(chart, size)) for size in (WIDE, NARROW))
    return chart.is_drawn and any(key not in caches["drawings"] for key in keys)


def _asked(chart: Chart, size: Size) -> tuple[dict[str, Any], str]:
    return specification(chart, size), chart.language


def _key(asked: tuple[dict[str, Any], str]) -> str:
    seed = json.dumps([VERSION, *asked], sort_keys=True, ensure_ascii=False)
    return "chart-" + hashlib.sha256(seed.encode()).hexdigest()


def _drawn(asked: tuple[dict[str, Any], str]) -> str:
    """The drawing, cleaned of everything that the page says itself: names, roles, fonts, fixed colours."""
    import vl_convert  # heavy: only a process that draws pays for it

    spec, language = asked
    return cleaned(vl_convert.vegalite_to_svg(vl_spec=spec, format_locale=number_locale(language)))


#: what the drawing says of itself mark by mark: the page says it once, in its table
SPOKEN = re.compile(r'\s(?:aria-[a-z]+|role|aria-roledescription|style|font-family|class|xml:space)="[^"]*"')
SIZES = re.compile(r'(<svg\b[^>]*?)\s(?:width|height)="[^"]*"')
COLOUR = re.compile(r'="(#0[1-7]0[1-7]0[1-7])"')


def cleaned(svg: str) -> str:
    """This will make a drawing fit a page: it grows with its column, takes its colours, and says nothing twice."""
    svg = svg[svg.index("<svg") :]
    svg = SPOKEN.sub("", svg)
    svg = SIZES.sub(r"\1", SIZES.sub(r"\1", svg))
    svg = COLOUR.sub(lambda found: f'="var({NAMES[found[1]]})"' if found[1] in NAMES else found[0], svg)
    return svg.replace("<svg", '<svg aria-hidden="true" focusable="false"', 1)


VIEW = re.compile(r'viewBox="0 0 ([0-9.]+) ([0-9.]+)"')
BODY = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)


def as_file(
    drawing: str, *, title: str, description: str, source: str, tokens: dict[str, Any] | None = None
) -> str:
    """This will make a file of its own from a drawing: with title, source, colours for light and dark, and a description."""
    view, body = VIEW.search(drawing), BODY.search(drawing)
    width, height = (float(view[1]), float(view[2])) if view else (640.0, 0.0)
    inner = body[1] if body else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" role="img" '
        f'aria-labelledby="t d" viewBox="0 0 {width:g} {height + HEAD + FOOT:g}" width="{width:g}">'
        f'<title id="t">{escape(title)}</title><desc id="d">{escape(description)}</desc><style>{_style(tokens or {})}</style>'
        f'<rect class="paper" width="100%" height="100%"/>'
        f'<text class="head" x="8" y="22">{escape(title)}</text>'
        f'<g transform="translate(0 {HEAD})">{inner}</g>'
        f'<text class="foot" x="8" y="{height + HEAD + FOOT - 9:g}">{escape(source)}</text></svg>'
    )


def _style(tokens: dict[str, Any]) -> str:
    dark = "@media(prefers-color-scheme:dark){" + _colours(DARK, tokens.get("dark")) + "}"
    return (
        f"{_colours(LIGHT, tokens.get('light'))}{dark}text{{font-family:'{FONT} Variable','{FONT}',system-ui,sans-serif}}"
        ".paper{fill:var(--paper)}.head{fill:var(--chart-ink);font-size:16px;font-weight:600}"
        ".foot{fill:var(--chart-quiet);font-size:12px}"
    )


def _colours(defaults: Mapping[str, str], given: Any) -> str:
    """The region's own colours, where it has them."""
    look, names = colours(defaults, given), (*NAMES.values(), "--paper")
    pairs = [f"{name}:{look[token]}" for name, token in zip(names, TOKENS, strict=True)]
    return ":root{" + ";".join(pairs) + "}"
