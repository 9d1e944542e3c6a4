"""What is counted, and whence somebody came."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class What(TextChoices):
    """What one count is of."""

    ENTRY = "entry", _("Arrivals")
    VIEW = "view", _("Pages read")
    ENQUIRY = "enquiry", _("Enquiries")


class Origin(TextChoices):
    """Whence somebody came, as coarsely as an answer to it needs."""

    SEARCH = "search", pgettext_lazy("source of a visit", "Search engine")
    ASSISTANT = "assistant", pgettext_lazy("source of a visit", "Assistant that answers questions")
    SOCIAL = "social", pgettext_lazy("source of a visit", "Social media")
    PARTNER = "partner", pgettext_lazy("source of a visit", "Partner's site")
    EMBED = "embed", pgettext_lazy("source of a visit", "A page that shows the offer")
    CAMPAIGN = "campaign", pgettext_lazy("source of a visit", "Campaign")
    OTHER = "other", pgettext_lazy("source of a visit", "Another site")
    DIRECT = "direct", pgettext_lazy("source of a visit", "Directly, or not told")
    INSIDE = "inside", pgettext_lazy("source of a visit", "From within the portal, first source not told")


#: what an address may carry from page to page; the rest is read from the request itself
CARRIED = frozenset({Origin.SEARCH, Origin.ASSISTANT, Origin.SOCIAL, Origin.PARTNER, Origin.EMBED, Origin.CAMPAIGN,
                     Origin.OTHER, Origin.DIRECT})  # fmt: skip
