"""Looking after webhooks: lost turns, old logs, replaced secrets and keys."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vetovoima.activity.outbox import erase_done
from vetovoima.common.sealing import CannotUnseal, is_stale, seal, unseal
from vetovoima.syndication.lost_turns import give_new_turns

from .models import Webhook, WebhookDelivery, WebhookEvent
from .queries import due_webhooks
from .receivers import FAN_OUT
from .services import KEPT, SEALED_FOR
from .turns import SEND, wake

#: rows erased in one statement: others write in between
AT_ONCE = 500


def wake_lost(now: datetime) -> int:
    """This will give every webhook that has something due and nobody at it a new turn; returns how many."""
    return give_new_turns(due_webhooks(now), wake, now)


def erase_old(now: datetime) -> int:
    """This will erase the events, deliveries and attempts that are older than the log is kept; returns how many events.

    Deliveries that were never finished go with them: nobody wants last month's news.
    """
    before, count = now - KEPT, 0
    while keys := list(WebhookEvent.objects.filter(at__lt=before).values_list("pk", flat=True)[:AT_ONCE]):
        with transaction.atomic():
            WebhookDelivery.objects.filter(event__in=keys).delete()
            WebhookEvent.objects.filter(pk__in=keys).delete()
        count += len(keys)
    erase_done((SEND, FAN_OUT), before)
    return count


def end_replaced_secrets(now: datetime) -> int:
    """This will erase secrets whose time beside the new one is over; returns how many."""
    over = Webhook.objects.filter(previous_until__lte=now)
    return over.update(previous_secret="", previous_until=None)


def seal_anew() -> int:
    """This will seal with the deployment's key of today what was sealed with one that is being replaced."""
    count = 0
    for one in Webhook.objects.only("pk", "secret", "previous_secret"):
        values = {name: getattr(one, name) for name in ("secret", "previous_secret")}
        stale = {name: sealed for name, sealed in values.items() if sealed and is_stale(sealed, SEALED_FOR)}
        if not stale:
            continue
        try:
            fresh = {name: seal(unseal(sealed, SEALED_FOR), SEALED_FOR) for name, sealed in stale.items()}
        except CannotUnseal:
            continue  # the desk says that it needs a new one
        # Only what is still what was read: a person may have replaced it meanwhile.
        count += Webhook.objects.filter(pk=one.pk, **values).update(**fresh)
    return count
