"""Threads beside the worker's loop, for work that mostly waits for servers of others.

One thread looks and leases, the others work. The loop does not wait for them and they not for the loop: an import of
minutes delays no delivery, a receiver that hangs holds one thread. Whoever registers such work sees to it that one
receiver never holds more than that (`syndication.webhooks`: an item for each receiver, not for each message), and
writes with `short_write`.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from queue import SimpleQueue
from threading import BoundedSemaphore, Event, RLock, Thread

from django.db import OperationalError, close_old_connections, connection, transaction
from django.utils import timezone

from . import outbox
from .models import OutboxItem
from .registry import topics_beside

log = logging.getLogger(__name__)
#: as many receivers may hang at a time without anybody noticing; each is left alone longer after each failure
THREADS = 24
#: a look that finds nothing reads one index and takes no lock
PAUSE_SECONDS = 0.1
_one_writer = RLock()


@contextmanager
def short_write() -> Iterator[None]:
    """A transaction of work beside the loop: short, and nothing in it that waits for anybody.

    SQLite has one writer and lets the others sleep and knock, ever longer: twenty threads that knock at once take
    seconds for what one after the other takes milliseconds. So here they queue, and one knocks.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        with transaction.atomic():
            yield
        return
    with _one_writer, transaction.atomic():
        yield


class Beside:
    """The threads of one worker. `with Beside(name):` runs them for as long as the block lasts.

    Left, it begins nothing new and waits for what is at hand; killed, the leases run out as everywhere.
    """

    def __init__(self, worker: str, *, threads: int = THREADS, pause: float = PAUSE_SECONDS) -> None:
        self._worker, self._pause = worker, pause
        self._topics = outbox.Topics(topics_beside())
        self._free = BoundedSemaphore(threads)
        self._waiting: SimpleQueue[OutboxItem | None] = SimpleQueue()
        self._stopping = Event()
        self._looking = Thread(target=self._look, name="beside-look", daemon=True)
        self._working = [
            Thread(target=self._work, name=f"beside-{number}", daemon=True) for number in range(threads)
        ]

    def __enter__(self) -> Beside:
        for thread in (self._looking, *self._working):
            thread.start()
        return self

    def __exit__(self, *_what: object) -> None:
        self._stopping.set()
        self._looking.join()
        for _thread in self._working:
            self._waiting.put(None)
        for thread in self._working:
            thread.join()

    def _look(self) -> None:
        try:
            while not self._stopping.is_set():
                if not self._hand_out():
                    self._stopping.wait(self._pause)
        finally:
            connection.close()

    def _hand_out(self) -> int:
        """Lease as many due items as there are free threads, in one transaction; returns how many."""
        free = 0
        while self._free.acquire(blocking=False):
            free += 1
        items = self._lease(free) if free else []
        for item in items:
            self._waiting.put(item)
        for _left in range(free - len(items)):
            self._free.release()
        return len(items)

    def _lease(self, most: int) -> list[OutboxItem]:
        """Due items, leased. Looking takes no lock: on SQLite a lease is a write, and mostly there is nothing."""
        try:
            close_old_connections()
            if not outbox.due_items(timezone.now(), self._topics).exists():
                return []
            with short_write():
                return outbox.lease_many(self._worker, timezone.now(), most, of=self._topics)
        except OperationalError as error:
            log.warning("the database does not answer, trying again: %s", error)
            connection.close()
            self._stopping.wait(1)
            return []

    def _work(self) -> None:
        try:
            while (item := self._waiting.get()) is not None:
                self._do(item)
                self._free.release()
        finally:
            connection.close()

    def _do(self, item: OutboxItem) -> None:
        try:
            close_old_connections()
            outbox.work_on(item, writing=short_write)
            close_old_connections()
        except OperationalError as error:
            # The mark could not be made: the lease runs out and the item is taken again.
            log.warning("the database does not answer, the item is taken again: %s", error)
            connection.close()
