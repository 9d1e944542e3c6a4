"""What monitoring does when a connector has brought figures, and when a page that shows the offer is registered."""

from __future__ import annotations

from vetovoima.activity.models import Fact
from vetovoima.activity.registry import subscribe
from vetovoima.collection.connectors.queries import snapshot, statistic

from . import queries, services
from .visits.partners import forget_known_sources


@subscribe("collection.statistics.fetched")
def store_fetched_figures(fact: Fact) -> None:
    """This will store the figures as observations of the indicator that the statistic feeds, in the same transaction."""
    asked = statistic(fact.data["subject"])
    kept = snapshot(fact.data["connector"], fact.data["subject"])
    indicator = queries.indicator(asked.indicator) if asked else None
    if asked is None or kept is None or indicator is None:
        return
    source = {**kept.source, "title": f"Statistics Finland: {asked.table}"}
    services.store_figures(
        indicator=indicator, rows=kept.data["rows"], source=source, now=fact.at, most_change=asked.most_change
    )


@subscribe("syndication.channel.created")
def hear_of_a_new_page(fact: Fact) -> None:
    """This will have visits from a newly registered page counted as its own at once; other processes need ten minutes."""
    forget_known_sources()
