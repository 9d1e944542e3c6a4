"""Kinds of contacts with a company."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class ContactKind(TextChoices):
    """How the municipality and the company met."""

    VISIT = "visit", pgettext_lazy("contact with a company", "Visit")
    CALL = "call", pgettext_lazy("contact with a company", "Call")
    MEETING = "meeting", pgettext_lazy("contact with a company", "Meeting")
    EVENT = "event", pgettext_lazy("contact with a company", "Event")
    MAIL = "mail", pgettext_lazy("contact with a company", "Mail")
