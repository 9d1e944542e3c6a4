"""Makers of site records in the states that tests ask for."""

from __future__ import annotations

from typing import Any

from tests.factories import NOW, make_municipality, make_region
from vetovoima.catalogue import services
from vetovoima.catalogue.models import Site
from vetovoima.common.fields import Translated


def make_site(
    municipality: str = "kuhmo", *, kind: str = "plot", state: str = "draft", **values: Any
) -> Site:
    """This will make a record in a municipality: a draft, submitted or published; `values` are fields of the standard."""
    make_region()
    site = services.create_site(
        municipality=make_municipality(municipality),
        kind=kind,
        values={
            "name": Translated(fi="Kantolan tontti", en="Kantola plot"),
            "availability": "available",
            **values,
        },
        by=None,
        now=NOW,
    )
    if state in {"submitted", "published"}:
        site = services.submit_site(site=site, by=None, now=NOW)
    if state == "published":
        site = services.publish_site(site=site, by=None, now=NOW)
    return site
