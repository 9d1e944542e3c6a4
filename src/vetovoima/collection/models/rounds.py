"""Stewards, duties, collection rounds and the answers to them.

Answers are confidential: a municipality sees its own, the coordinator all, nobody else any.
"""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from vetovoima.accounts.rights import Action, Kind, Reach
from vetovoima.accounts.rules import municipality_ids, reach
from vetovoima.collection.rounds.enums import (
    HANDED_IN,
    Certainty,
    Measure,
    NoticeStep,
    Obstacle,
    QuestionType,
    RoundKind,
    RoundState,
    TaskState,
)
from vetovoima.common.fields import TranslatedField


class Stewardship(models.Model):
    """Who keeps a municipality's data, and who stands in (strategy 7.2: a named person in charge).

    One row for each municipality, both persons always there: it can be handed over, never emptied. The steward is one
    of the municipality's own people. So is the deputy where there are two; a municipality with one person has somebody
    of the council as deputy, so that its data never depends on one person being at work.
    """

    municipality = models.OneToOneField("reference.Municipality", on_delete=models.PROTECT, related_name="+")
    steward = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    deputy = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    away_from = models.DateField(null=True, blank=True)
    away_until = models.DateField(null=True, blank=True)
    wants_coach_mail = models.BooleanField(default=True)
    named_by = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")
    named_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("municipality",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~Q(steward=F("deputy")),
                name="steward_and_deputy_differ",
                violation_error_message=_("The deputy must be another person than the steward."),
            ),
            models.CheckConstraint(
                condition=Q(away_from=None, away_until=None)
                | Q(away_from__isnull=False, away_until__gte=F("away_from")),
                name="steward_absence_has_an_end",
                violation_error_message=_("Give the first and the last day of the absence, in this order."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality_id}: {self.steward}"

    def is_away(self, day: date) -> bool:
        """Whether the steward is away on a day."""
        return bool(self.away_from and self.away_until and self.away_from <= day <= self.away_until)


class Duty(models.Model):
    """What every municipality keeps. Comes with the region's data pack; its state is computed, not stored."""

    code = models.SlugField(max_length=60, unique=True)
    title = TranslatedField()
    advice = TranslatedField()
    measure = models.CharField(max_length=12, choices=Measure.choices, default=Measure.HAND)
    groups = models.JSONField(default=list, blank=True)
    threshold = models.PositiveIntegerField(null=True, blank=True)
    rhythm_months = models.PositiveIntegerField(default=12)
    first_due_on = models.DateField(null=True, blank=True)
    position = models.PositiveIntegerField(default=0)
    is_active = models.BooleanField(default=True)
    #: whether the rhythm stands in the source, or is only proposed
    is_rhythm_proposed = models.BooleanField(default=True)
    source = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("position", "code")
        verbose_name_plural = "duties"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(measure__in=Measure.values), name="duty_measure_known"),
            models.CheckConstraint(condition=Q(rhythm_months__gte=1), name="duty_has_a_rhythm"),
        ]

    def __str__(self) -> str:
        return self.code


class DutyMark(models.Model):
    """Somebody's word that a duty was done, where no fact of the service can tell. Never changed."""

    duty = models.ForeignKey("collection.Duty", on_delete=models.CASCADE, related_name="marks")
    municipality = models.ForeignKey("reference.Municipality", on_delete=models.PROTECT, related_name="+")
    done_on = models.DateField()
    note = models.TextField(blank=True)
    by = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("-done_on", "-pk")

    def __str__(self) -> str:
        return f"{self.duty_id}: {self.done_on}"


class RoundQuerySet(models.QuerySet["Round"]):
    """Adjectives for lists of rounds."""

    def visible_to(self, user: Any) -> RoundQuerySet:
        """All for the coordinator; for a municipality those in which it is asked, from the day they open."""
        furthest = reach(user, Kind.COLLECTION, Action.VIEW)
        if furthest == Reach.ALL:
            return self
        if furthest == Reach.OWN:
            asked = RoundTask.objects.visible_to(user).values("round_id")
            return self.filter(pk__in=asked).exclude(state=RoundState.PLANNED)
        return self.none()

    def real(self) -> RoundQuerySet:
        """Those that are no examples."""
        return self.filter(is_example=False)


class Round(models.Model):
    """A collection round: what is asked of which municipalities, from when to when. Changed by its services alone."""

    code = models.SlugField(max_length=30, unique=True)
    kind = models.CharField(max_length=12, choices=RoundKind.choices)
    state = models.CharField(max_length=10, choices=RoundState.choices, default=RoundState.PLANNED)
    title = TranslatedField()
    instructions = TranslatedField()
    opens_on = models.DateField()
    closes_on = models.DateField()
    #: of an annual round: the day of the visits or the meeting, before which the questions are out
    meets_on = models.DateField(null=True, blank=True)
    is_example = models.BooleanField(default=False)
    created_by = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)
    #: counts the times that it was given another end or opened again: each has its own reminders
    turn = models.PositiveIntegerField(default=1)

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering = ("-opens_on", "code")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(kind__in=RoundKind.values), name="round_kind_known"),
            models.CheckConstraint(condition=Q(state__in=RoundState.values), name="round_state_known"),
            models.CheckConstraint(
                condition=Q(closes_on__gt=F("opens_on")),
                name="round_ends_after_it_begins",
                violation_error_message=_("The last day must be after the first."),
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Question(models.Model):
    """One question of a round. Changed while the round is planned; after that people are answering it."""

    round = models.ForeignKey("collection.Round", on_delete=models.CASCADE, related_name="questions")
    code = models.SlugField(max_length=20)
    position = models.PositiveIntegerField(default=0)
    type = models.CharField(max_length=8, choices=QuestionType.choices, default=QuestionType.TEXT)
    text = TranslatedField()
    #: of `choice`: [{"fi": …, "en": …, "sv": …}]; the answer is the place in this list, from 1
    choices = models.JSONField(default=list, blank=True)
    is_required = models.BooleanField(default=False)

    class Meta:
        ordering = ("round", "position", "pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("round", "code"), name="question_once"),
            models.CheckConstraint(condition=Q(type__in=QuestionType.values), name="question_type_known"),
        ]

    def __str__(self) -> str:
        return self.code


class RoundTaskQuerySet(models.QuerySet["RoundTask"]):
    """Adjectives for lists of tasks."""

    def visible_to(self, user: Any) -> RoundTaskQuerySet:
        """All for the coordinator; for a municipality its own, from the day on which the round opens."""
        furthest = reach(user, Kind.COLLECTION, Action.VIEW)
        if furthest == Reach.ALL:
            return self
        if furthest == Reach.OWN:
            own = municipality_ids(user, Kind.COLLECTION, Action.VIEW)
            return self.filter(municipality_id__in=own).exclude(round__state=RoundState.PLANNED)
        return self.none()

    def handed_in(self) -> RoundTaskQuerySet:
        """Those whose answer was handed in and not returned."""
        return self.filter(state__in=HANDED_IN)

    def complete(self) -> RoundTaskQuerySet:
        """With everything that a page of a task needs."""
        return self.select_related("round", "municipality", "answered_by", "accepted_by", "saved_by")


class RoundTask(models.Model):
    """One municipality's part of a round: a draft as it is typed, and the answer as it was handed in."""

    round = models.ForeignKey("collection.Round", on_delete=models.CASCADE, related_name="tasks")
    municipality = models.ForeignKey("reference.Municipality", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=TaskState.choices, default=TaskState.NOT_STARTED)
    revision = models.PositiveIntegerField(default=1)
    #: as typed, whatever it is: {"answers": {<code of the question>: text}, "respondents": text, "rows": [{field: text}]}
    draft = models.JSONField(default=dict, blank=True)
    #: as checked when it was handed in: {<code of the question>: value}
    answers = models.JSONField(default=dict, blank=True)
    #: who answered on the municipality's behalf, for example its management team
    respondents = models.CharField(max_length=300, blank=True)
    comment = models.TextField(blank=True)
    #: the day on which the council visits this municipality
    meets_on = models.DateField(null=True, blank=True)

    saved_by = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")
    saved_name = models.CharField(max_length=200, blank=True)
    saved_at = models.DateTimeField(null=True, blank=True)
    #: the open page that saved last, so that nobody stands in their own way
    saved_page = models.CharField(max_length=40, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")
    answered_name = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")
    accepted_at = models.DateTimeField(null=True, blank=True)
    returned_at = models.DateTimeField(null=True, blank=True)

    objects = RoundTaskQuerySet.as_manager()

    class Meta:
        ordering = ("round", "municipality")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("round", "municipality"), name="round_task_once"),
            models.CheckConstraint(condition=Q(state__in=TaskState.values), name="round_task_state_known"),
            models.CheckConstraint(
                condition=~Q(state__in=HANDED_IN) | Q(answered_at__isnull=False),
                name="round_task_answered_has_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id}: {self.municipality_id}"


class RoundNotice(models.Model):
    """A letter about one municipality's part of a round: each step once in a turn of the round, whoever it went to.
    Never changed."""

    task = models.ForeignKey("collection.RoundTask", on_delete=models.CASCADE, related_name="notices")
    step = models.CharField(max_length=12, choices=NoticeStep.choices)
    turn = models.PositiveIntegerField(default=1)
    to = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")
    to_name = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ("task", "at", "pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("task", "step", "turn"), name="round_notice_once"),
        ]

    def __str__(self) -> str:
        return f"{self.task_id}: {self.step}"


class OutlookEntry(models.Model):
    """One planned investment that a municipality told of. Written when its answer is handed in."""

    task = models.ForeignKey("collection.RoundTask", on_delete=models.CASCADE, related_name="outlook")
    position = models.PositiveIntegerField(default=0)
    what = models.CharField(max_length=300)
    amount_eur = models.BigIntegerField()
    year = models.PositiveIntegerField()
    sector = models.ForeignKey(
        "reference.Sector", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    certainty = models.CharField(max_length=10, choices=Certainty.choices)
    obstacle = models.CharField(max_length=10, choices=Obstacle.choices, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ("task", "position", "pk")
        verbose_name_plural = "outlook entries"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(certainty__in=Certainty.values), name="outlook_certainty_known"
            ),
            models.CheckConstraint(condition=Q(amount_eur__gte=0), name="outlook_amount_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.task_id}: {self.year}"


class AnswerLink(models.Model):
    """An address by which one municipality's part is answered without an account. Its secret is never stored."""

    task = models.ForeignKey("collection.RoundTask", on_delete=models.CASCADE, related_name="links")
    secret_hash = models.CharField(max_length=64, unique=True)
    #: to whom it was given, in the words of whoever made it
    holder = models.CharField(max_length=120)
    made_by = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-made_at", "-pk")

    def __str__(self) -> str:
        return f"{self.task_id}: {self.holder}"
