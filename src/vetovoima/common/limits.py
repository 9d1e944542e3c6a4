"""How often somebody may ask: counts in the cache that the web processes share.

Fixed windows, one counter for each name and window. Redis counts exactly; the database cache reads and writes in two
steps, so that of many requests in the same instant a few may not be counted. For a limit that is good enough.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache


@dataclass(frozen=True)
class Allowance:
    """What is left of a window: how many there are in all, how many remain, in how many seconds it begins anew."""

    limit: int
    remaining: int
    resets_in: int
    is_spent: bool


def take_one(name: str, *, limit: int, window: int, now: datetime) -> Allowance:
    """This will count one use and say what is left. `window` is in seconds; `name` is kept only as a digest."""
    moment = int(now.timestamp())
    digest = hashlib.sha256(name.encode()).hexdigest()[:32]
    key = f"limit:{digest}:{moment // window}"
    used = 1
    if not cache.add(key, 1, window + 5):
        try:
            used = cache.incr(key)
        except ValueError:
            # It ran out between the two calls: the count begins again.
            cache.set(key, 1, window + 5)
    return Allowance(limit, max(0, limit - used), window - moment % window, used > limit)


def seconds_to_wait(name: str, *, limit: int, window: int, now: datetime) -> int:
    """This will count one use and say how many seconds the next one has to wait; 0 when this one need not."""
    spent = take_one(name, limit=limit, window=window, now=now)
    return spent.resets_in if spent.is_spent else 0
