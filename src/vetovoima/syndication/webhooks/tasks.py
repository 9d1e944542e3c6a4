"""What the worker does for webhooks: tells an event to all who want it, takes receivers' turns, looks after the rest."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from vetovoima.activity.registry import handler
from vetovoima.activity.schedule import chore

from . import keeping, receivers, sending
from .turns import SEND


@handler(receivers.FAN_OUT, beside=True)
def tell(payload: dict[str, Any]) -> None:
    """This will write the deliveries of an event."""
    receivers.fan_out(payload["event"])


@handler(SEND, beside=True)
def take_turn(payload: dict[str, Any]) -> None:
    """This will send to one receiver what is due."""
    sending.take_turn(payload["webhook"], payload["turn"])


@chore("syndication.webhooks_lost", every=timedelta(minutes=5))
def take_up_lost_turns(now: datetime) -> None:
    """This will wake the senders whose turn was lost, by a database that was put back for example."""
    keeping.wake_lost(now)


@chore("syndication.webhooks_erase", hour=4)
def erase_every_night(now: datetime) -> None:
    """This will erase what is older than the log is kept, end replaced secrets, and seal anew those of an old key."""
    keeping.erase_old(now)
    keeping.end_replaced_secrets(now)
    keeping.seal_anew()
