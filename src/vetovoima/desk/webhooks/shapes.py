"""What the pages of webhooks show of lists of names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vetovoima.desk.forms import here
from vetovoima.reference.queries import municipalities
from vetovoima.syndication.webhooks.events import EVENTS

if TYPE_CHECKING:
    from vetovoima.syndication.webhooks.models import Webhook


def event_labels(webhook: Webhook) -> list[Any]:
    """What a webhook is told of, in words."""
    return [EVENTS[name].label for name in webhook.events if name in EVENTS]


def place_labels(webhook: Webhook) -> list[str]:
    """The municipalities whose records it is told of; none is all of them."""
    chosen = municipalities().filter(slug__in=webhook.municipalities)
    return sorted(one.name.best(here())[0] for one in chosen)
