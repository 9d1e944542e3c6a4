"""An import: a file on its way to the working copies, its rows, and what an organisation's headers mean."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from vetovoima.accounts.rights import Action, Kind, Reach
from vetovoima.accounts.rules import municipality_ids, reach
from vetovoima.collection.imports.enums import ImportState, RowState


class ImportQuerySet(models.QuerySet["Import"]):
    """Adjectives for lists of imports."""

    def visible_to(self, user: Any) -> ImportQuerySet:
        """The imports that a person may see: all, those of their own municipality, or none."""
        furthest = reach(user, Kind.COLLECTION, Action.VIEW)
        if furthest == Reach.ALL:
            return self
        if furthest == Reach.OWN:
            return self.filter(municipality_id__in=municipality_ids(user, Kind.COLLECTION, Action.VIEW))
        return self.none()


class Import(models.Model):
    """A file that a person sent, how its columns are understood, and how far it is. Changed by
    `collection.imports.services` alone.

    `columns` is a list, one entry for each column of the file: {index, header, field, unit, rule, how, samples}.
    `mends` holds cells that a person corrected in the preview: {row: {column: text}}, column "code" names the record;
    `skips` the rows left out by hand. What is staged of a row can therefore always be made anew.
    """

    municipality = models.ForeignKey(
        "reference.Municipality", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    #: the task of a round that it answers when it is taken in, if it began there
    round_task = models.ForeignKey(
        "collection.RoundTask", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    kind = models.CharField(max_length=20)
    filename = models.CharField(max_length=200)
    stored_name = models.CharField(max_length=40, blank=True)
    file_hash = models.CharField(max_length=64)
    sheet = models.CharField(max_length=120, blank=True)
    sheets = models.JSONField(default=list, blank=True)
    header_row = models.PositiveIntegerField(default=0)
    #: where a person said the header is; null leaves it to the guess, 0 says that there is none
    header_choice = models.PositiveIntegerField(null=True, blank=True)
    row_count = models.PositiveIntegerField(default=0)
    style = models.CharField(max_length=2, default="fi")
    columns: Any = models.JSONField(default=list, blank=True)
    notes = models.JSONField(default=list, blank=True)
    mends = models.JSONField(default=dict, blank=True)
    skips = models.JSONField(default=list, blank=True)

    state = models.CharField(max_length=12, choices=ImportState.choices, default=ImportState.UPLOADED)
    phase = models.CharField(max_length=20, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict, blank=True)
    problem = models.JSONField(default=dict, blank=True)
    result = models.JSONField(default=dict, blank=True)
    submit = models.BooleanField(default=False)
    cancel_asked = models.BooleanField(default=False)
    tells_by_mail = models.BooleanField(default=False)
    #: counts every piece of background work, so that each has an outbox key of its own
    turn = models.PositiveIntegerField(default=0)

    by = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    committed_at = models.DateTimeField(null=True, blank=True)
    undo_until = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = ImportQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-pk")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=("municipality", "-created_at"), name="import_of_municipality"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(state__in=ImportState.values), name="import_state_known"),
        ]

    def __str__(self) -> str:
        return f"{self.filename} ({self.state})"


class ImportRow(models.Model):
    """One data row of the file as it would be, or was, taken in. Made anew by every check.

    `raw` holds the cells as the file wrote them, `values` what they mean, `changes` {field: [before, after]} in the
    values of `catalogue.documents.snapshot`. `messages` are [{field, column, level, message, mend}], the last two in
    every language of the product.
    """

    batch = models.ForeignKey("collection.Import", on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=RowState.choices)
    site = models.ForeignKey(
        "catalogue.Site", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    code = models.CharField(max_length=30, blank=True)
    external_key = models.CharField(max_length=120, blank=True)
    municipality = models.ForeignKey(
        "reference.Municipality", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    name = models.CharField(max_length=200, blank=True)
    #: the record's revision that the changes were compared with
    revision = models.PositiveIntegerField(default=0)
    raw: Any = models.JSONField(default=list)
    values: Any = models.JSONField(default=dict)
    changes: Any = models.JSONField(default=dict)
    messages: Any = models.JSONField(default=list)
    #: names of fields that changed or have a message, between spaces: what the filter by field looks through
    fields = models.TextField(blank=True)

    class Meta:
        ordering = ("batch", "number")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=("batch", "state", "number"), name="import_row_of_state"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("batch", "number"), name="import_row_once"),
            models.CheckConstraint(condition=Q(state__in=RowState.values), name="import_row_state_known"),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.state}"


class ColumnMemory(models.Model):
    """What an organisation's header meant when it was last confirmed: the guess of its next file."""

    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20)
    header = models.CharField(max_length=200)
    field = models.CharField(max_length=80, blank=True)
    unit = models.CharField(max_length=30, blank=True)
    rule = models.CharField(max_length=10, blank=True)
    used = models.PositiveIntegerField(default=1)
    used_at = models.DateTimeField()

    class Meta:
        ordering = ("organisation", "kind", "header")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("organisation", "kind", "header"), name="column_remembered_once"),
        ]

    def __str__(self) -> str:
        return f"{self.header}: {self.field}"
