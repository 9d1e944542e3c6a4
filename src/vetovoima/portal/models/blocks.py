"""Blocks of pages: a fact of the bank, by its code."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import ChoiceBlock, StructBlock

from vetovoima.catalogue.knowledge.enums import FactState
from vetovoima.catalogue.knowledge.queries import facts
from vetovoima.portal.languages import current_language


def fact_choices() -> list[tuple[str, str]]:
    """Every fact that is in use, by name: what the content editor chooses from."""
    language = current_language()
    named = [
        (one.code, f"{one.label.best(language)[0]} ({one.code})")
        for one in facts().exclude(state=FactState.RETIRED)
    ]
    return sorted(named, key=lambda one: one[1])


class FactBlock(StructBlock):
    """A fact of the bank: value, unit, date and source are drawn when the page is shown."""

    code = ChoiceBlock(label=_("Fact"), choices=fact_choices)

    class Meta:
        icon = "info-circle"
        label = _("Fact")

    def get_api_representation(self, value: Any, context: Any = None) -> Any:
        """The code alone."""
        return value.get("code")
