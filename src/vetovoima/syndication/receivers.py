"""What syndication does when the catalogue says that something became public, or is no longer."""

from __future__ import annotations

from vetovoima.activity.models import Fact
from vetovoima.activity.registry import subscribe
from vetovoima.catalogue.queries import site as site_by_code

from . import services


@subscribe("catalogue.site.published")
def render_published_site(fact: Fact) -> None:
    """This will write the documents in the transaction that publishes: both happen or neither."""
    found = site_by_code(fact.code)
    if found is not None:
        services.render_site(found, fact.at)


@subscribe("catalogue.site.withdrawn")
def remove_withdrawn_site(fact: Fact) -> None:
    """This will remove the documents in the transaction that withdraws."""
    services.remove_site(fact.code)
