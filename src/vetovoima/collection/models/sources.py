"""A municipality's own sources with their runs; the connectors' runs and the last good data of each."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from vetovoima.accounts.rights import Action, Kind, Reach
from vetovoima.accounts.rules import municipality_ids, reach
from vetovoima.collection.sources.enums import Connector, Ending, RunState, Schedule, SourceKind


class SourceQuerySet(models.QuerySet["Source"]):
    """Adjectives for lists of sources."""

    def visible_to(self, user: Any) -> SourceQuerySet:
        """The sources that a person may see: all, those of their own municipality, or none."""
        furthest = reach(user, Kind.COLLECTION, Action.VIEW)
        if furthest == Reach.ALL:
            return self
        if furthest == Reach.OWN:
            return self.filter(municipality_id__in=municipality_ids(user, Kind.COLLECTION, Action.VIEW))
        return self.none()

    def active(self) -> SourceQuerySet:
        """Those that are not paused."""
        return self.filter(is_active=True)


class Source(models.Model):
    """Where a municipality publishes its own offer, and how it is understood. Changed by `collection.sources.services`.

    `columns` is the confirmed mapping in the form of an import's columns; empty means that it is guessed at each run.
    `etag`, `modified`, `content_hash` and `shape` are those of the last good run; `shape` is what a reading looked like:
    {"columns": [{header, field}], "medians": {field: number}}.
    """

    municipality = models.ForeignKey("reference.Municipality", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=SourceKind.choices)
    address = models.CharField(max_length=2000)
    layer = models.CharField(max_length=200, blank=True)
    record_kind = models.CharField(max_length=20)
    licence = models.CharField(max_length=60, blank=True)
    columns: Any = models.JSONField(default=list, blank=True)
    schedule = models.CharField(max_length=10, choices=Schedule.choices, default=Schedule.WEEKLY)
    ending = models.CharField(max_length=10, choices=Ending.choices, default=Ending.DRAFT)
    is_active = models.BooleanField(default=True)
    owner = models.ForeignKey(
        "accounts.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    revision = models.PositiveIntegerField(default=1)
    etag = models.CharField(max_length=300, blank=True)
    modified = models.CharField(max_length=60, blank=True)
    content_hash = models.CharField(max_length=64, blank=True)
    shape: Any = models.JSONField(default=dict, blank=True)
    last_good_at = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveIntegerField(default=0, help_text=_("bad runs in a row"))
    #: counts the runs that were asked for, so that each has an outbox key of its own
    turn = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()

    objects = SourceQuerySet.as_manager()

    class Meta:
        ordering = ("municipality", "title", "pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=("municipality", "address", "layer", "record_kind"),
                name="source_once",
                violation_error_message=_("This municipality has a source with this address already."),
            ),
            models.CheckConstraint(
                condition=Q(
                    kind__in=SourceKind.values, schedule__in=Schedule.values, ending__in=Ending.values
                ),
                name="source_choices_known",
                violation_error_message=_("There is no such kind, schedule or ending."),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class SourceRun(models.Model):
    """One reading of a source: how it ended and what it found. Written by `collection.sources.running` alone.

    `errors` are at most 200 rows: [{row, key, messages: [{field, level, message: {language: text}}]}]; `problem` is
    {code, details} and said in words by `connectors.problems.in_words`.
    """

    source = models.ForeignKey("collection.Source", on_delete=models.CASCADE, related_name="runs")
    state = models.CharField(max_length=12, choices=RunState.choices, default=RunState.RUNNING)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    asked_by = models.ForeignKey(
        "accounts.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    counts = models.JSONField(default=dict, blank=True)
    problem = models.JSONField(default=dict, blank=True)
    notes: Any = models.JSONField(default=list, blank=True)
    errors: Any = models.JSONField(default=list, blank=True)
    etag = models.CharField(max_length=300, blank=True)
    content_hash = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField(default=0, help_text=_("bytes"))
    batch = models.ForeignKey(
        "collection.Import", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("-started_at", "-pk")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=("source", "-started_at"), name="source_run_of_source"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            # Two workers, or a schedule and a person, never read the same source at once.
            models.UniqueConstraint(
                fields=("source",),
                condition=Q(state="running"),
                name="source_runs_alone",
                violation_error_message=_("This source is being read already."),
            ),
            models.CheckConstraint(condition=Q(state__in=RunState.values), name="source_run_state_known"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.started_at:%Y-%m-%d %H:%M}: {self.state}"


class SourceRecord(models.Model):
    """That a record comes from a source, and whether the source still has it. A record that the source dropped is
    flagged here for a person to look at; it is never withdrawn or removed by a machine.

    `said` is what the source last said of each field. `conflicts` are the fields in which it says something new since a
    person changed them: {field: {says, kept, row, since}}; the person's value is kept until somebody decides.
    """

    source = models.ForeignKey("collection.Source", on_delete=models.CASCADE, related_name="records")
    code = models.CharField(max_length=30)
    first_seen_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    missing_since = models.DateTimeField(null=True, blank=True)
    said: Any = models.JSONField(default=dict, blank=True)
    conflicts: Any = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("source", "code")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("source", "code"), name="source_record_once"),
        ]

    def __str__(self) -> str:
        return self.code


class Statistic(models.Model):
    """A series that a connector reads: table, figure and areas. Loaded with the region's data pack (`statistics.csv`).

    `indicator` is the code of the indicator whose observations it feeds; monitoring stands above and knows it by that.
    `areas` are the source's codes ("MK18"); `municipalities` stands for all of the region's own (KU and the code).
    `unit` is the unit as the source writes it; empty means the one of the last good reading. What lies outside `lowest`
    and `highest`, or is more than `most_change` times the last value or less than that part of it, is not believed.
    """

    code = models.SlugField(max_length=80, unique=True)
    indicator = models.SlugField(max_length=80)
    table = models.CharField(max_length=200)
    content = models.CharField(max_length=80)
    areas: Any = models.JSONField(default=list)
    choices: Any = models.JSONField(default=dict, blank=True)
    periods = models.PositiveIntegerField(default=2)
    unit = models.CharField(max_length=80, blank=True)
    lowest = models.FloatField(null=True, blank=True)
    highest = models.FloatField(null=True, blank=True)
    most_change = models.FloatField(default=5.0)
    is_active = models.BooleanField(default=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return self.code


class ConnectorRun(models.Model):
    """One reading of a register or statistic. Written by `collection.connectors.services` alone.

    `subject` says what was read: a statistic's code, a business ID, "boundaries".
    """

    connector = models.CharField(max_length=12, choices=Connector.choices)
    subject = models.CharField(max_length=80)
    state = models.CharField(max_length=12, choices=RunState.choices)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    counts = models.JSONField(default=dict, blank=True)
    problem = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("-started_at", "-pk")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=("connector", "subject", "-started_at"), name="connector_run_of_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.connector} {self.subject}: {self.state}"


class Snapshot(models.Model):
    """The last good data of one subject of a connector; a failed run leaves it as it is.

    `fetched_at` is when this content first came, `confirmed_at` when it was last seen the same.
    """

    connector = models.CharField(max_length=12, choices=Connector.choices)
    subject = models.CharField(max_length=80)
    data: Any = models.JSONField(default=dict)
    content_hash = models.CharField(max_length=64)
    source: Any = models.JSONField(default=dict, blank=True)
    fetched_at = models.DateTimeField()
    confirmed_at = models.DateTimeField()

    class Meta:
        ordering = ("connector", "subject")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("connector", "subject"), name="snapshot_once"),
        ]

    def __str__(self) -> str:
        return f"{self.connector} {self.subject}"
