"""Questions about registered pages: whose they are, how they stand, how that has changed, who is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import localtime

from vetovoima.accounts.enums import Role
from vetovoima.accounts.models import User
from vetovoima.accounts.queries import members_of, municipality_organisation, people_with_role
from vetovoima.accounts.rights import Action, Kind
from vetovoima.accounts.rules import may
from vetovoima.activity.models import Fact
from vetovoima.activity.queries import history_of
from vetovoima.reference.models import Municipality
from vetovoima.reference.queries import municipalities
from vetovoima.syndication.embedding.queries import allowed_origins

from . import rules
from .enums import PageState, Way
from .models import ChannelEvent, ChannelHost, ChannelPage, ChannelVersion
from .noting import KIND

#: days of the board's trend
TREND_DAYS = 14


def pages_for(user: Any) -> QuerySet[ChannelPage]:
    """The registered pages that a person may see, by municipality and name."""
    return ChannelPage.objects.visible_to(user).select_related("municipality")


def page_for(user: Any, key: str) -> ChannelPage | None:
    """One page that a person may see, or None."""
    return pages_for(user).filter(key=key).first()


def all_pages() -> QuerySet[ChannelPage]:
    """Every registered page: for the operator's command line and the worker."""
    return ChannelPage.objects.select_related("municipality")


def page_keys() -> list[str]:
    """The public keys of every page: what links out of embeds may carry (`monitoring.visits`)."""
    return list(ChannelPage.objects.order_by("key").values_list("key", flat=True))


def creatable_places(user: Any) -> list[Municipality | None]:
    """For whom a person may register a page: municipalities, and None for the region."""
    places: list[Municipality | None] = [None, *municipalities()]
    return [one for one in places if rules.can_create_for(user, one.pk if one else None)]


def current_version(page: ChannelPage) -> ChannelVersion | None:
    """What a page should show now and since when, as it was last looked up; None before that."""
    return page.versions.filter(until__isnull=True).first()


def current_versions(pages: Iterable[ChannelPage]) -> dict[int, str]:
    """What each of some pages should show now, by its number; one query."""
    rows = ChannelVersion.objects.filter(page__in=list(pages), until__isnull=True)
    return dict(rows.values_list("page_id", "version"))


def events_of(page: ChannelPage) -> QuerySet[ChannelEvent]:
    """How a page stood, the newest first."""
    return page.events.order_by("-at", "-pk")


def history(page: ChannelPage) -> QuerySet[Fact]:
    """What people and the service did to a page, the newest first."""
    return history_of(KIND, page.key)


def origins_not_allowed(pages: Iterable[ChannelPage]) -> set[int]:
    """The numbers of those pages whose sites may not show our frame: it matters to frames, and is told of all."""
    allowed: dict[str, frozenset[str]] = {}
    found = set()
    for one in pages:
        slug = one.municipality.slug if one.municipality else ""
        if slug not in allowed:
            allowed[slug] = frozenset(allowed_origins(slug))
        if one.origin not in allowed[slug]:
            found.add(one.pk)
    return found


@dataclass(frozen=True)
class Day:
    """How many pages stood how at the end of a day."""

    day: date
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """How many pages there were."""
        return sum(self.counts.values())


def trend(pages: Iterable[ChannelPage], today: date, days: int = TREND_DAYS) -> list[Day]:
    """How pages stood at the end of each of the last days, oldest first; one query. Today is as it is now."""
    listed = list(pages)
    steps = [today - timedelta(days=back) for back in range(days - 1, -1, -1)]
    events: dict[int, list[tuple[date, str]]] = {one.pk: [] for one in listed}
    rows = ChannelEvent.objects.filter(page__in=listed).order_by("at", "pk")
    for number, at, state in rows.values_list("page_id", "at", "state"):
        events[number].append((localtime(at).date(), state))
    found = []
    for day in steps:
        counts: Counter[str] = Counter()
        for one in listed:
            if localtime(one.created_at).date() <= day:
                counts[_state_on(events[one.pk], day)] += 1
        found.append(Day(day, {state: counts[state] for state in PageState.values}))
    return found


def _state_on(events: list[tuple[date, str]], day: date) -> str:
    return next((state for on, state in reversed(events) if on <= day), PageState.UNKNOWN.value)


def counts_of(pages: Iterable[ChannelPage]) -> dict[str, int]:
    """How many of some pages stand how, every state named."""
    counts = Counter(one.state for one in pages)
    return {state: counts[state] for state in PageState.values}


def broken_for(user: Any) -> list[ChannelPage]:
    """The pages that a person may mend and that are broken, and stayed so: for their day."""
    if not may(user, Kind.CHANNEL, Action.EDIT):
        return []
    found = pages_for(user).filter(state=PageState.BROKEN, told_at__isnull=False)
    return [one for one in found if rules.can_edit(user, one.municipality_id)]


def told(page: ChannelPage) -> list[tuple[str, str]]:
    """Who hears how a page stands, as (address, language): its contact, else the municipality's people who may mend it,
    else the coordinators."""
    if page.contact_email:
        return [(page.contact_email, page.contact_language)]
    people: list[User] = []
    if page.municipality_id:
        organisation = municipality_organisation(page.municipality_id)
        members = members_of({organisation.pk}) if organisation else User.objects.none()
        people = [one for one in members if rules.can_edit(one, page.municipality_id)]
    return [(one.email, one.language) for one in people or people_with_role(Role.COORDINATOR)]


def due_hosts(now: datetime) -> QuerySet[ChannelHost]:
    """The servers with a page that is due and that nobody visits: for the look that catches lost turns."""
    due = ChannelPage.objects.filter(next_visit_at__lte=now)
    return ChannelHost.objects.exclude(claimed_until__gt=now).filter(pk__in=due.values("host")).order_by("pk")


def is_frame_refused(page: ChannelPage) -> bool:
    """Whether browsers refuse the page's frame, because its site is not allowed."""
    return page.way == Way.FRAME and page.pk in origins_not_allowed([page])
