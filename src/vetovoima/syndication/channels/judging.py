"""One state out of what the visit and the embed's own report saw. No queries, no clock: the same facts, the same state.

The visit is believed first: it reads the page itself. A report can be forged by anybody, so it tells the version of an
embed that a visit found, and never makes a page good that a visit found broken (docs/decisions/0026).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from .enums import GRACE, HARMLESS, LIVE, Finding, PageState, Seen, Way
from .models import ChannelPage

#: one visit that was put off by a busy server says nothing yet
BUSY_IS_TROUBLE_AFTER = 2
Judgement = tuple[PageState, Finding]


@dataclass(frozen=True)
class Standing:
    """What is known of the version that a page was seen with: whether it ever was the right one, and until when."""

    is_known: bool = False
    #: None: it is the right one now
    until: datetime | None = None
    #: since when the right one of now is that
    current_since: datetime | None = None


def judge(page: ChannelPage, standing: Standing, *, is_origin_allowed: bool) -> Judgement:
    """This will say how a page stands; nothing is saved."""
    if is_in_trouble(page, is_origin_allowed=is_origin_allowed):
        if page.seen == Seen.BUSY and page.failures < BUSY_IS_TROUBLE_AFTER:
            return PageState(page.state), Finding(page.finding)
        origin = page.seen in HARMLESS or not page.seen
        return PageState.BROKEN, Finding.ORIGIN if origin else Finding.VISIT
    if page.strange_at is not None:
        return _strange(page, page.strange_at, standing)
    if not page.version or page.version_at is None:
        return PageState.UNKNOWN, Finding.UNOPENED if page.seen else Finding.UNSEEN
    return _by_version(page, page.version_at, standing)


def is_in_trouble(page: ChannelPage, *, is_origin_allowed: bool) -> bool:
    """Whether the last visit found something to mend, or browsers refuse the frame."""
    if page.seen and page.seen not in HARMLESS:
        return True
    return page.way == Way.FRAME and not is_origin_allowed


def _strange(page: ChannelPage, seen_at: datetime, standing: Standing) -> Judgement:
    """A version that was never the right one may be one of a moment between two publications, for a while."""
    since = standing.current_since
    if page.way not in LIVE and since is not None and seen_at - since <= GRACE[page.way]:
        return PageState.GREEN, Finding.SOON
    return PageState.LATE, Finding.STRANGE


def _by_version(page: ChannelPage, seen_at: datetime, standing: Standing) -> Judgement:
    if not standing.is_known:
        return PageState.LATE, Finding.OLD  # so old that it is not on record any more
    if standing.until is None:
        return PageState.GREEN, Finding.CURRENT
    if seen_at < standing.until:
        return PageState.GREEN, Finding.WHEN_OPENED if page.way in LIVE else Finding.SOON
    if seen_at - standing.until <= GRACE[page.way]:
        return PageState.GREEN, Finding.SOON
    return PageState.LATE, Finding.OLD
