"""Looking after registered pages: lost turns, old histories, servers without pages."""

from __future__ import annotations

from datetime import datetime, timedelta

from vetovoima.activity.outbox import erase_done
from vetovoima.syndication.lost_turns import give_new_turns

from .models import ChannelEvent, ChannelHost, ChannelPage, ChannelVersion
from .queries import due_hosts
from .receivers import EXPECTED
from .turns import VISIT, wake

#: how long a page's history is kept, and at most how many changes of it
KEPT = timedelta(days=400)
MOST_EVENTS = 200
#: versions that a page was to show: older ones are told apart from nothing
MOST_VERSIONS = 100
#: outbox items that were done are kept no longer
DONE_KEPT = timedelta(days=2)


def wake_lost(now: datetime) -> int:
    """This will give every server that has a page due and nobody at it a new turn; returns how many."""
    return give_new_turns(due_hosts(now), wake, now)


def tidy(now: datetime) -> int:
    """This will erase what is older than histories are kept, the last change of each page left; returns how many rows."""
    count = 0
    for page in ChannelPage.objects.only("pk"):
        events = list(page.events.order_by("-at", "-pk").values_list("pk", "at"))
        gone = [
            pk
            for number, (pk, at) in enumerate(events)
            if number and (number >= MOST_EVENTS or at < now - KEPT)
        ]
        count += ChannelEvent.objects.filter(pk__in=gone).delete()[0]
        versions = list(page.versions.order_by("-since", "-pk").values_list("pk", "until"))
        old = [
            pk for number, (pk, until) in enumerate(versions) if number >= MOST_VERSIONS and until is not None
        ]
        count += ChannelVersion.objects.filter(pk__in=old).delete()[0]
    ChannelHost.objects.filter(pages__isnull=True).delete()
    erase_done((VISIT, EXPECTED), now - DONE_KEPT)
    return count
