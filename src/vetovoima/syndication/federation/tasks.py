"""The sources' turns: every few minutes the due ones are put into the outbox, one piece of work for each."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from vetovoima.accounts.models import User
from vetovoima.activity.outbox import TemporaryFailure
from vetovoima.activity.registry import handler
from vetovoima.activity.schedule import chore

from . import keeping, queries
from .running import AlreadyReading, read_source
from .turns import REFRESH, put_turn


@chore("syndication.follow_due", every=timedelta(minutes=5))
def ask_due_sources(now: datetime) -> None:
    """This will put the sources that are due into the outbox."""
    for one in queries.due_sources(now):
        with transaction.atomic():
            # Until it has been read, or its worker was lost, it is not put there again.
            one.due_at = now + timedelta(minutes=15)
            one.save(update_fields=["due_at"])
            put_turn(one, now)


@handler(REFRESH, beside=True)
def refresh(payload: dict[str, Any]) -> None:
    """This will read one source; when it is being read already, or its worker was killed, again after a while."""
    source = queries.all_sources().filter(pk=payload["source"], state="active").first()
    if source is None:
        return
    person: int | None = payload.get("by")
    by = User.objects.filter(pk=person).first() if person else None
    try:
        read_source(source=source, now=timezone.now(), by=by)
    except AlreadyReading as error:
        raise TemporaryFailure("the source is being read already") from error


@chore("syndication.follow_hide", every=timedelta(hours=1))
def hide_old(now: datetime) -> None:
    """This will take away what its source has not been seen to have for too long."""
    keeping.erase_unseen(now)
