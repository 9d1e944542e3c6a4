"""Whose turn it is: one piece of work in the outbox for each reading that was asked for."""

from __future__ import annotations

from datetime import datetime

from vetovoima.accounts.models import User
from vetovoima.activity.outbox import enqueue

from .models import FollowedSource

REFRESH = "syndication.follow"


def put_turn(source: FollowedSource, now: datetime, by: User | None = None) -> None:
    """This will put a reading into the outbox, in the caller's transaction."""
    source.turn += 1
    source.save(update_fields=["turn"])
    payload = {"source": source.pk, "by": by.pk if by else None}
    enqueue(REFRESH, f"{REFRESH}:{source.pk}:{source.turn}", payload, now=now)
