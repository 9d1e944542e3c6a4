"""What follows from something that was seen: the page's new state, its history, and whether somebody is to be told."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from vetovoima.accounts.models import User
from vetovoima.accounts.queries import municipality_organisation
from vetovoima.activity.services import record
from vetovoima.syndication.embedding.queries import allowed_origins

from .enums import PageState, Way
from .judging import Standing, is_in_trouble, judge
from .models import ChannelEvent, ChannelPage

KIND = "channel"
#: visits in a row that must have failed before somebody gets a mail
TELL_AFTER = 2
JUDGED = ("state", "finding", "state_at", "failures", "told_at")


def is_origin_allowed(page: ChannelPage) -> bool:
    """Whether the page's site is among those that browsers let show our frame."""
    return page.origin in allowed_origins(page.municipality.slug if page.municipality else "")


def standing_of(page: ChannelPage) -> Standing:
    """What is known of the version that the page was seen with."""
    rows = list(page.versions.values_list("version", "since", "until"))
    current_since = next((since for _version, since, until in rows if until is None), None)
    ends = [until for version, _since, until in rows if version == page.version]
    if not ends:
        return Standing(current_since=current_since)
    if None in ends:
        return Standing(True, None, current_since)
    return Standing(True, max(one for one in ends if one is not None), current_since)


def note_state(page: ChannelPage, now: datetime, *, by: str, is_visit: bool) -> bool:
    """This will judge a page anew in the caller's transaction and write what follows; True when its state changed.

    The page's row must be held; what was seen stands in it and is saved by the caller. A visit counts its failures here.
    """
    allowed = page.way != Way.FRAME or is_origin_allowed(page)
    if is_visit:
        in_trouble = is_in_trouble(page, is_origin_allowed=allowed)
        page.failures = page.failures + 1 if in_trouble else 0
    before = (page.state, page.finding)
    state, finding = judge(page, standing_of(page), is_origin_allowed=allowed)
    page.finding = finding
    if state != page.state:
        page.state, page.state_at = state, now
    changed = before != (page.state, page.finding)
    if changed:
        ChannelEvent.objects.create(
            page=page, at=now, state=state, finding=finding, seen=page.seen, version=page.version, by=by
        )
    _tell(page, now)
    return changed


def _tell(page: ChannelPage, now: datetime) -> None:
    """Once when it has stayed broken, once when it is well again."""
    if page.state == PageState.BROKEN and page.failures >= TELL_AFTER and page.told_at is None:
        page.told_at = now
        page.save(update_fields=[*JUDGED, "seen", "status"])
        record_page("broken", page, by=None, now=now)
    elif page.state == PageState.GREEN and page.told_at is not None:
        page.told_at = None
        page.save(update_fields=[*JUDGED, "seen", "status"])
        record_page("mended", page, by=None, now=now)


def record_page(did: str, page: ChannelPage, *, by: User | None, now: datetime, **data: Any) -> None:
    """This will record one fact about a registered page, in the caller's transaction."""
    owner = municipality_organisation(page.municipality_id) if page.municipality_id else None
    record(
        f"syndication.channel.{did}", actor=by, kind=KIND, code=page.key, now=now,
        data={"title": page.title, "host": page.host_name, **data}, organisations=[owner] if owner else [],
    )  # fmt: skip
