"""Questions about contacts."""

from __future__ import annotations

from django.db.models import QuerySet

from .models import Contact


def contacts() -> QuerySet[Contact]:
    """Every contact with its organisation, by name."""
    return Contact.objects.select_related("organisation").order_by("name", "pk")


def contacts_of_municipality(municipality_id: int) -> QuerySet[Contact]:
    """The contacts of one municipality's organisation, by name."""
    return contacts().filter(organisation__municipality_id=municipality_id)
