"""A municipality's yearly self-assessment and its development plan."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from vetovoima.cooperation.readiness.enums import LIVE, ActionState

from .emphasis import OfMunicipalityQuerySet


class Assessment(models.Model):
    """How a municipality sees its own readiness in one year. Changed by its services alone.

    `answers` is {item of the checklist: {"level": 0–3 or None, "evidence": text}}.
    """

    municipality = models.ForeignKey("reference.Municipality", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    answers: Any = models.JSONField(default=dict, blank=True)
    finished_on = models.DateField(null=True, blank=True)
    finished_by = models.CharField(max_length=120, blank=True)
    is_example = models.BooleanField(default=False)
    revision = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField()

    objects = OfMunicipalityQuerySet.as_manager()

    class Meta:
        ordering = ("municipality", "-year")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("municipality", "year"), name="assessment_once_a_year"),
        ]

    def __str__(self) -> str:
        return f"{self.municipality_id} {self.year}"

    @property
    def code(self) -> str:
        """How the log names it."""
        return f"{self.municipality.slug}:{self.year}"

    def level(self, item: str) -> int | None:
        """The level given to an item, or None."""
        found = self.answers.get(item, {}).get("level")
        return found if isinstance(found, int) else None

    def evidence(self, item: str) -> str:
        """What the level of an item rests on, in the municipality's words."""
        return str(self.answers.get(item, {}).get("evidence", ""))


class PlanAction(models.Model):
    """One action of a municipality's development plan, and the item of the checklist that it improves."""

    municipality = models.ForeignKey("reference.Municipality", on_delete=models.PROTECT, related_name="+")
    item = models.SlugField(max_length=60)
    action = models.CharField(max_length=300)
    responsible = models.CharField(max_length=120)
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=ActionState.choices, default=ActionState.OPEN)
    reason = models.CharField(max_length=300, blank=True, help_text=_("why it was dropped"))
    closed_on = models.DateField(null=True, blank=True)
    is_example = models.BooleanField(default=False)
    revision = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField()

    objects = OfMunicipalityQuerySet.as_manager()

    class Meta:
        ordering = ("municipality", "due_on", "pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(state__in=ActionState.values), name="plan_action_state_known"),
            models.CheckConstraint(
                condition=~Q(state="dropped") | ~Q(reason=""),
                name="plan_action_dropped_with_reason",
                violation_error_message=_("Say why it is dropped."),
            ),
        ]

    def __str__(self) -> str:
        return self.action

    @property
    def code(self) -> str:
        """How the log names it."""
        return f"{self.municipality.slug}:action:{self.pk}"

    def is_live(self) -> bool:
        """Whether it still has to be done."""
        return self.state in LIVE

    def is_late(self, today: date) -> bool:
        """Whether it should have been done before today."""
        return self.is_live() and self.due_on < today
