"""What happened to partner channels and deliveries, in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from vetovoima.activity.models import Fact
from vetovoima.activity.registry import presenter

_WORDS = {
    "partner.created": _("Channel added"),
    "partner.edited": _("Channel changed"),
    "partner.talked": _("Conversation noted"),
    "delivery.prepared": _("Delivery begun"),
    "delivery.edited": _("Delivery changed"),
    "delivery.packed": _("Files made"),
    "delivery.cancelled": _("Put away, not sent"),
    "delivery.sent": _("Sent to the partner"),
    "delivery.received": _("Receipt noted"),
    "delivery.shown": _("Seen on their pages"),
    "delivery.ended": _("Outcome noted"),
    "delivery.told": _("Told them of what was withdrawn"),
}


def _plain(fact: Fact) -> str:
    return str(_WORDS[fact.type.removeprefix("syndication.")])


for _did in _WORDS:
    presenter(f"syndication.{_did}")(_plain)
