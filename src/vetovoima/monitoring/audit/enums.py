"""Results of the self-audit."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Result(TextChoices):
    """How one item stands."""

    FAIL = "fail", pgettext_lazy("result of a check", "not met")
    PART = "part", pgettext_lazy("result of a check", "partly met")
    PASS = "pass", pgettext_lazy("result of a check", "met")


class How(TextChoices):
    """Who can check an item."""

    MACHINE = "machine", _("checked every night")
    SUITE = "suite", _("measured by the test suite and the benchmarks")
    PERSON = "person", _("a person checks")


class Area(TextChoices):
    """The parts of the checklist."""

    WEB = "W", _("The site: structure and access")
    CONTENT = "C", _("What an investor needs to know")
    PROMOTION = "P", _("From reading to asking")
    GUIDANCE = "G", _("Permits step by step")
