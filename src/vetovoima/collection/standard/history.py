"""The versions of the standard: the first number moves when a field changes its meaning, the second with additions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Version:
    """One version: its number, the day it was published, and what it changed."""

    number: str
    published_on: date
    changes: tuple[str | Promise, ...]


#: the newest first; `catalogue.registry.STANDARD_VERSION` is the first of them
VERSIONS = (
    Version(
        "1.0",
        date(2026, 11, 22),
        (
            _("First version: plots, premises, brownfields, business areas, resource sites and investment opportunities."),
            _("Profiles for data centres, wind and energy, forest, mining and tourism."),
            _("“Not known”, “not studied” and “there is none” are three different answers."),
            _("Source, date, method and confidence for every group of fields."),
            _("Mapped to the French standard “Sites économiques” (CNIG, 2024-10)."),
        ),
    ),
)  # fmt: skip
