"""Old counts go every night."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.timezone import localdate

from vetovoima.activity.schedule import chore

from .models import DailyCount

#: two years and the month before, so that a month can always be read beside the same one of the year before
MONTHS_KEPT = 25


@chore("monitoring.visits", hour=3)
def drop_old_every_night(now: datetime) -> None:
    """This will have the worker drop what is older than 25 months."""
    drop_old_counts(localdate(now))


def drop_old_counts(today: date) -> int:
    """This will drop the counts of days more than 25 months ago; returns how many rows went."""
    months = today.year * 12 + today.month - 1 - MONTHS_KEPT
    first = date(months // 12, months % 12 + 1, 1)
    return DailyCount.objects.filter(day__lt=first).delete()[0]
