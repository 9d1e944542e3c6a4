"""What happened to a webhook, in words."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vetovoima.activity.models import Fact
from vetovoima.activity.registry import plain_presenters, presenter

from .enums import Reason

_WORDS = {
    "created": gettext_lazy("Webhook made"),
    "changed": gettext_lazy("Webhook changed"),
    "paused": gettext_lazy("Webhook paused"),
    "resumed": gettext_lazy("Webhook resumed"),
    "secret_replaced": gettext_lazy("Signing secret replaced"),
    "removed": gettext_lazy("Webhook removed"),
    "tested": gettext_lazy("Test sent"),
    "replayed": gettext_lazy("Messages sent again"),
}

plain_presenters("syndication.webhook", _WORDS)


@presenter("syndication.webhook.stopped")
def stopped(fact: Fact) -> str:
    """We ended it, and why."""
    reason = fact.data.get("reason", "")
    why = str(Reason(reason).label) if reason in Reason.values else ""
    return f"{_('Webhook stopped by the service')}. {why}".strip()
