"""Kinds of things in the region."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PlaceKind(TextChoices):
    """Infrastructure that investors ask for, in the order in which they ask (strategy, section 1: accessibility)."""

    AIRPORT = "airport", _("Airports")
    RAILWAY_STATION = "railway_station", _("Railway stations")
    RAILWAY_TERMINAL = "railway_terminal", _("Railway terminals")
    PORT = "port", _("Ports")
    BORDER_CROSSING = "border_crossing", _("Border crossings")
    SUBSTATION = "substation", _("Substations")
    DATA_CENTRE = "data_centre", _("Data centres")
    RESEARCH_CENTRE = "research_centre", _("Research centres")
    UNIVERSITY_CONSORTIUM = "university_consortium", _("University consortia")
    UNIVERSITY_OF_APPLIED_SCIENCES = "university_of_applied_sciences", _("Universities of applied sciences")
    VOCATIONAL_COLLEGE = "vocational_college", _("Vocational colleges")


class PullKind(TextChoices):
    """What draws an investor to a region (strategy, section 6.3: inexpensive and green electricity, and expertise)."""

    POWER = "power", _("Electricity and its price")
    CARBON = "carbon", _("Carbon intensity of electricity")
    SKILLS = "skills", _("Expertise and labour")
