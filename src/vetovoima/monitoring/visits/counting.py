"""Counting in memory, and putting the sums into the database now and then.

A page from the cache takes a fraction of a millisecond; a row written for each would take longer than the page. So each
process adds up, and stores its sums half a minute after the first: a process that is killed loses no more than that.
"""

from __future__ import annotations

import atexit
import logging
import threading
from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.models import F

from .enums import What
from .models import DailyCount
from .sources import Source

log = logging.getLogger(__name__)
STORE_AFTER_SECONDS = 30.0
#: more different things than this in half a minute are a flood of made-up addresses
MOST_KEYS = 20_000


class Key(NamedTuple):
    """What one sum is of."""

    day: date
    what: str
    path: str
    language: str
    origin: str
    detail: str


class Counts:
    """The sums of one process that are not stored yet."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._sums: Counter[Key] = Counter()
        self._timer: threading.Timer | None = None

    def add(self, day: date, path: str, language: str, source: Source, *what: What) -> None:
        """This will count one thing, and see to it that the sums are stored soon."""
        with self._lock:
            if len(self._sums) >= MOST_KEYS:
                return
            for one in what:
                self._sums[Key(day, one, path, language, source.origin, source.detail)] += 1
            if self._timer is None and settings.VETOVOIMA_VISITS_IN_BACKGROUND:
                self._timer = threading.Timer(STORE_AFTER_SECONDS, self._store_in_background)
                self._timer.daemon = True
                self._timer.start()

    def take(self) -> dict[Key, int]:
        """This will hand over the sums and begin anew."""
        with self._lock:
            taken, self._sums, self._timer = dict(self._sums), Counter(), None
        return taken

    def store(self) -> int:
        """This will store the sums; returns how many rows were touched. What cannot be stored is kept for the next time."""
        taken = self.take()
        try:
            store_sums(taken)
        except DatabaseError as error:
            log.warning("counts of visits are not stored yet: %s", type(error).__name__)
            with self._lock:
                self._sums.update(taken)
            return 0
        return len(taken)

    def _store_in_background(self) -> None:
        try:
            self.store()
        finally:
            connection.close()


counts = Counts()


@atexit.register
def _store_at_the_end() -> None:
    """A process that is asked to end stores what it has."""
    if settings.configured and settings.VETOVOIMA_VISITS_IN_BACKGROUND and counts._sums:
        counts.store()


@transaction.atomic
def store_sums(sums: Mapping[Key, int]) -> None:
    """This will add sums to the rows of their day; two processes may do so at once."""
    for key, number in sums.items():
        values: dict[str, Any] = {
            "day": key.day, "what": key.what, "path": key.path, "language": key.language, "origin": key.origin,
            "detail": key.detail,
        }  # fmt: skip
        if not DailyCount.objects.filter(**values).update(count=F("count") + number):
            DailyCount.objects.get_or_create(**values)
            DailyCount.objects.filter(**values).update(count=F("count") + number)
