"""What a saved search has to tell, which searches are due, and how many there are."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from vetovoima.syndication.queries import every_page, public_state

from .links import Purpose, key_of
from .models import SavedSearch
from .terms import as_terms

#: a publication may be stored a little later than the moment it bears
OVERLAP = timedelta(hours=1)


@dataclass(frozen=True)
class News:
    """One record that fits and was published since the last letter: for the first time, or anew."""

    code: str
    version: int
    name: str
    place: str
    kind: str
    url: str
    published_at: datetime
    is_new: bool


def search_of(token: str, purpose: Purpose) -> SavedSearch | None:
    """The saved search of a link; None for a wrong link and for a search that was stopped: both look the same."""
    key = key_of(token, purpose)
    return SavedSearch.objects.filter(key=key).first() if key else None


def news_of(search: SavedSearch) -> list[News]:
    """What a confirmed search has to tell, the newest first. Only published documents are read."""
    if search.told_until is None:
        return []
    since = search.told_until - OVERLAP
    found = [one for one in _fitting(search) if one.published_at > since]
    fresh = [one for one in found if search.told.get(one.code, 0) < one.version]
    return sorted(fresh, key=lambda one: (one.published_at, one.code), reverse=True)


def _fitting(search: SavedSearch) -> list[News]:
    terms = as_terms(search.terms)
    if terms is None:
        return []
    found: list[News] = []
    for page in every_page(search.language, replace(terms, sort="code")):
        if page.corrected:
            return []  # nothing has the words as they were written: what resembles them was not asked for
        found += [_as_news(one) for one in page.documents]
    return found


def _as_news(document: Any) -> News:
    card = document.card
    return News(
        code=document.code,
        version=document.version,
        name=card["name"]["text"],
        place=card["municipality"]["name"],
        kind=card["kind"]["label"],
        url=card["url"],
        published_at=document.published_at,
        is_new=document.version == 1,
    )


def due_searches(frequency: str) -> list[SavedSearch]:
    """The confirmed searches of a frequency that have not seen the public side as it is now."""
    version, _changed_at = public_state()
    rows = SavedSearch.objects.confirmed().filter(frequency=frequency)
    return list(rows.exclude(seen_version=version).order_by("pk"))


def followed_searches() -> int:
    """How many searches somebody follows by mail: the number alone."""
    return SavedSearch.objects.confirmed().count()
