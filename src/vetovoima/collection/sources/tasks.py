"""The sources' turns: every night or every Monday night, one piece of work for each, so that none holds up the others."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from vetovoima.accounts.models import User
from vetovoima.activity.outbox import TemporaryFailure, enqueue
from vetovoima.activity.registry import handler
from vetovoima.activity.schedule import chore

from . import queries
from .enums import Schedule
from .running import AlreadyRunning, run_source
from .services import HARVEST


def _put(schedule: Schedule, now: datetime) -> None:
    day = timezone.localdate(now).isoformat()
    for one in queries.scheduled(schedule):
        enqueue(HARVEST, f"{HARVEST}:{one.pk}:{schedule}:{day}", {"source": one.pk}, now=now)


@chore("collection.sources.daily", hour=2)
def ask_daily_sources(now: datetime) -> None:
    """This will put the sources of every night into the outbox."""
    _put(Schedule.DAILY, now)


@chore("collection.sources.weekly", hour=3, weekday=0)
def ask_weekly_sources(now: datetime) -> None:
    """This will put the sources of every Monday night into the outbox."""
    _put(Schedule.WEEKLY, now)


@handler(HARVEST)
def harvest(payload: dict[str, Any]) -> None:
    """This will read one source; when it is being read already, or its worker was killed, again after a while."""
    source = queries.source(payload["source"])
    if source is None:
        return
    person: int | None = payload.get("by")
    by = User.objects.filter(pk=person).first() if person else None
    try:
        run_source(source=source, now=timezone.now(), by=by)
    except AlreadyRunning as error:
        raise TemporaryFailure("the source is being read already") from error
