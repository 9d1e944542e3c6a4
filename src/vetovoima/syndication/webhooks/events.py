"""What webhooks tell: every event there is, and the facts of the log that it comes from.

Facts are what happened in the house; events are what of it is public. What is not named here is told to nobody.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Event:
    """One event: its name on the wire, what it means, and whether it belongs to a municipality."""

    name: str
    label: str | Promise
    is_of_municipality: bool = True


PUBLISHED, CHANGED, WITHDRAWN = "record.published", "record.changed", "record.withdrawn"
SECTOR, FIGURES, TEST = "sector.changed", "figures.changed", "webhook.test"

_ALL = (
    Event(PUBLISHED, _("A record became public")),
    Event(CHANGED, _("What is public of a record changed")),
    Event(WITHDRAWN, _("A record was withdrawn")),
    Event(SECTOR, _("A sheet of a sector was reviewed"), is_of_municipality=False),
    Event(FIGURES, _("Figures of an indicator changed"), is_of_municipality=False),
)
EVENTS: Mapping[str, Event] = {one.name: one for one in _ALL}

#: facts about a record that is public; which of the three events it is depends on what was public before
ABOUT_RECORDS = ("catalogue.site.published", "catalogue.site.withdrawn")
#: facts after which a public record shows something else without a new version
TOUCHING_RECORDS = tuple(
    f"catalogue.site.{did}"
    for did in ("photo_removed", "file_removed", "file_closed", "file_infected", "file_clean")
)
#: facts of the whole region, each with its event
OF_REGION: Mapping[str, str] = {
    "catalogue.sector_sheet.reviewed": SECTOR,
    "monitoring.figures.stored": FIGURES,
}
