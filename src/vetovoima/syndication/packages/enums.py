"""States and kinds of offer packages."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PackageState(TextChoices):
    """Where a package is on its way."""

    DRAFT = "draft", pgettext_lazy("offer package", "Draft")
    READY = "ready", pgettext_lazy("offer package", "Ready")
    ARCHIVED = "archived", pgettext_lazy("offer package", "Archived")


class Segment(TextChoices):
    """Whom a package is made for (strategy 6.4)."""

    FOREIGN_COMPANY = "foreign_company", _("Company from abroad")
    DOMESTIC_COMPANY = "domestic_company", _("Company from elsewhere in Finland")
    LOCAL_COMPANY = "local_company", _("Company of the region")
    CAPITAL_INVESTOR = "capital_investor", _("Capital investor or investor group")
    INTERMEDIARY = "intermediary", _("Consultant or intermediary")


class VisitLength(TextChoices):
    """How long the proposed visit takes."""

    HALF_DAY = "half_day", _("half a day")
    DAY = "day", _("a day")


class Language(TextChoices):
    """The language in which the package is shown first."""

    EN = "en", _("English")
    FI = "fi", _("Finnish")
    SV = "sv", _("Swedish")
