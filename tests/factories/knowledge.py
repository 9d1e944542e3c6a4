"""Makers of facts and of what stands around them."""

from __future__ import annotations

from typing import Any

from tests.factories import NOW, make_municipality, make_region
from vetovoima.catalogue.knowledge import around, services
from vetovoima.catalogue.models import KnownFact, ReferenceCompany
from vetovoima.common.fields import Translated

SOURCE = {"title": "The wind book", "url": "https://wind.example/", "dated": "2026"}


def make_fact(code: str = "population-kuhmo", *, municipality: str = "", **values: Any) -> KnownFact:
    """This will make a fact of today's year, of the region or of a municipality."""
    make_region()
    given = {
        "topic": "people",
        "label": Translated(fi="Väkiluku", en="Population", sv="Folkmängd"),
        "number": 7755.0,
        "unit": "inhabitants",
        "as_of": "2026-01",
        "source": SOURCE,
        "municipality": make_municipality(municipality) if municipality else None,
        **values,
    }
    return services.create_fact(code=code, values=given, by=None, now=NOW)


def make_company(code: str = "kite-works", **values: Any) -> ReferenceCompany:
    """This will make a reference company; without a consent unless one is given."""
    make_region()
    return around.create_company(
        code=code, values={"name": "Kite Works", "source": SOURCE, **values}, by=None, now=NOW
    )
