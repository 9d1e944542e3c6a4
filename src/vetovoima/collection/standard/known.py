"""What cells may name, out of the region's data: municipalities, sectors and themes by slug or by name in any language."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from vetovoima.reference.queries import municipalities, plausible_box, sectors, themes

from .validation import Known, RowChecker
from .words import key


def by_word(things: Iterable[Any], *, as_rows: bool) -> dict[str, Any]:
    """This will map slugs and names in every language to slugs, or to the rows themselves; the first one wins."""
    found: dict[str, Any] = {}
    every = list(things)
    for one in every:
        found.setdefault(key(one.slug), one if as_rows else one.slug)
    for one in every:
        for name in one.name.values():
            found.setdefault(key(name), one if as_rows else one.slug)
    return found


def known_words(*, as_rows: bool = False, **more: Any) -> Known:
    """This will read what rows may name; `more` adds contacts and sites, which the public validator does not know."""
    places = list(municipalities())
    return Known(
        municipalities=by_word(places, as_rows=False),
        municipality_names=tuple(one.name.best("fi")[0] for one in places),
        sectors=by_word(sectors(), as_rows=as_rows),
        themes=by_word(themes(), as_rows=as_rows),
        **more,
    )


def row_checker(*, kind: str, style: str, language: str, **more: Any) -> RowChecker:
    """This will make a checker that knows the region: its names and where a position may lie."""
    return RowChecker(
        kind=kind, style=style, language=language, box=plausible_box(), known=known_words(), **more
    )
