"""Lost turns: what is due while nobody is at it, by a database that was put back for example."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TypeVar

from django.db import transaction

from .models import ChannelHost, Webhook

Taker = TypeVar("Taker", Webhook, ChannelHost)


def give_new_turns(due: Iterable[Taker], wake: Callable[[Taker, datetime], None], now: datetime) -> int:
    """This will give each of those that have something due and nobody at it a new turn; returns how many.

    `wake` asks for the turn in the outbox, whose items are named by the number in `turn` (docs/decisions/0024).
    """
    count = 0
    for one in due:
        with transaction.atomic():
            fresh = type(one).objects.select_for_update(of=("self",)).filter(pk=one.pk).first()
            if fresh is None:
                continue  # removed meanwhile
            # A new number: the item of the old one may have ended without having looked.
            fresh.turn += 1
            fresh.save(update_fields=["turn"])
            wake(fresh, now)
        count += 1
    return count
