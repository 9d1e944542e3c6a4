"""What the worker does: checks, commits and undoes of large files, and the tidying of old ones."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from vetovoima.accounts.models import User
from vetovoima.activity.outbox import PermanentFailure
from vetovoima.activity.registry import handler
from vetovoima.activity.schedule import chore
from vetovoima.collection.models import Import, ImportRow

from . import services
from .asking import TOPIC
from .enums import BUSY, ImportState
from .letters import tell_of_end
from .storing import remove_file

#: rows and the file itself are kept as long as an import can be undone; what it was is remembered by its line
KEPT_FOR = timedelta(days=31)


@handler(TOPIC)
def work(payload: dict[str, Any]) -> None:
    """This will do the work that an item asks for, unless it was done or taken over already."""
    found = (
        Import.objects.select_related("municipality", "by")
        .filter(pk=payload["import"], state__in=BUSY)
        .first()
    )
    if found is None or found.turn != payload["turn"]:
        return
    now = timezone.now()
    by = _asked_by(payload["by"], found, now)
    if payload["work"] == "check":
        done = services.check_import(found, now=now)
    elif payload["work"] == "undo":
        done = services.undo_import(import_=found, by=by, now=now)
    elif payload["work"] == "redo" and found.state == ImportState.CHECKING:
        done = services.redo_import(import_=found, by=by, now=now)
    else:
        done = services.commit_import(import_=found, by=by, now=now)
    tell_of_end(done, payload["work"], by, now)


class NobodyLeft(PermanentFailure):
    """Whoever asked for the work is not a user any more: it is left undone, because nobody's rights allow it."""


def _asked_by(key: int | None, import_: Import, now: datetime) -> User | None:
    """The person who asked; None is the system, which nobody becomes by being deleted. Raises NobodyLeft."""
    if key is None:
        return None
    by = User.objects.filter(pk=key).first()
    if by is None:
        services.release(import_=import_, now=now)
        raise NobodyLeft(f"Import {import_.pk}: whoever asked for it is not a user any more")
    return by


@chore("collection.imports.tidy", hour=3)
def tidy(now: datetime) -> None:
    """This will forget files and rows of imports that nobody can undo any more, and of those that were given up."""
    old = Import.objects.filter(changed_at__lt=now - KEPT_FOR).exclude(stored_name="")
    for import_ in old.exclude(state__in=BUSY):
        if import_.undo_until is not None and import_.undo_until > now:
            continue
        ImportRow.objects.filter(batch=import_).delete()
        remove_file(import_.stored_name)
        is_open = import_.state in (ImportState.UPLOADED, ImportState.MAPPED, ImportState.READY)
        Import.objects.filter(pk=import_.pk).update(
            stored_name="", mends={}, skips=[], state=ImportState.CANCELLED if is_open else import_.state
        )
