"""Work that comes back: every hour, every night, every Monday.

A chore is put into the outbox once for each of its turns, by whichever worker looks first: the turn's name is the
item's key, so that two workers make one item, and a killed one's turn is taken up like any other work.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.timezone import localtime

from .outbox import enqueue
from .registry import handler

Work = Callable[[datetime], None]


@dataclass(frozen=True)
class Chore:
    """A piece of work and when its turns begin: each `every`, or on a local hour of each day or of one weekday."""

    name: str
    every: timedelta | None = None
    hour: int | None = None
    weekday: int | None = None

    def turn(self, now: datetime) -> str:
        """This will name the turn that is running at a moment; "" before the first of today."""
        if self.every is not None:
            return str(int(now.timestamp() // self.every.total_seconds()))
        local = localtime(now)
        if local.hour < (self.hour or 0):
            local -= timedelta(days=1)
        if self.weekday is not None:
            local -= timedelta(days=(local.weekday() - self.weekday) % 7)
        return local.date().isoformat()


_chores: dict[str, Chore] = {}
_seen: dict[str, str] = {}


def chore(
    name: str, *, every: timedelta | None = None, hour: int | None = None, weekday: int | None = None
) -> Callable[[Work], Work]:
    """This will have the worker do a function at each turn, given the moment at which the turn was noticed.

    `hour` (0–23) and `weekday` (Monday is 0) are local. Raises ValueError for a name given twice.
    """

    def register(function: Work) -> Work:
        def work(payload: dict[str, str]) -> None:
            function(datetime.fromisoformat(payload["at"]))

        if name in _chores:
            raise ValueError(f"The chore {name} is there already")
        _chores[name] = Chore(name, every, hour, weekday)
        handler(f"chore:{name}")(work)
        return function

    return register


def chores() -> list[Chore]:
    """Every chore, by name."""
    return [_chores[name] for name in sorted(_chores)]


def put_off(now: datetime, until: datetime) -> int:
    """This will have the nights' and weeks' turns that are running by now begin at `until`; returns how many waited.

    For an installation that was made just now, or slept for days: a worker would else make up for last night while
    somebody takes a first look.
    """
    return sum(
        enqueue(
            f"chore:{one.name}", f"chore:{one.name}:{one.turn(now)}", {"at": until.isoformat()}, now=until
        )
        for one in chores()
        if one.every is None
    )


def put_due(now: datetime) -> int:
    """This will put the chores whose turn has begun into the outbox; returns how many were new."""
    count = 0
    for one in chores():
        turn = one.turn(now)
        if _seen.get(one.name) == turn:
            continue
        count += enqueue(f"chore:{one.name}", f"chore:{one.name}:{turn}", {"at": now.isoformat()}, now=now)
        _seen[one.name] = turn
    return count
