"""Visiting: one server's turn, one page after the other, and what is kept of each look.

A turn holds no transaction while it waits for a server. It claims the server with one short write, looks, and notes each
sight with another. Killed in between, claim and lease run out and the pages are looked at again.
"""

from __future__ import annotations

import random
import secrets
import time
from datetime import timedelta

from django.utils import timezone

from vetovoima.activity.beside import short_write

from .enums import HARMLESS, LIVE, SILENT, By, Finding, Seen, Way
from .expected import note_expected, version_now
from .looking import Sight, look_at
from .models import ChannelHost, ChannelPage
from .noting import JUDGED, note_state
from .turns import wake

#: a turn begins no look after so long; with a last one it stays within claim and lease
TURN_SECONDS = 25.0
CLAIM = timedelta(seconds=50)
#: between two looks at a page that is well
EVERY = timedelta(hours=1)
#: between two looks at a page that still shows the version before
CATCHING_UP = timedelta(minutes=15)
#: waits after the first failed look, the second …; the last one for good
WAITS = tuple(timedelta(minutes=one) for one in (5, 15, 60, 180, 360, 720, 1440))
#: waits are drawn out by up to a fifth, so that pages that were registered together are not visited together
LONGER = 1.2
#: after a turn that broke on our side
AFTER_TROUBLE = timedelta(minutes=1)
SEEN = (
    "visited_at",
    "seen",
    "status",
    "landed",
    "version",
    "version_at",
    "version_by",
    "strange_at",
    "next_visit_at",
)


def take_turn(host_id: int, turn: int) -> int:
    """This will look at the pages of one server that are due; returns how many. When it is somebody else's turn, it asks
    to look again when that one must have ended."""
    claimed = _claim(host_id, turn)
    if claimed is None:
        return 0
    host, claim = claimed
    end, count, rest = time.monotonic() + TURN_SECONDS, 0, AFTER_TROUBLE
    try:
        while time.monotonic() < end:
            page = _next(host)
            if page is None:
                break
            keep(page, look_at(page))
            count += 1
        rest = timedelta()
    finally:
        _release(host.pk, claim, rest)
    return count


@short_write()
def _claim(host_id: int, turn: int) -> tuple[ChannelHost, str] | None:
    host = ChannelHost.objects.select_for_update(of=("self",)).filter(pk=host_id).first()
    if host is None:
        return None
    if host.turn == turn:
        # What is asked for from now on needs a turn of its own: this one may have looked already.
        host.turn += 1
    now = timezone.now()
    is_taken = host.claimed_until is not None and host.claimed_until > now
    if not is_taken:
        host.claim, host.claimed_until = secrets.token_hex(16), now + CLAIM
    host.save(update_fields=["turn", "claim", "claimed_until"])
    if is_taken and host.claimed_until is not None:
        wake(host, host.claimed_until)
        return None
    return host, host.claim


@short_write()
def _release(host_id: int, claim: str, rest: timedelta) -> None:
    """End a turn and ask for the next. `rest` lets time pass first: a turn that broke must not begin anew at once."""
    host = ChannelHost.objects.select_for_update(of=("self",)).filter(pk=host_id, claim=claim).first()
    if host is None:
        return
    host.claim, host.claimed_until = "", None
    host.save(update_fields=["claim", "claimed_until"])
    first = host.pages.order_by("next_visit_at", "pk").values_list("next_visit_at", flat=True).first()
    if first is not None:
        wake(host, max(first, timezone.now() + rest))


def _next(host: ChannelHost) -> ChannelPage | None:
    due = ChannelPage.objects.filter(host=host, next_visit_at__lte=timezone.now()).select_related(
        "municipality"
    )
    return due.order_by("next_visit_at", "pk").first()


def keep(page: ChannelPage, sight: Sight) -> ChannelPage | None:
    """This will note what a look came to and what follows from it; None when the page was removed meanwhile."""
    expected = version_now(page)
    with short_write():
        rows = ChannelPage.objects.select_for_update(of=("self",)).select_related("municipality")
        fresh = rows.filter(pk=page.pk).first()
        if fresh is None:
            return None
        if fresh.url != page.url or fresh.way != page.way or fresh.question != page.question:
            return fresh  # changed while we looked: it is due again by that change
        note_expected(fresh, expected, sight.at)
        _take_in(fresh, sight)
        note_state(fresh, sight.at, by=By.VISIT, is_visit=sight.seen not in SILENT)
        fresh.next_visit_at = timezone.now() + _wait(fresh, sight)
        fresh.save(update_fields=[*SEEN, *JUDGED])
        return fresh


def _take_in(page: ChannelPage, sight: Sight) -> None:
    if sight.seen in SILENT:
        return
    page.visited_at, page.seen, page.status = sight.at, sight.seen, sight.status
    if sight.landed:
        page.landed = sight.landed if sight.landed != page.url else ""
    if sight.seen != Seen.EMBED:
        return
    page.strange_at = sight.at if sight.is_other_selection else None
    if not sight.version:
        return
    page.version, page.version_at, page.version_by = sight.version, sight.at, By.VISIT
    if not page.versions.filter(version=sight.version).exists():
        page.strange_at = sight.at


def _wait(page: ChannelPage, sight: Sight) -> timedelta:
    if sight.seen == Seen.OURS:
        least = WAITS[0]
    elif page.failures:
        least = WAITS[min(page.failures, len(WAITS)) - 1]
    elif (
        page.way not in LIVE
        and page.finding not in (Finding.CURRENT, Finding.UNOPENED)
        and page.way != Way.BUNDLE
    ):
        least = CATCHING_UP
    else:
        least = EVERY
    asked = timedelta(seconds=sight.seconds) if sight.seen not in HARMLESS else timedelta()
    return max(least * random.uniform(1.0, LONGER), asked)
