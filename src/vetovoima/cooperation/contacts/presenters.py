"""What happened to a contact, in words that tell nothing of it."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vetovoima.activity.models import Fact
from vetovoima.activity.registry import plain_presenters, presenter

_WORDS = {
    "logged": gettext_lazy("Contact noted"),
    "followed_up": gettext_lazy("Followed up"),
    "shared": gettext_lazy("Summary shared with the network"),
    "unshared": gettext_lazy("Summary taken back"),
    "removed": gettext_lazy("Contact removed"),
}

plain_presenters("cooperation.contact", _WORDS)


@presenter("cooperation.contact.edited")
def edited(fact: Fact) -> str:
    """Some of its fields changed."""
    return _("Contact changed")
