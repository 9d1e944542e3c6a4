"""What happened to partner channels and deliveries, in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from vetovoima.activity.registry import plain_presenters

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

plain_presenters("syndication", _WORDS)
