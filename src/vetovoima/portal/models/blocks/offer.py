"""Blocks that show the offer: a list of sites, a map, a contact."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    BooleanBlock,
    CharBlock,
    IntegerBlock,
    StructBlock,
    StructBlockValidationError,
    TextBlock,
)

from .choices import (
    CodeBlock,
    CodesBlock,
    availability_choices,
    contact_choices,
    kind_choices,
    municipality_choices,
    organisation_choices,
    sector_choices,
)

MOST_SITES = 12


class SitesBlock(StructBlock):
    """The newest published records of some municipalities, sectors or kinds."""

    title = CharBlock(label=_("Title"), required=False)
    municipalities = CodesBlock(label=_("Municipalities"), choices=municipality_choices, required=False)
    sectors = CodesBlock(label=_("Sectors"), choices=sector_choices, required=False)
    kinds = CodesBlock(label=_("Kinds"), choices=kind_choices, required=False)
    availabilities = CodesBlock(
        label=_("Availability"), choices=availability_choices, required=False,
        help_text=_("Nothing chosen: all, those that are taken last."),
    )  # fmt: skip
    count = IntegerBlock(label=_("How many"), default=5, min_value=1, max_value=MOST_SITES)

    class Meta:
        icon = "list-ul"
        label = _("List of sites")
        template = "portal/blocks/sites.html"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """This will add the records that fit and where all of them are."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        gathered = context.get("gathered")
        context["offer"] = gathered.sites_of(value) if gathered else None
        return context


class MapBlock(StructBlock):
    """A map of published records, with the same places as a list."""

    title = CharBlock(label=_("Title"))
    municipalities = CodesBlock(label=_("Municipalities"), choices=municipality_choices, required=False)
    sectors = CodesBlock(label=_("Sectors"), choices=sector_choices, required=False)
    kinds = CodesBlock(label=_("Kinds"), choices=kind_choices, required=False)
    infrastructure = BooleanBlock(label=_("Railway, ports, airports and grid too"), required=False)

    class Meta:
        icon = "site"
        label = _("Map")
        template = "portal/blocks/map.html"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """This will add the points that fit."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        gathered = context.get("gathered")
        context["shown"] = gathered.points_of(value) if gathered else None
        return context


class ContactBlock(StructBlock):
    """Whom to ask: a published contact, or those of an organisation or municipality."""

    contact = CodeBlock(label=_("Contact"), choices=contact_choices, required=False)
    organisation = CodeBlock(label=_("or an organisation"), choices=organisation_choices, required=False)
    municipality = CodeBlock(label=_("or a municipality"), choices=municipality_choices, required=False)
    text = TextBlock(label=_("What they help with"), required=False)

    class Meta:
        icon = "user"
        label = _("Contact")
        template = "portal/blocks/contact.html"

    def clean(self, value: Any) -> Any:
        """This will ask for one of the three."""
        cleaned = super().clean(value)
        if sum(bool(cleaned.get(name)) for name in ("contact", "organisation", "municipality")) != 1:
            words = ValidationError(_now("Choose one: a contact, an organisation or a municipality."))
            raise StructBlockValidationError(block_errors={"contact": words})
        return cleaned

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """This will add the contacts that are published, and who answers while there is none."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        gathered = context.get("gathered")
        context["asked"] = gathered.contacts_of(value) if gathered else None
        return context
