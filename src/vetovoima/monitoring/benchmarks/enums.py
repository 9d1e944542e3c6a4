"""Kinds of places, factors and formulas."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PlaceRole(TextChoices):
    """What a place is in the comparison."""

    HOME = "home", _("This region")
    PEER = "peer", _("Another place")
    AVERAGE = "average", _("An average of countries")


class Period(TextChoices):
    """Over what time a formula's result is counted."""

    YEAR = "year", _("a year")
    ONCE = "once", _("once")
    STATE = "state", _("as it is")
