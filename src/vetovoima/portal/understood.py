"""What was typed as words and meant as filters: the address that it becomes, and the line that says how it was read.

`q` keeps the words, `read` remembers what was typed, and `words=only` says that its figures are meant as words.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import QueryDict

from vetovoima.common.text import plain
from vetovoima.reference import queries as reference
from vetovoima.syndication.asking import BY_NAME, terms_of

from .search_form import SearchForm
from .sentences import Reading, read_sentence
from .wishes import said

TYPED, AS_WORDS, ONLY = "read", "words", "only"


def _read(text: str, language: str, municipalities: Iterable[Any] | None = None) -> Reading | None:
    """How a text is read; municipalities are asked for only when there is a figure in it."""
    if not any(one.isdigit() for one in text):
        return None
    towns = {
        plain(name): one.slug
        for one in municipalities or reference.municipalities()
        if one.latitude is not None
        for name in one.name.values()
    }
    return read_sentence(text, language, towns)


def as_filters(query: QueryDict, language: str) -> QueryDict | None:
    """This will return the search that the words of an address mean, or None when they are words alone: what was typed
    last counts, so a figure in the words replaces that of the filter."""
    typed = query.get("q", "")
    reading = None if query.get(AS_WORDS) == ONLY else _read(typed, language)
    if reading is None:
        return None
    changed = query.copy()
    changed.pop("page", None)
    for name, value in {**reading.values, "q": reading.words, TYPED: typed}.items():
        changed[name] = value
    if not reading.words:
        changed.pop("q")
    return changed


def told(query: QueryDict, form: SearchForm) -> dict[str, Any] | None:
    """This will say how the words were read: what was typed, the filters of it that still hold, the figures that none
    takes, and the address of the same search with the words as words; None when nothing of it holds any more."""
    typed = query.get(TYPED, "")
    reading = _read(typed, form.language, form.municipalities_here)
    if reading is None:
        return None
    asked = terms_of(form.cleaned_data)
    held = [
        said(name, form.cleaned_data[name], form.language, form.place_names)
        for name, value in reading.values.items()
        if query.get(name) == value and BY_NAME[name].term in asked
    ]
    plainly = query.copy()
    for name in (*reading.values, TYPED, "page", "fragment"):
        plainly.pop(name, None)
    plainly["q"], plainly[AS_WORDS] = typed, ONLY
    left_out = ", ".join(f"“{one}”" for one in reading.unused)
    found = {
        "typed": typed,
        "filters": ", ".join(held),
        "left_out": left_out,
        "url": f"?{plainly.urlencode()}",
    }
    return found if held else None


def readable(query: QueryDict, form: SearchForm) -> str:
    """This will return, when figures are taken as words, the address of the same search with them read; else ""."""
    if (
        query.get(AS_WORDS) != ONLY
        or _read(query.get("q", ""), form.language, form.municipalities_here) is None
    ):
        return ""
    changed = query.copy()
    for name in (AS_WORDS, "page", "fragment"):
        changed.pop(name, None)
    return f"?{changed.urlencode()}"
