"""Sources of other regions that are followed, how reading them went, and what of theirs is shown here."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, ClassVar
from urllib.parse import urlsplit

from django.db import models
from django.db.models import Q

from vetovoima.accounts.rights import Action, Kind, Reach
from vetovoima.accounts.rules import reach
from vetovoima.collection.sources.enums import RunState
from vetovoima.common.fields import TranslatedField

from .enums import Choice, Every, FollowKind, FollowReason, FollowState

#: a record that its source has not been seen to have for so long is shown no more (said on the page and in the manual)
HIDDEN_AFTER = timedelta(days=7)
INTERVALS = {
    Every.HOUR: timedelta(hours=1), Every.QUARTER: timedelta(hours=6), Every.DAY: timedelta(days=1),
}  # fmt: skip


class FollowedSourceQuerySet(models.QuerySet["FollowedSource"]):
    """Adjectives for lists of followed sources."""

    def visible_to(self, user: Any) -> FollowedSourceQuerySet:
        """All for those who look after them, none for others."""
        return self if reach(user, Kind.NEIGHBOUR, Action.VIEW) == Reach.ALL else self.none()

    def due(self, now: datetime) -> FollowedSourceQuerySet:
        """Those that are to be read now."""
        return self.filter(state=FollowState.ACTIVE, due_at__lte=now)


class FollowedSource(models.Model):
    """Where another region tells of its offer, and what is taken of it. Changed by `federation.services`; how reading it
    goes is noted by `federation.running`.

    `licence` is what the coordinator wrote, `licence_said` what the source itself says: that one holds.
    """

    key = models.SlugField(max_length=60, unique=True)
    #: the region's name, as it stands beside its records
    title = TranslatedField()
    kind = models.CharField(max_length=12, choices=FollowKind.choices)
    address = models.CharField(max_length=2000)
    #: of a service with several collections
    layer = models.CharField(max_length=200, blank=True)
    #: in which the source writes, where it does not say
    language = models.CharField(max_length=5, default="en")
    #: the region's own site for people
    home = models.CharField(max_length=2000, blank=True)
    licence = models.CharField(max_length=120, blank=True)
    licence_said = models.CharField(max_length=120, blank=True)
    #: who answers for the records; public
    attribution = models.CharField(max_length=200)
    #: whom we ask when something is wrong; for the desk alone
    contact = models.CharField(max_length=200, blank=True)
    choice = models.CharField(max_length=10, choices=Choice.choices, default=Choice.ALL)
    #: kinds, slugs of sectors or codes, as `choice` says
    chosen: Any = models.JSONField(default=list, blank=True)
    every = models.CharField(max_length=10, choices=Every.choices, default=Every.QUARTER)
    state = models.CharField(max_length=10, choices=FollowState.choices, default=FollowState.ACTIVE)
    reason = models.CharField(max_length=10, choices=FollowReason.choices, blank=True)
    state_at = models.DateTimeField()
    owner = models.ForeignKey(
        "accounts.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=1)
    #: of the first page of the last good reading; empty where it says nothing of the further pages
    etag = models.CharField(max_length=300, blank=True)
    modified = models.CharField(max_length=60, blank=True)
    last_good_at = models.DateTimeField(null=True, blank=True)
    #: bad readings in a row
    failures = models.PositiveIntegerField(default=0)
    due_at = models.DateTimeField()
    #: counts the readings that were put into the outbox, so that each has a key of its own
    turn = models.PositiveIntegerField(default=0)

    objects = FollowedSourceQuerySet.as_manager()

    class Meta:
        ordering = ("key",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("address", "layer"), name="followed_source_once"),
            models.CheckConstraint(
                condition=Q(kind__in=FollowKind.values, state__in=FollowState.values, choice__in=Choice.values,
                            every__in=Every.values),
                name="followed_source_choices_known",
            ),
        ]  # fmt: skip
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=("state", "due_at"), name="followed_source_due")
        ]

    def __str__(self) -> str:
        return f"{self.key} ({self.host})"

    @property
    def host(self) -> str:
        """The server's name: what facts and logs have of the address."""
        return (urlsplit(self.address).hostname or "")[:200]

    @property
    def interval(self) -> timedelta:
        """How long until the next reading after a good one."""
        return INTERVALS[Every(self.every)]

    @property
    def licence_shown(self) -> str:
        """The licence of records that name none of their own: the source's word before ours."""
        return self.licence_said or self.licence

    @property
    def is_late(self) -> bool:
        """Whether what is shown of it may be out of date: the last readings failed, or it is not read at all."""
        return self.state != FollowState.ACTIVE or self.failures > 0


class FollowRun(models.Model):
    """One reading of a followed source: how it ended and what it found. Written by `federation.running` alone.

    `counts`: new, changed, same, withdrawn, left_out. `problem` and `notes` are {code, details}, said by `problems`.
    """

    source = models.ForeignKey("syndication.FollowedSource", on_delete=models.CASCADE, related_name="runs")
    state = models.CharField(max_length=12, choices=RunState.choices, default=RunState.RUNNING)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    asked_by = models.ForeignKey(
        "accounts.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    counts: Any = models.JSONField(default=dict, blank=True)
    problem: Any = models.JSONField(default=dict, blank=True)
    notes: Any = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ("-started_at", "-pk")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=("source", "-started_at"), name="follow_run_of_source"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            # Two workers, or a schedule and a person, never read the same source at once.
            models.UniqueConstraint(
                fields=("source",), condition=Q(state="running"), name="follow_runs_alone"
            ),
            models.CheckConstraint(condition=Q(state__in=RunState.values), name="follow_run_state_known"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.started_at:%Y-%m-%d %H:%M}: {self.state}"


class ForeignRecordQuerySet(models.QuerySet["ForeignRecord"]):
    """Adjectives for lists of other regions' records."""

    def shown(self, now: datetime) -> ForeignRecordQuerySet:
        """Those that stand on the joint map: under a known licence, and seen at their source not too long ago."""
        return self.filter(seen_at__gte=now - HIDDEN_AFTER).exclude(licence="")


class ForeignRecord(models.Model):
    """Another region's record as it was read last: text, numbers and addresses that were checked, nothing else.

    It is not of our offer: no search, count, site map or target of ours knows it. Deleted when the source has it no more.
    """

    source = models.ForeignKey("syndication.FollowedSource", on_delete=models.CASCADE, related_name="records")
    #: by which the source knows it
    identifier = models.CharField(max_length=300)
    #: as people write it there
    code = models.CharField(max_length=60, blank=True)
    version = models.CharField(max_length=40, blank=True)
    #: its page there, by language
    url = TranslatedField()
    name = TranslatedField()
    summary = TranslatedField()
    #: a kind of the collection standard, or `enums.OTHER`
    kind = models.CharField(max_length=20)
    place_name = models.CharField(max_length=120, blank=True)
    precision = models.CharField(max_length=12)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    area_m2 = models.FloatField(null=True, blank=True)
    floor_area_m2 = models.FloatField(null=True, blank=True)
    power_mw = models.FloatField(null=True, blank=True)
    is_example = models.BooleanField(default=False)
    #: slugs as the source has them: what is chosen by sector is chosen by these
    sectors: Any = models.JSONField(default=list, blank=True)
    licence = models.CharField(max_length=120, blank=True)
    updated_at = models.DateTimeField(null=True, blank=True)
    sort_name = models.CharField(max_length=300)
    #: when it came here in this form, and when the source was last seen to have it
    fetched_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    digest = models.CharField(max_length=64)

    objects = ForeignRecordQuerySet.as_manager()

    class Meta:
        ordering = ("source", "sort_name", "pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("source", "identifier"), name="foreign_record_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=("source", "kind", "sort_name"), name="foreign_record_list"),
            models.Index(fields=("seen_at",), name="foreign_record_seen"),
        ]

    def __str__(self) -> str:
        return self.identifier
