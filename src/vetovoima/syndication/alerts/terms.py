"""Search terms as they are kept: JSON there and back."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import Any

from vetovoima.syndication.search.terms import SearchTerms

#: which page of the results somebody looked at, and in what order, is no part of what they look for
NOT_KEPT = ("sort", "limit", "offset")
PLAIN = SearchTerms()


def as_kept(terms: SearchTerms) -> dict[str, Any]:
    """This will write what was asked, and only that."""
    return {
        name: value
        for name, value in asdict(terms).items()
        if name not in NOT_KEPT and value != getattr(PLAIN, name)
    }


def as_terms(kept: dict[str, Any]) -> SearchTerms | None:
    """This will read kept terms; None when one of them is not known any more: a search without it would find what was
    never asked for."""
    if not set(kept) <= {one.name for one in fields(SearchTerms)}:
        return None
    return SearchTerms(**{name: _tuples(value) for name, value in kept.items()})


def _tuples(value: Any) -> Any:
    return tuple(_tuples(one) for one in value) if isinstance(value, list) else value
