"""Carrying the newest figures of indicators into the facts that follow them: one fact, one value, everywhere the same."""

from __future__ import annotations

from datetime import datetime, timedelta

from vetovoima.activity.schedule import chore
from vetovoima.catalogue.knowledge.queries import facts
from vetovoima.catalogue.knowledge.services import take_indicator_value
from vetovoima.reference.queries import region

from .queries import latest_of_all


@chore("monitoring.facts", every=timedelta(hours=1))
def follow_every_hour(now: datetime) -> None:
    """This will have the worker copy new figures within the hour."""
    follow_indicators(now)


def follow_indicators(now: datetime) -> int:
    """This will copy each indicator's latest canonical figure into the facts that name it; returns how many changed.

    A fact of a municipality takes the figure of that area, any other that of the region; one query for each area.
    """
    whole = region()
    following = list(facts().exclude(indicator=""))
    areas = {
        one.municipality.slug if one.municipality else (whole.code if whole else "") for one in following
    }
    latest = {area: latest_of_all(area) for area in areas}
    changed = 0
    for fact in following:
        area = fact.municipality.slug if fact.municipality else (whole.code if whole else "")
        found = latest[area].get(fact.indicator)
        if found is not None:
            changed += take_indicator_value(
                fact=fact, number=float(found.value), exactness=found.qualifier, as_of=found.period[:10],
                source=found.source, now=now,
            )  # fmt: skip
    return changed
