"""Questions about sources: whose they are, how their last run went, what is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery
from django.utils.timezone import localdate

from vetovoima.accounts.models import User
from vetovoima.collection.models.sources import Source, SourceRecord, SourceRun
from vetovoima.collection.rounds.queries import in_charge, stewardship_of
from vetovoima.collection.rounds.rules import may_still_answer
from vetovoima.reference.models import Municipality
from vetovoima.reference.queries import municipalities

from .enums import RunState
from .rules import can_keep_sources_of


@dataclass(frozen=True)
class SourceStatus:
    """A source with its last run and how many of its records the source no longer has."""

    source: Source
    run: SourceRun | None
    missing: int

    @property
    def state(self) -> str:
        """What a list shows: paused, waiting for its first run, or how the last one ended."""
        if not self.source.is_active:
            return "paused"
        return self.run.state if self.run else "new"


def sources_for(user: Any) -> QuerySet[Source]:
    """The sources that a person may see, by municipality and title."""
    return (
        Source.objects.visible_to(user)
        .select_related("municipality", "owner")
        .order_by("municipality__slug", "title", "pk")
    )


def source_for(user: Any, number: int) -> Source | None:
    """One source that a person may see, or None."""
    return sources_for(user).filter(pk=number).first()


def source(number: int) -> Source | None:
    """One source, or None; for the worker."""
    return Source.objects.select_related("municipality", "owner").filter(pk=number).first()


def statuses_for(user: Any) -> list[SourceStatus]:
    """Each source that a person may see with its last run; three queries, however long the logs are."""
    newest = SourceRun.objects.filter(source=OuterRef("pk")).order_by("-started_at", "-pk").values("pk")[:1]
    gone = SourceRecord.objects.exclude(missing_since=None)
    found = list(
        sources_for(user)
        .annotate(last_run=Subquery(newest))
        .prefetch_related(Prefetch("records", queryset=gone, to_attr="gone"))
    )
    runs = SourceRun.objects.defer("errors").in_bulk([one.last_run for one in found if one.last_run])
    return [SourceStatus(one, runs.get(one.last_run or 0), len(getattr(one, "gone", ()))) for one in found]


def runs_of(source: Source) -> QuerySet[SourceRun]:
    """The runs of a source, newest first."""
    return SourceRun.objects.filter(source=source).select_related("asked_by").order_by("-started_at", "-pk")


def run_of(source: Source, number: int) -> SourceRun | None:
    """One run of a source, or None."""
    return runs_of(source).filter(pk=number).first()


def missing_records(source: Source) -> QuerySet[SourceRecord]:
    """The records that came from a source and are not in it any more."""
    return SourceRecord.objects.filter(source=source).exclude(missing_since=None).order_by("code")


def disagreeing_records(source: Source) -> QuerySet[SourceRecord]:
    """The records in which the source and a person say different things, and nobody has decided yet."""
    return SourceRecord.objects.filter(source=source).exclude(conflicts={}).order_by("code")


def is_running(source: Source) -> bool:
    """Whether the source is being read now."""
    return SourceRun.objects.filter(source=source, state=RunState.RUNNING).exists()


def keepable_municipalities(user: Any) -> list[Municipality]:
    """The municipalities whose sources a person may keep."""
    return [one for one in municipalities() if can_keep_sources_of(user, one.pk)]


def scheduled(schedule: str) -> QuerySet[Source]:
    """The active sources of a schedule."""
    return Source.objects.active().filter(schedule=schedule).order_by("pk")


def active_sources() -> QuerySet[Source]:
    """Every source that is not paused, for the command line."""
    return Source.objects.active().select_related("municipality", "owner").order_by("pk")


def person_in_charge(source: Source, moment: datetime) -> User | None:
    """Who is told of a source's trouble: whoever is in charge of the municipality's data on that day. Before anybody is
    named it is the person who set the source up, if they may still answer for it."""
    post = stewardship_of(source.municipality)
    if post is None and may_still_answer(source.owner, source.municipality_id):
        return source.owner
    asked = in_charge(post, localdate(moment))
    return asked.person if asked else None
