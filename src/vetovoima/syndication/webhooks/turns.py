"""From an event to the outbox: which webhooks are told, and whose turn it is.

The outbox has one item for each receiver at a time, not one for each message: a receiver that hangs holds one thread
and its own messages, and nobody else's (docs/decisions/0024).
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import QuerySet

from vetovoima.activity.outbox import enqueue, enqueue_many, hasten
from vetovoima.common.inserting import insert_many

from .events import EVENTS
from .models import Webhook, WebhookDelivery, WebhookEvent

SEND = "syndication.webhook"


def wants(webhook: Webhook, event: WebhookEvent) -> bool:
    """Whether a webhook is told of an event: it asked for its name, and for its municipality or the whole region."""
    if event.name not in webhook.events:
        return False
    return (
        not event.municipality_slug
        or not webhook.municipalities
        or event.municipality_slug in webhook.municipalities
    )


def events_for(webhook: Webhook) -> QuerySet[WebhookEvent]:
    """The events that a webhook is told of, in the words of `wants`."""
    found = WebhookEvent.objects.filter(name__in=[name for name in webhook.events if name in EVENTS])
    if webhook.municipalities:
        found = found.filter(municipality_slug__in=["", *webhook.municipalities])
    return found


def put_deliveries(webhook: Webhook, events: Iterable[WebhookEvent], now: datetime) -> list[WebhookDelivery]:
    """This will write one delivery for each event, due now; events that have one already must not be among them."""
    made = [_delivery(webhook, event, now) for event in events]
    insert_many(made)
    return made


def tell_all(webhooks: Sequence[Webhook], event: WebhookEvent, now: datetime) -> None:
    """This will write one delivery of an event for each webhook, and wake them all; their rows must be held."""
    insert_many([_delivery(one, event, now) for one in webhooks])
    enqueue_many(SEND, {_key(one): _payload(one) for one in webhooks}, now=now)


def _delivery(webhook: Webhook, event: WebhookEvent, now: datetime) -> WebhookDelivery:
    return WebhookDelivery(
        key=f"msg_{secrets.token_hex(16)}", webhook=webhook, event=event, due_at=now, made_at=now
    )


def _key(webhook: Webhook) -> str:
    return f"{SEND}:{webhook.pk}:{webhook.turn}"


def _payload(webhook: Webhook) -> dict[str, int]:
    return {"webhook": webhook.pk, "turn": webhook.turn}


def wake(webhook: Webhook, at: datetime) -> None:
    """This will have the sender look at a webhook at a moment, or earlier when it is to look earlier anyway."""
    if not enqueue(SEND, _key(webhook), _payload(webhook), now=at):
        hasten(_key(webhook), at)
