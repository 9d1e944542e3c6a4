"""Kinds of sources, when they are read, and how a run ended; also of the connectors' runs."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SourceKind(TextChoices):
    """In what form a municipality publishes its data."""

    CSV = "csv", _("CSV file")
    XLSX = "xlsx", _("Excel workbook")
    GEOJSON = "geojson", _("GeoJSON file")
    WFS = "wfs", _("WFS service (map server)")
    OAPIF = "oapif", _("OGC API Features service")


#: services that offer several layers: which one must be said
LAYERED = (SourceKind.WFS, SourceKind.OAPIF)


class Schedule(TextChoices):
    """When a source is read."""

    DAILY = "daily", _("Every night")
    WEEKLY = "weekly", _("Every Monday night")
    BY_HAND = "by_hand", _("Only when somebody asks")


class Ending(TextChoices):
    """What happens with what a run found."""

    DRAFT = "draft", _("It stays a draft until somebody has looked at it")
    SUBMIT = "submit", _("It is submitted for review at once")


class RunState(TextChoices):
    """How a run ended, or that it goes on. Whatever it is, the last good data stays."""

    RUNNING = "running", _("Running")
    OK = "ok", pgettext_lazy("run", "Read")
    NOTHING_NEW = "nothing_new", pgettext_lazy("run", "Read, nothing new")
    PARTLY = "partly", pgettext_lazy("run", "Read in part")
    CHANGED = "changed", pgettext_lazy("run", "The source has changed")
    FAILED = "failed", pgettext_lazy("run", "Could not be read")
    TOO_LONG = "too_long", pgettext_lazy("run", "Took too long")


#: runs after which the data is as good as the source's
GOOD = (RunState.OK, RunState.NOTHING_NEW, RunState.PARTLY)
#: runs that count towards telling the steward
BAD = (RunState.FAILED, RunState.TOO_LONG, RunState.CHANGED)


class Connector(TextChoices):
    """Registers and statistics of others."""

    PXWEB = "pxweb", _("Statistics Finland")
    BOUNDARIES = "boundaries", _("Municipal boundaries")
    COMPANY = "company", _("Finnish company register")
