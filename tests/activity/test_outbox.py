"""The outbox: leases, retries, and that one bad item does not stop the others."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from tests.factories import NOW
from vetovoima.activity import outbox
from vetovoima.activity.models import OutboxItem, OutboxState
from vetovoima.activity.outbox import (
    LEASE,
    MAX_ATTEMPTS,
    PermanentFailure,
    TemporaryFailure,
    enqueue,
    lease_next,
)
from vetovoima.activity.queries import outbox_counts, stuck_items
from vetovoima.activity.registry import _handlers, handler

SECOND = timedelta(seconds=1)


@pytest.fixture
def done():
    """What the handler of the topic `test.work` did; a payload's `fails` makes it raise."""
    calls: list[str] = []

    @handler("test.work")
    def work(payload):
        if error := payload.get("fails"):
            raise {"now": TemporaryFailure, "ever": PermanentFailure, "oddly": ZeroDivisionError}[error](
                "with a reason"
            )
        calls.append(payload["what"])

    yield calls
    del _handlers["test.work"]


def put(key: str, now=None, **payload) -> None:
    enqueue("test.work", key, {"what": key, **payload}, now=now)


def test_work_is_done_in_order_and_once(db, done):
    put("b", now=NOW)
    put("a", now=NOW - SECOND)
    put("b", now=NOW)

    assert outbox.work_through("w") == 2
    assert outbox.work_through("w") == 0
    assert done == ["a", "b"]
    assert outbox_counts() == {"waiting": 0, "leased": 0, "done": 2, "failed": 0}


def test_what_is_rolled_back_is_never_done(db, done):
    with pytest.raises(RuntimeError), transaction.atomic():
        put("a")
        raise RuntimeError

    assert (outbox.work_through("w"), done) == (0, [])


def test_work_of_tomorrow_waits(db, done):
    put("a", now=timezone.now() + timedelta(days=1))

    assert outbox.work_through("w") == 0


def test_a_leased_item_is_nobody_else_s_until_the_lease_runs_out(db, done):
    put("a", now=NOW)

    taken = lease_next("dies", NOW)

    assert (taken.key, taken.leased_by, taken.attempts) == ("a", "dies", 1)
    assert lease_next("lives", NOW + LEASE) is None
    again = lease_next("lives", NOW + LEASE + SECOND)
    assert (again.key, again.leased_by, again.attempts) == ("a", "lives", 2)


def test_a_lease_is_short_enough_for_a_promise_of_minutes():
    assert timedelta(seconds=60) >= LEASE


def test_a_worker_that_lost_its_lease_does_not_undo_what_another_did(db, done):
    put("a", now=NOW, fails="now")
    slow = lease_next("slow", NOW)
    lease_next("quick", NOW + LEASE + SECOND)
    OutboxItem.objects.update(state=OutboxState.DONE, leased_until=None)

    outbox.work_on(slow)

    assert OutboxItem.objects.get().state == OutboxState.DONE


def test_a_temporary_failure_is_tried_again_later_and_later(db, done):
    put("a", now=NOW, fails="now")
    waits = []
    for _attempt in range(3):
        OutboxItem.objects.update(due_at=timezone.now())
        before = timezone.now()
        outbox.work_through("w")
        waits.append((OutboxItem.objects.get().due_at - before).total_seconds())

    item = OutboxItem.objects.get()
    assert (item.state, item.attempts, item.last_error) == (OutboxState.WAITING, 3, "with a reason")
    assert 23 < waits[0] < 37
    assert 47 < waits[1] < 73
    assert 95 < waits[2] < 145


def test_after_the_last_attempt_a_person_looks_at_it(db, done):
    put("a", now=NOW, fails="oddly")
    OutboxItem.objects.update(attempts=MAX_ATTEMPTS - 1)

    outbox.work_through("w")

    item = OutboxItem.objects.get()
    assert (item.state, item.attempts) == (OutboxState.FAILED, MAX_ATTEMPTS)
    assert stuck_items(timezone.now()) == [item]


@pytest.mark.parametrize("fails, state", [("ever", "failed"), ("now", "waiting"), ("oddly", "waiting")])
def test_a_failure_does_not_stop_the_others(db, done, fails, state):
    put("a", now=NOW, fails=fails)
    put("b", now=NOW + SECOND)

    outbox.work_through("w")

    assert done == ["b"]
    assert OutboxItem.objects.get(key="a").state == state


def test_a_topic_without_a_handler_is_set_aside(db):
    enqueue("test.nobody", "a", {}, now=NOW)

    outbox.work_through("w")

    assert OutboxItem.objects.get().state == OutboxState.FAILED


@pytest.mark.slow
def test_workers_at_once_share_the_work(transactional_db, done):
    for number in range(60):
        put(f"{number:02d}", now=NOW)

    def work(name: str) -> None:
        try:
            # A worker that finds every item it saw taken by others looks again, as the loop of the worker does.
            while OutboxItem.objects.filter(state=OutboxState.WAITING).exists():
                outbox.work_through(name)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=[f"w{number}"]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert sorted(done) == [f"{number:02d}" for number in range(60)]
    assert outbox_counts() == {"waiting": 0, "leased": 0, "done": 60, "failed": 0}


def test_long_work_keeps_its_lease_and_its_worker_s_sign_of_life(db):
    from vetovoima.activity.models import Heartbeat

    outbox.enqueue("test.long", "long-1", {})
    outbox.prolong("long-1")
    assert not Heartbeat.objects.exists()
    item = outbox.lease_next("worker-1", timezone.now())
    OutboxItem.objects.filter(pk=item.pk).update(leased_until=timezone.now() + timedelta(seconds=1))

    outbox.prolong("long-1")

    item.refresh_from_db()
    assert item.leased_until > timezone.now() + timedelta(seconds=50)
    assert Heartbeat.objects.get().worker == outbox.worker_name()
