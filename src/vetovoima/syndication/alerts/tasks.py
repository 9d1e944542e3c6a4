"""What the worker does for saved searches: look for what fits, at once, each morning and each Monday; erase by night."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from vetovoima.activity.outbox import enqueue
from vetovoima.activity.registry import handler
from vetovoima.activity.schedule import chore

from . import services
from .enums import Frequency
from .models import SavedSearch
from .queries import due_searches

TELL = "syndication.alert"
MORNING = 7


@chore("syndication.alerts_instant", every=timedelta(minutes=5))
def tell_at_once(now: datetime) -> None:
    """This will look for whoever wants to hear at once; of a day without a publication it costs one small query."""
    _ask_all(Frequency.INSTANT, now)


@chore("syndication.alerts_daily", hour=MORNING)
def tell_daily(now: datetime) -> None:
    """This will look for whoever wants to hear each morning."""
    _ask_all(Frequency.DAILY, now)


@chore("syndication.alerts_weekly", hour=MORNING, weekday=0)
def tell_weekly(now: datetime) -> None:
    """This will look for whoever wants to hear each Monday."""
    _ask_all(Frequency.WEEKLY, now)


@chore("syndication.alerts_erase", hour=3)
def erase_every_night(now: datetime) -> None:
    """This will erase what nobody confirmed, what nobody changed for two years, and what no mailbox takes."""
    services.erase_unconfirmed(now=now)
    services.erase_old(now=now)
    services.erase_refused(now=now)


def _ask_all(frequency: Frequency, now: datetime) -> None:
    # One item each: a search that fails is tried again without holding up the others.
    for search in due_searches(frequency):
        enqueue(TELL, f"{TELL}:{search.pk}:{now:%Y%m%d%H%M}", {"search": search.pk}, now=now)


@handler(TELL)
def tell_one(payload: dict[str, Any]) -> None:
    """This will tell one search what is new; one that was stopped meanwhile is nothing to do."""
    search = SavedSearch.objects.filter(pk=payload["search"]).first()
    if search is not None:
        services.tell(search=search, now=timezone.now())
