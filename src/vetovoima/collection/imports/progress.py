"""How far an import is: written between pieces of work, where the wish to stop is read too."""

from __future__ import annotations

from vetovoima.activity.outbox import prolong
from vetovoima.collection.models import Import


class Stopped(Exception):
    """A person asked to stop, or another worker has taken the work over; what was begun is left as it was."""


def outbox_key(import_: Import) -> str:
    """The key of the background work that is running now: each piece of work has its own."""
    return f"collection.import:{import_.pk}:{import_.turn}"


def report(import_: Import, phase: str, done: int) -> None:
    """This will note how far the work is and keep its lease; raises Stopped."""
    mine = Import.objects.filter(pk=import_.pk, turn=import_.turn, cancel_asked=False)
    if not mine.update(phase=phase, done=done):
        raise Stopped
    prolong(outbox_key(import_))
