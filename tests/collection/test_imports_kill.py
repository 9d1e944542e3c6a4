"""A worker killed with -9 in the middle of a check or a commit: all rows or none, and the work is taken up again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from tests.factories import make_municipality, make_person, make_region
from vetovoima.accounts.enums import Role
from vetovoima.accounts.models import User
from vetovoima.activity.models import OutboxItem, OutboxState
from vetovoima.catalogue.models import Site
from vetovoima.collection.imports import asking, services
from vetovoima.collection.models import Import

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

ROOT = Path(__file__).resolve().parents[2]
ROWS = 700
PATIENCE = 90.0
Start = Callable[..., "subprocess.Popen[bytes]"]


@pytest.fixture
def officer(database_url: str) -> User:
    make_region()
    return make_person(Role.MUNICIPALITY_OFFICER, "kuhmo")


@pytest.fixture
def start(database_url: str, tmp_path: Path, settings) -> Iterator[Start]:
    """This will start workers as the product does, on the test's database and folders."""
    workers: list[subprocess.Popen[bytes]] = []
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.collection.kill_settings",
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT), os.environ.get("PYTHONPATH", "")]),
        "VETOVOIMA_TEST_DATABASE_URL": database_url,
        "KILL_MEDIA": str(settings.MEDIA_ROOT),
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
    logs = "".join(path.read_text(errors="replace") for path in sorted(tmp_path.glob("worker-*.log")))
    assert "Traceback" not in logs, logs


def wait_until(condition: Callable[[], object], what: str) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, f"waited {PATIENCE} s for {what}"
        time.sleep(0.02)


def kill(worker: subprocess.Popen[bytes]) -> None:
    """This will kill a worker with -9, and let the time pass after which its leases have run out."""
    worker.send_signal(signal.SIGKILL)
    assert worker.wait() == -signal.SIGKILL
    past = timezone.now() - timedelta(seconds=1)
    OutboxItem.objects.filter(state=OutboxState.LEASED).update(leased_until=past)


def fresh(import_: Import) -> Import:
    return Import.objects.select_related("municipality", "by").get(pk=import_.pk)


def begin(officer: User) -> Import:
    text = "Nimi;Pinta-ala m2\n" + "".join(f"Tontti {number};{number}\n" for number in range(1, ROWS + 1))
    return services.start_import(
        content=text.encode(), filename="a.csv", kind="plot", municipality=make_municipality("kuhmo"), by=officer,
        now=timezone.now(),
    )  # fmt: skip


def test_killed_in_check_and_commit_all_rows_come_in_once_and_go_again(start: Start, officer: User) -> None:
    import_ = begin(officer)
    asking.ask_check(import_=import_, by=officer, now=timezone.now())
    worker = start()
    wait_until(lambda: fresh(import_).done >= 500, "the check to be in the middle")
    kill(worker)
    assert fresh(import_).state == "checking"
    assert start("--once").wait(PATIENCE) == 0
    assert fresh(import_).counts["new"] == ROWS

    seen = set()
    asking.ask_commit(import_=fresh(import_), by=officer, now=timezone.now())
    for pause in (0.0, 0.15, 0.3):
        worker = start()
        wait_until(
            lambda: fresh(import_).done >= 250 or fresh(import_).state == "committed", "the preparation"
        )
        time.sleep(pause)
        kill(worker)
        seen.add(Site.objects.count())
        Import.objects.filter(pk=import_.pk, state="committing").update(done=0)
    assert seen <= {0, ROWS}
    assert start("--once").wait(PATIENCE) == 0
    assert (Site.objects.count(), fresh(import_).state) == (ROWS, "committed")
    assert fresh(import_).rows.exclude(site=None).count() == ROWS

    asking.ask_undo(import_=fresh(import_), by=officer, now=timezone.now())
    worker = start()
    wait_until(lambda: fresh(import_).done >= 250 or fresh(import_).state == "undone", "the undo")
    kill(worker)
    assert Site.objects.count() in {0, ROWS}
    assert start("--once").wait(PATIENCE) == 0
    assert (Site.objects.count(), fresh(import_).state) == (0, "undone")


def test_two_workers_on_one_commit_write_it_once(start: Start, officer: User) -> None:
    import_ = services.check_import(
        services.begin_check(import_=begin(officer), by=officer, now=timezone.now())
    )
    asking.ask_commit(import_=import_, by=officer, now=timezone.now())
    first = start()
    wait_until(lambda: fresh(import_).done >= 250 or fresh(import_).state == "committed", "the preparation")
    OutboxItem.objects.filter(state=OutboxState.LEASED).update(
        leased_until=timezone.now() - timedelta(seconds=1)
    )
    second = start("--once")
    assert second.wait(PATIENCE) == 0
    wait_until(lambda: fresh(import_).state == "committed", "the commit")
    first.terminate()
    assert first.wait(PATIENCE) == 0
    assert Site.objects.count() == ROWS
