"""Changes of registered pages by people: registered, changed, visited on wish, removed."""

from __future__ import annotations

import secrets
import string
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from vetovoima.accounts.models import User
from vetovoima.activity.services import field_changes
from vetovoima.reference.models import Municipality

from . import rules
from .addresses import place_of
from .enums import Finding, PageState
from .expected import note_expected, version_now
from .models import ChannelHost, ChannelPage
from .noting import record_page
from .turns import wake
from .validators import FIELDS, clean_page

KEY_LETTERS, KEY_LENGTH = string.ascii_lowercase + string.digits, 8
#: pages of one municipality, or of the region: more are forgotten ones
MOST_PAGES = 200
#: what changes what has been seen: with another of these the page is looked at anew
LOOKED_AT = frozenset({"url", "way", "question", "language"})
#: pressed again so shortly after a visit, nothing is asked of the server
NOT_AGAIN_WITHIN = timedelta(seconds=10)


class CannotChangeChannel(Exception):
    """The page cannot be changed so; the text says why and what to do."""


def new_key() -> str:
    """This will make a public key: eight letters or digits that nobody has."""
    while True:
        key = "".join(secrets.choice(KEY_LETTERS) for _letter in range(KEY_LENGTH))
        if not ChannelPage.objects.filter(key=key).exists():
            return key


def _held(page: ChannelPage, by: User | None) -> ChannelPage:
    """The row as it is now, held until the transaction ends; raises PermissionDenied."""
    rows = ChannelPage.objects.select_for_update(of=("self",)).select_related("municipality")
    fresh = rows.filter(pk=page.pk).first()
    if fresh is None:
        raise CannotChangeChannel(_("The page was removed meanwhile."))
    if by is not None and not rules.can_edit(by, fresh.municipality_id):
        raise PermissionDenied
    return fresh


def _host_of(url: str) -> ChannelHost:
    host, _is_new = ChannelHost.objects.get_or_create(name=urlsplit(url).netloc[:260])
    return host


@transaction.atomic
def create_page(
    *,
    municipality: Municipality | None,
    values: Mapping[str, Any],
    by: User | None,
    now: datetime,
    is_example: bool = False,
) -> ChannelPage:
    """This will register a page that shows the offer and have it visited at once.

    `municipality` None is the region's own. Raises PermissionDenied, and ValidationError by field.
    """
    if by is not None and not rules.can_create_for(by, municipality.pk if municipality else None):
        raise PermissionDenied
    cleaned = clean_page(values, is_of_region=municipality is None)
    same = ChannelPage.objects.filter(municipality=municipality)
    if same.count() >= MOST_PAGES:
        raise ValidationError(
            {"title": _("There are 200 pages already. Remove one that is not used any more.")}
        )
    _refuse_twice(same, cleaned)
    page = ChannelPage.objects.create(
        key=new_key(), municipality=municipality, host=_host_of(cleaned["url"]), place=place_of(cleaned["url"]),
        is_example=is_example, created_at=now, state_at=now, next_visit_at=now, **cleaned,
    )  # fmt: skip
    note_expected(page, version_now(page), now)
    record_page("created", page, by=by, now=now, way=page.way)
    wake(page.host, now)
    return page


def _refuse_twice(same: Any, cleaned: Mapping[str, Any]) -> None:
    """The same page with the same question twice would be two lines that say the same."""
    twins = same.filter(url=cleaned["url"], way=cleaned["way"], language=cleaned["language"])
    if any(one.question == cleaned["question"] for one in twins):
        raise ValidationError({"url": _("This page is registered already.")})


@transaction.atomic
def edit_page(
    *, page: ChannelPage, values: Mapping[str, Any], by: User | None, now: datetime, revision: int | None
) -> ChannelPage:
    """This will change what is said of a page; with another address, way or question it is looked at anew.

    `revision` None does not ask whether somebody else changed it. Raises PermissionDenied, CannotChangeChannel when
    somebody did, and ValidationError by field.
    """
    fresh = _held(page, by)
    if revision is not None and fresh.revision != revision:
        sentence = _(
            "Somebody else changed this page while you had it open. Look at it again, then repeat your change."
        )
        raise CannotChangeChannel(sentence)
    before = {name: getattr(fresh, name) for name in FIELDS}
    after = clean_page({**before, **values}, is_of_region=fresh.municipality_id is None)
    changed = sorted(
        field_changes(
            {**before, "agreed_on": str(before["agreed_on"])}, {**after, "agreed_on": str(after["agreed_on"])}
        )
    )
    if not changed:
        return fresh
    _refuse_twice(ChannelPage.objects.filter(municipality=fresh.municipality).exclude(pk=fresh.pk), after)
    for name, value in after.items():
        setattr(fresh, name, value)
    if LOOKED_AT & set(changed):
        _begin_anew(fresh, now)
    fresh.revision += 1
    fresh.save()
    record_page("changed", fresh, by=by, now=now, fields=changed)
    if LOOKED_AT & set(changed):
        note_expected(fresh, version_now(fresh), now)
        wake(fresh.host, now)
    return fresh


def _begin_anew(page: ChannelPage, now: datetime) -> None:
    """What was seen elsewhere, or of another selection, says nothing any more. Nothing is saved but the versions."""
    page.host, page.place, page.landed = _host_of(page.url), place_of(page.url), ""
    page.state, page.finding, page.state_at = PageState.UNKNOWN, Finding.UNSEEN, now
    page.visited_at = page.reported_at = page.version_at = page.strange_at = page.status = page.told_at = None
    page.seen = page.version = page.version_by = ""
    page.failures, page.next_visit_at = 0, now
    page.versions.all().delete()
    page.events.create(at=now, state=page.state, finding=page.finding)


@transaction.atomic
def visit_page(*, page: ChannelPage, by: User | None, now: datetime) -> ChannelPage:
    """This will have a page looked at as soon as the worker can; asked twice at once it is looked at once.

    Raises PermissionDenied.
    """
    fresh = _held(page, by)
    if fresh.visited_at is not None and timedelta() <= now - fresh.visited_at < NOT_AGAIN_WITHIN:
        return fresh
    if fresh.next_visit_at > now:
        fresh.next_visit_at = now
        fresh.save(update_fields=["next_visit_at"])
        record_page("visit_asked", fresh, by=by, now=now)
    wake(ChannelHost.objects.select_for_update(of=("self",)).get(pk=fresh.host_id), now)
    return fresh


@transaction.atomic
def remove_page(*, page: ChannelPage, by: User | None, now: datetime) -> None:
    """This will take a page off the board with its history; the embed itself goes on working. Raises PermissionDenied."""
    fresh = _held(page, by)
    record_page("removed", fresh, by=by, now=now)
    fresh.delete()
