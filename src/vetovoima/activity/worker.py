"""The worker: a loop that anyone can follow."""

from __future__ import annotations

import logging
import signal
import time
from collections.abc import Callable

from django.db import OperationalError, close_old_connections, connection
from django.utils import timezone

from . import outbox, schedule
from .beside import Beside
from .registry import topics_beside

log = logging.getLogger(__name__)
PAUSE_SECONDS = 1.0


def run(*, once: bool = False, pause: float = PAUSE_SECONDS) -> None:
    """This will work through the outbox until it is told to stop (SIGTERM, SIGINT): it ends after the items at hand.

    `once` ends when nothing is due, and does everything in its own loop. A database that is away for a while does not
    end it.
    """
    stopping = False

    def stop(_number: int, _frame: object) -> None:
        nonlocal stopping
        stopping = True

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    name = outbox.worker_name()
    if once:
        _loop(name, outbox.EVERY, pause, once=True, is_over=lambda: stopping)
        return
    with Beside(name):
        rest = outbox.Topics(topics_beside(), are_left_out=True)
        _loop(name, rest, pause, once=False, is_over=lambda: stopping)


def _loop(name: str, of: outbox.Topics, pause: float, *, once: bool, is_over: Callable[[], bool]) -> None:
    while not is_over():
        try:
            outbox.beat(name, timezone.now())
            schedule.put_due(timezone.now())
            done = outbox.work_through(name, limit=20, of=of)
        except OperationalError as error:
            log.warning("the database does not answer, trying again: %s", error)
            connection.close()
            done = 0
        close_old_connections()
        if done == 0:
            if once:
                return
            time.sleep(pause)
