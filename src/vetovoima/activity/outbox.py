"""The outbox: work written as rows in the transaction that needs it, done later by a worker.

A worker leases one item, does it and marks it done. Killed in between, the lease runs out and another takes the
item: nothing is lost. That the work is then not done twice is the handler's part: each is idempotent by its key.
"""

from __future__ import annotations

import logging
import os
import random
import socket
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from .models import Heartbeat, OutboxItem, OutboxState
from .registry import handler_of

log = logging.getLogger(__name__)
LEASE = timedelta(seconds=60)
MAX_ATTEMPTS = 12
#: first wait between attempts; doubled each time up to six hours, so that twelve attempts last about two days
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=6)


@dataclass(frozen=True)
class Topics:
    """Which items somebody takes: those of all topics, of the named ones, or of all but the named ones."""

    names: frozenset[str] | None = None
    are_left_out: bool = False


EVERY = Topics()


class TemporaryFailure(Exception):
    """The work could not be done now; it is tried again later."""


class PermanentFailure(Exception):
    """The work can never be done; it is set aside for a person to look at."""


def worker_name() -> str:
    """This will name this process: host and process number."""
    return f"{socket.gethostname()[:60]}:{os.getpid()}"


def enqueue(topic: str, key: str, payload: dict[str, Any], *, now: datetime | None = None) -> bool:
    """This will write one item in the caller's transaction; the same key twice is one item. True when new."""
    moment = now or timezone.now()
    _item, created = OutboxItem.objects.get_or_create(
        key=key, defaults={"topic": topic, "payload": payload, "due_at": moment, "created_at": moment}
    )
    return created


def enqueue_many(topic: str, payloads: Mapping[str, dict[str, Any]], *, now: datetime) -> None:
    """This will write an item for each key in the caller's transaction, due now; one that waits already is due now."""
    items = [
        OutboxItem(topic=topic, key=key, payload=payload, due_at=now, created_at=now)
        for key, payload in payloads.items()
    ]
    OutboxItem.objects.bulk_create(items, ignore_conflicts=True)
    late = OutboxItem.objects.filter(key__in=list(payloads), state=OutboxState.WAITING, due_at__gt=now)
    late.update(due_at=now)


def hasten(key: str, at: datetime) -> bool:
    """This will make an item that nobody has begun due at a moment, unless it is due earlier; True when it moved."""
    waiting = OutboxItem.objects.filter(key=key, state=OutboxState.WAITING, due_at__gt=at)
    return bool(waiting.update(due_at=at))


def erase_done(topics: Iterable[str], before: datetime) -> int:
    """This will erase items of some topics that were done before a moment; returns how many. For topics that write
    many and whose keys never come again."""
    done = OutboxItem.objects.filter(topic__in=list(topics), state=OutboxState.DONE, done_at__lt=before)
    return done.delete()[0]


def forget(topic: str, keys: Iterable[str]) -> None:
    """This will take back items that nobody has begun, because what they were for is gone."""
    OutboxItem.objects.filter(topic=topic, key__in=list(keys), state=OutboxState.WAITING).delete()


def due_items(now: datetime, of: Topics = EVERY) -> QuerySet[OutboxItem]:
    """The items that are due, or whose worker died, the oldest first."""
    free = Q(state=OutboxState.WAITING, due_at__lte=now) | Q(state=OutboxState.LEASED, leased_until__lt=now)
    rows = OutboxItem.objects.filter(free).order_by("due_at", "pk")
    if of.names is None:
        return rows
    named = list(of.names)
    return rows.exclude(topic__in=named) if of.are_left_out else rows.filter(topic__in=named)


def lease_next(
    worker: str, now: datetime, lease: timedelta = LEASE, *, of: Topics = EVERY
) -> OutboxItem | None:
    """This will take the oldest due item, or one whose worker died, and return it; None when there is none.

    The update names the state it saw, so that of two workers exactly one gets the item, on both databases.
    """
    return next(iter(lease_many(worker, now, 1, lease, of=of)), None)


def lease_many(
    worker: str, now: datetime, most: int, lease: timedelta = LEASE, *, of: Topics = EVERY
) -> list[OutboxItem]:
    """This will take up to `most` due items, the oldest first, as `lease_next` takes one."""
    leased: list[OutboxItem] = []
    for item in due_items(now, of)[: most + 19]:
        taken = OutboxItem.objects.filter(
            pk=item.pk, state=item.state, leased_until=item.leased_until, attempts=item.attempts
        ).update(
            state=OutboxState.LEASED, leased_by=worker, leased_until=now + lease, attempts=item.attempts + 1
        )
        if taken:
            item.state, item.leased_by, item.leased_until = OutboxState.LEASED, worker, now + lease
            item.attempts += 1
            leased.append(item)
        if len(leased) == most:
            break
    return leased


def work_on(item: OutboxItem, *, writing: Callable[[], AbstractContextManager[None]] = nullcontext) -> bool:
    """This will do one leased item and mark it; True when done. A failure is kept with its reason and retried.

    The mark is made within `writing`.
    """
    function = handler_of(item.topic)
    try:
        if function is None:
            raise PermanentFailure(f"Nobody handles {item.topic}")
        function(item.payload)
    except PermanentFailure as error:
        with writing():
            _set_aside(item, error)
        return False
    except Exception as error:  # noqa: BLE001
        # Whatever goes wrong in one item must not stop the others: it is logged, kept and tried again.
        log.warning("outbox item %s failed at attempt %s: %s", item.pk, item.attempts, type(error).__name__)
        with writing():
            _retry_later(item, error)
        return False
    with writing():
        _still_ours(item).update(
            state=OutboxState.DONE, done_at=timezone.now(), leased_until=None, last_error=""
        )
    return True


def prolong(key: str) -> None:
    """This will keep a long piece of work leased and its worker known to be alive: called now and then by whoever is
    doing it; nothing happens when nobody has leased it."""
    now = timezone.now()
    if OutboxItem.objects.filter(key=key, state=OutboxState.LEASED).update(leased_until=now + LEASE):
        beat(worker_name(), now)


def _still_ours(item: OutboxItem) -> QuerySet[OutboxItem]:
    """The row, unless the lease ran out meanwhile and another worker took it: what that one did stands."""
    return OutboxItem.objects.filter(
        pk=item.pk, state=OutboxState.LEASED, leased_by=item.leased_by, attempts=item.attempts
    )


def _set_aside(item: OutboxItem, error: Exception) -> None:
    _still_ours(item).update(state=OutboxState.FAILED, leased_until=None, last_error=str(error)[:2000])


def _retry_later(item: OutboxItem, error: Exception) -> None:
    if item.attempts >= MAX_ATTEMPTS:
        _set_aside(item, error)
        return
    wait = min(FIRST_WAIT * 2 ** (item.attempts - 1), LONGEST_WAIT) * random.uniform(0.8, 1.2)
    _still_ours(item).update(
        state=OutboxState.WAITING,
        leased_until=None,
        due_at=timezone.now() + wait,
        last_error=str(error)[:2000],
    )


def work_through(worker: str, *, limit: int = 100, of: Topics = EVERY) -> int:
    """This will do due items until there is none or `limit` is reached; returns how many were taken."""
    for count in range(limit):
        with transaction.atomic():
            item = lease_next(worker, timezone.now(), of=of)
        if item is None:
            return count
        work_on(item)
    return limit


def beat(worker: str, now: datetime) -> None:
    """This will note a sign of life."""
    Heartbeat.objects.update_or_create(worker=worker, defaults={"at": now})
