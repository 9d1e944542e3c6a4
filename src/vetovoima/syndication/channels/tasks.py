"""What the worker does for registered pages: visits them, looks up what they should show, looks after the rest."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from vetovoima.activity.registry import handler
from vetovoima.activity.schedule import chore

from . import keeping, receivers, visiting
from .turns import VISIT


@handler(VISIT, beside=True)
def take_turn(payload: dict[str, Any]) -> None:
    """This will look at the pages of one server that are due."""
    visiting.take_turn(payload["host"], payload["turn"])


@handler(receivers.EXPECTED)
def look_up_expected(payload: dict[str, Any]) -> None:
    """This will look up what the pages should show after a publication."""
    receivers.look_up_published()


@chore("syndication.channels_lost", every=timedelta(minutes=5))
def take_up_lost_turns(now: datetime) -> None:
    """This will wake the visitors whose turn was lost, by a database that was put back for example."""
    keeping.wake_lost(now)


@chore("syndication.channels_hourly", every=timedelta(hours=1))
def look_up_every_hour(now: datetime) -> None:
    """This will look up what the pages should show: a load of the region's data tells of no single publication."""
    receivers.look_up_expected()


@chore("syndication.channels_tidy", hour=4)
def tidy_every_night(now: datetime) -> None:
    """This will erase what is older than histories are kept."""
    keeping.tidy(now)
