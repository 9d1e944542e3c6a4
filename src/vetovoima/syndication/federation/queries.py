"""Questions about what is followed, for the desk and the worker; what the joint map shows is in `joint`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery

from vetovoima.accounts.enums import Role
from vetovoima.accounts.models import User
from vetovoima.accounts.queries import people_with_role
from vetovoima.activity.models import Fact
from vetovoima.activity.queries import history_of
from vetovoima.collection.sources.enums import RunState
from vetovoima.common.digits import is_number
from vetovoima.common.fields import Translated
from vetovoima.common.geo import Box
from vetovoima.reference.models import Region
from vetovoima.reference.queries import plausible_box, region

from . import rules
from .enums import FollowState
from .models import FollowedSource, FollowRun

KIND = "followed"
#: the widest area in which anything is believed to lie when the pack says nothing: Europe's north and what is around it
WIDEST: Box = (-75.0, 45.0, 75.0, 84.0)


@dataclass(frozen=True)
class FollowedStatus:
    """A followed source with its last reading and how much of it is kept here."""

    source: FollowedSource
    run: FollowRun | None
    count: int


def joint_area(of: Region | None = None) -> dict[str, Any]:
    """What the region's pack says of the area that it shows together with its neighbours: {"title": by language,
    "bounds": [west, south, east, north]}, each only where the pack has it (`joint_area` of its tokens)."""
    found = of or region()
    said = (found.tokens if found else {}).get("joint_area")
    return said if isinstance(said, dict) else {}


def joint_title(of: Region | None = None) -> Translated:
    """What the joint area is called; empty when the pack gives no name."""
    said = joint_area(of).get("title")
    texts = said if isinstance(said, dict) else {}
    return Translated({key: value for key, value in texts.items() if isinstance(value, str)})


def joint_box() -> Box:
    """Where a neighbour's record may lie: as the pack says, else in a wide area around where ours may."""
    found = region()
    said = joint_area(found).get("bounds")
    if isinstance(said, list) and len(said) == 4 and all(map(is_number, said)):
        west, south, east, north = map(float, said)
        return west, south, east, north
    if found is None:
        return WIDEST
    west, south, east, north = plausible_box(found)
    return west - 20, max(south - 6, -90.0), east + 12, min(north + 6, 90.0)


def sources_for(user: Any) -> QuerySet[FollowedSource]:
    """The followed sources that a person may see."""
    return FollowedSource.objects.visible_to(user).select_related("owner")


def source_for(user: Any, key: str) -> FollowedSource | None:
    """One followed source that a person may see, or None."""
    return sources_for(user).filter(key=key).first()


def all_sources() -> QuerySet[FollowedSource]:
    """Every followed source: for the worker and the operator's command line."""
    return FollowedSource.objects.select_related("owner")


def statuses_for(user: Any) -> list[FollowedStatus]:
    """Each followed source with its last reading, in few queries however long the logs are."""
    newest = FollowRun.objects.filter(source=OuterRef("pk")).order_by("-started_at", "-pk").values("pk")[:1]
    found = list(sources_for(user).annotate(last_run=Subquery(newest), held=Count("records")))
    runs = FollowRun.objects.in_bulk([one.last_run for one in found if one.last_run])
    return [FollowedStatus(one, runs.get(one.last_run or 0), one.held) for one in found]


def runs_of(source: FollowedSource) -> QuerySet[FollowRun]:
    """The readings of a source, the newest first."""
    return source.runs.select_related("asked_by").order_by("-started_at", "-pk")


def record_count(source: FollowedSource) -> int:
    """How many of its records are kept here."""
    return source.records.count()


def history(source: FollowedSource) -> QuerySet[Fact]:
    """What people and the service did to a source, the newest first."""
    return history_of(KIND, source.key)


def due_sources(now: datetime) -> QuerySet[FollowedSource]:
    """The sources that are to be read now and are not being read."""
    running = FollowRun.objects.filter(state=RunState.RUNNING).values("source")
    return FollowedSource.objects.due(now).exclude(pk__in=running).order_by("due_at", "pk")


def stopped_followed(user: Any) -> list[FollowedSource]:
    """The sources that a person may mend and that could not be read: failing twice and more, or stopped by us."""
    if not rules.can_edit(user):
        return []
    found = sources_for(user).exclude(state=FollowState.PAUSED)
    return [one for one in found if one.state == FollowState.STOPPED or one.failures > 1]


def told(source: FollowedSource) -> list[User]:
    """Who hears that a source was stopped: its owner while they may still mend it, else the coordinators."""
    owner = source.owner
    if owner is not None and owner.is_active and rules.can_edit(owner):
        return [owner]
    return list(people_with_role(Role.COORDINATOR))
