"""A worker killed with -9 loses and doubles nothing: real processes, a real mail server, a real database."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from tests.factories import make_region
from tests.messaging.sink import Sink, running_sink
from vetovoima.activity.models import OutboxItem, OutboxState
from vetovoima.activity.schedule import chores
from vetovoima.messaging.models import Mail
from vetovoima.messaging.services import queue_mail

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

ROOT = Path(__file__).resolve().parents[2]
MAILS = 60
KILLS = 3
PATIENCE = 30.0

#: starts a worker with the given arguments
Start = Callable[..., subprocess.Popen[bytes]]


@pytest.fixture
def sink() -> Iterator[Sink]:
    with running_sink() as running:
        yield running


@pytest.fixture
def start(database_url: str, sink: Sink, tmp_path: Path) -> Iterator[Start]:
    """This will start workers as the product does, on the test's database and the test's mail server."""
    make_region()
    mark_chores_done()
    workers: list[subprocess.Popen[bytes]] = []
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.activity.worker_settings",
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT), os.environ.get("PYTHONPATH", "")]),
        "VETOVOIMA_TEST_DATABASE_URL": database_url,
        "VETOVOIMA_EMAIL_HOST": "127.0.0.1",
        "VETOVOIMA_EMAIL_PORT": str(sink.port),
    }

    def started(*arguments: str) -> subprocess.Popen[bytes]:
        with (tmp_path / f"worker-{len(workers)}.log").open("wb") as log:
            command = [sys.executable, "-m", "vetovoima.config.cli", "worker", "--pause", "0.02", *arguments]
            workers.append(subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log))
        return workers[-1]

    yield started
    for worker in workers:
        if worker.poll() is None:
            worker.kill()
        worker.wait()
    complaints = "".join(path.read_text(errors="replace") for path in sorted(tmp_path.glob("worker-*.log")))
    assert "Traceback" not in complaints, complaints
    assert "asker.example" not in complaints, "a log names a person"


def mark_chores_done() -> None:
    """This will mark the turns of today's chores as done: the self-audit and its like are not what is tried here."""
    now = timezone.now()
    OutboxItem.objects.bulk_create(
        OutboxItem(
            topic=f"chore:{one.name}", key=f"chore:{one.name}:{one.turn(now)}", payload={"at": now.isoformat()},
            state=OutboxState.DONE, due_at=now, created_at=now, done_at=now,
        )
        for one in chores()
    )  # fmt: skip


def queue(number: int) -> Mail:
    """Each mail has a recipient of its own, so that a second mail for the same matter would be seen."""
    return queue_mail(
        key=f"matter-{number}", to=f"p{number}@asker.example", language="en", template="site_published",
        context={"code": f"TUU-ABC-{number:04d}", "name": "Hall", "link": "https://service.example/"},
    )  # fmt: skip


def wait_until(
    condition: Callable[[], object], what: str, worker: subprocess.Popen[bytes] | None = None
) -> None:
    """This will wait for something to come true; it fails with a word when it does not, or when the worker ended."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, f"waited {PATIENCE} s for {what}"
        assert worker is None or worker.poll() is None, f"the worker ended while we waited for {what}"
        time.sleep(0.005)


def kill(worker: subprocess.Popen[bytes]) -> None:
    """This will kill a worker with -9, and let the time pass after which its leases have run out."""
    worker.send_signal(signal.SIGKILL)
    assert worker.wait() == -signal.SIGKILL
    let_leases_run_out()


def let_leases_run_out() -> None:
    past = timezone.now() - timedelta(seconds=1)
    OutboxItem.objects.filter(state=OutboxState.LEASED).update(leased_until=past)
    OutboxItem.objects.filter(state=OutboxState.WAITING).update(due_at=past)


def finish(start: Start) -> None:
    """This will let a last worker do what is left and end by itself."""
    for _round in range(3):
        assert start("--once").wait(PATIENCE) == 0
        if not OutboxItem.objects.exclude(state=OutboxState.DONE).exists():
            return
        let_leases_run_out()


@contextmanager
def held(sink: Sink, where: str) -> Iterator[None]:
    """This will keep a client waiting at a point until the end of the block."""
    sink.somebody_waits.clear()
    setattr(sink, where, True)
    yield
    setattr(sink, where, False)


def test_killed_again_and_again_every_mail_arrives_and_none_is_made_twice(start, sink, record_property):
    mails = {mail.to: mail.message_id for mail in map(queue, range(MAILS))}
    dice = random.Random()
    sink.slowness = 0.02
    for turn in range(KILLS):
        seen = len(sink.delivered)
        workers = [start(), start()] if turn == KILLS - 1 else [start()]
        wait_until(lambda seen=seen: len(sink.delivered) > seen, "a first mail of this worker", workers[0])
        time.sleep(dice.uniform(0, 0.25))
        for worker in workers:
            kill(worker)
    assert len(set(sink.message_ids)) < MAILS, "the killing began too late to prove anything"

    finish(start)

    arrived = Counter(sink.message_ids)
    doubles = sum(times - 1 for times in arrived.values())
    record_property("mails that arrived twice with one Message-ID", doubles)
    print(f"{MAILS} mails, {KILLS + 1} workers killed, {doubles} arrived twice with the same Message-ID")
    assert set(arrived) == set(mails.values())
    assert {(mail.to[0], mail.message_id) for mail in sink.delivered} == set(mails.items())
    # A kill can hit the one statement between acceptance and mark; at most one mail for each killed worker.
    assert doubles <= KILLS + 1
    assert set(Mail.objects.values_list("state", flat=True)) == {"sent"}
    assert set(OutboxItem.objects.values_list("state", flat=True)) == {OutboxState.DONE}


def test_killed_before_the_mail_was_handed_over_it_arrives_once(start, sink):
    mail = queue(1)
    with held(sink, "holds_greeting"):
        worker = start()
        wait_until(sink.somebody_waits.is_set, "the worker to call the mail server", worker)
        kill(worker)
    assert sink.delivered == []
    assert Mail.objects.get().state == "waiting"

    finish(start)

    assert sink.message_ids == [mail.message_id]


def test_killed_after_the_mark_it_arrives_once(start, sink):
    mail = queue(1)
    worker = start()
    wait_until(lambda: Mail.objects.filter(state="sent").exists(), "the mark", worker)
    kill(worker)
    # Whether or not the worker came to note it: as if it had been killed before it could close the item.
    OutboxItem.objects.exclude(topic__startswith="chore:").update(
        state=OutboxState.LEASED, leased_until=timezone.now() - timedelta(seconds=1)
    )

    finish(start)

    assert sink.message_ids == [mail.message_id]


def test_killed_in_the_one_gap_the_second_mail_is_the_same_mail(start, sink):
    mail = queue(1)
    with held(sink, "holds_receipt"):
        worker = start()
        wait_until(sink.somebody_waits.is_set, "the worker to hand the mail over", worker)
        kill(worker)
    assert Mail.objects.get().state == "waiting"

    finish(start)

    assert sink.message_ids == [mail.message_id, mail.message_id]


def test_told_to_stop_a_worker_ends_after_the_item_at_hand(start, sink):
    for number in range(20):
        queue(number)
    sink.slowness = 0.05
    worker = start()
    wait_until(lambda: sink.delivered, "a first mail", worker)

    worker.terminate()

    assert worker.wait(PATIENCE) == 0
    assert OutboxItem.objects.filter(state=OutboxState.LEASED).count() == 0
    mails = OutboxItem.objects.filter(topic="messaging.mail")
    assert mails.filter(state=OutboxState.DONE).count() == len(sink.delivered)
