"""Kinds and states of followed sources, and which of their records are taken."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from vetovoima.catalogue.enums import SiteKind


class FollowKind(TextChoices):
    """In what form another region tells of its offer."""

    VETOVOIMA = "vetovoima", _("Another region's instance of this service")
    OAPIF = "oapif", _("OGC API Features service")
    GEOJSON = "geojson", _("GeoJSON file")
    JSON_FEED = "json_feed", _("JSON Feed")
    ATOM = "atom", _("Atom feed")


class FollowState(TextChoices):
    """Whether a source is read. Stopped is what we did, paused is what a person did: both end when a person resumes."""

    ACTIVE = "active", pgettext_lazy("followed source", "Followed")
    PAUSED = "paused", pgettext_lazy("followed source", "Paused")
    STOPPED = "stopped", pgettext_lazy("followed source", "Stopped by the service")


class FollowReason(TextChoices):
    """Why a source is not read."""

    PERSON = "person", _("A person paused it.")
    FAILING = "failing", _("It could not be read eight times in a row.")
    GONE = "gone", _("It says that it is gone for good (410).")


class Choice(TextChoices):
    """Which of a source's records are taken."""

    ALL = "all", _("All")
    KINDS = "kinds", _("Those of the chosen kinds")
    SECTORS = "sectors", _("Those of the named sectors")
    CODES = "codes", _("Only those that are named by code")


class Every(TextChoices):
    """How often a source is read."""

    HOUR = "hour", _("Every hour")
    QUARTER = "quarter", _("Every six hours")
    DAY = "day", _("Once a day")


#: what a record is when its source names a kind that the collection standard does not have, or none
OTHER = "other"
OTHER_LABEL = pgettext_lazy("kind of record", "Other")


def kind_label(kind: str) -> str:
    """What a kind of record is called in the active language; one that nobody knows is "other"."""
    return str(SiteKind(kind).label) if kind in SiteKind.values else str(OTHER_LABEL)
