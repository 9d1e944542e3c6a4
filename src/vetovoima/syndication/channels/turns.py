"""Whose turn it is: the outbox holds one item for each server that has registered pages, not one for each page.

So no server is visited by two at a time, and one that hangs holds one thread (as for webhooks, docs/decisions/0024).
"""

from __future__ import annotations

from datetime import datetime

from vetovoima.activity.outbox import enqueue, hasten

from .models import ChannelHost

VISIT = "syndication.channel_visit"


def wake(host: ChannelHost, at: datetime) -> None:
    """This will have a server's pages looked at from a moment on, or earlier when they are to be looked at anyway."""
    key = f"{VISIT}:{host.pk}:{host.turn}"
    if not enqueue(VISIT, key, {"host": host.pk, "turn": host.turn}, now=at):
        hasten(key, at)
