"""Makers of site records in the states that tests ask for."""

from __future__ import annotations

from typing import Any

from tests.factories import NOW, make_municipality, make_region
from vetovoima.catalogue import services
from vetovoima.catalogue.models import Site
from vetovoima.catalogue.registry import fields_of
from vetovoima.common.fields import Translated


def with_answers(kind: str, values: dict[str, Any]) -> dict[str, Any]:
    """This will say of every mandatory field that is not given that it is unknown: ready for review."""
    profiles = values.get("profiles", ())
    unsaid = [
        spec.name
        for spec in fields_of(kind, profiles=profiles)
        if spec.is_mandatory(kind, profiles) and not values.get(spec.name)
    ]
    return {**values, "absent": {**dict.fromkeys(unsaid, "unknown"), **values.get("absent", {})}}


def make_site(
    municipality: str = "kuhmo", *, kind: str = "plot", state: str = "draft", **values: Any
) -> Site:
    """This will make a record in a municipality: a draft, submitted or published; `values` are fields of the standard.

    What is mandatory and not given is said to be unknown, so that the record can go to review.
    """
    make_region()
    given = {
        "name": Translated(fi="Kantolan tontti", en="Kantola plot"),
        "availability": "available",
        **values,
    }
    site = services.create_site(
        municipality=make_municipality(municipality),
        kind=kind,
        values=with_answers(kind, given),
        by=None,
        now=NOW,
    )
    if state in {"submitted", "published"}:
        site = services.submit_site(site=site, by=None, now=NOW)
    if state == "published":
        site = services.publish_site(site=site, by=None, now=NOW)
    return site
