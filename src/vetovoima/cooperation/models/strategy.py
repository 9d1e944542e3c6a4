"""The strategy, the tasks and who does what in them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from vetovoima.common.fields import TranslatedField
from vetovoima.cooperation.enums import Basis, ItemKind, Part


class Strategy(models.Model):
    """An investment strategy and its term. Loaded with the region's data pack; a later one is added beside it."""

    code = models.SlugField(max_length=60, unique=True)
    title = TranslatedField()
    subtitle = TranslatedField()
    valid_from = models.DateField()
    valid_to = models.DateField()
    owner = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decisions = models.JSONField(
        default=list,
        blank=True,
        help_text=_("list of {body, date, reference, note, source} in the order they were made"),
    )
    translated = models.JSONField(
        default=list, blank=True, help_text=_("languages that are our own translation")
    )
    source = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("-valid_from", "code")
        verbose_name_plural = "strategies"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(valid_to__gte=F("valid_from")),
                name="strategy_term_in_order",
                violation_error_message=_("The strategy's term ends before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)


class StrategyItem(models.Model):
    """One goal, building block, shared will, segment or benefit. Loaded with the region's data pack."""

    strategy = models.ForeignKey("cooperation.Strategy", on_delete=models.CASCADE, related_name="items")
    code = models.SlugField(max_length=60)
    kind = models.CharField(max_length=20, choices=ItemKind.choices)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    level = models.CharField(max_length=20, blank=True, help_text=_("of a goal: main, half or sub"))
    title = TranslatedField()
    section = models.CharField(max_length=20, blank=True)
    target_code = models.SlugField(
        max_length=60, blank=True, help_text=_("the measured target that this goal sets")
    )
    position = models.PositiveIntegerField(default=0)
    source = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("strategy", "kind", "position", "code")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=("strategy", "code"),
                name="strategy_item_once",
                violation_error_message=_("The strategy has an item with this code already."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=ItemKind.values),
                name="strategy_item_kind_known",
                violation_error_message=_("There is no such kind of strategy item."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class Task(models.Model):
    """Something that the operating model gives to somebody to do (strategy, section 7). Loaded with the data pack."""

    code = models.CharField(max_length=40, unique=True)
    title = TranslatedField()
    section = models.CharField(max_length=20, blank=True)
    position = models.PositiveIntegerField(default=0)
    source = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("position", "code")

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class Responsibility(models.Model):
    """One actor's part in one task, and whether the strategy says so or it is a proposal. Loaded with the data pack."""

    task = models.ForeignKey("cooperation.Task", on_delete=models.CASCADE, related_name="responsibilities")
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=20, choices=Part.choices)
    basis = models.CharField(max_length=20, choices=Basis.choices, default=Basis.STRATEGY)
    source = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("task", "organisation")
        verbose_name_plural = "responsibilities"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=("task", "organisation"),
                name="responsibility_once",
                violation_error_message=_("This actor has a part in this task already."),
            ),
            models.CheckConstraint(
                condition=Q(part__in=Part.values, basis__in=Basis.values),
                name="responsibility_kind_known",
                violation_error_message=_("There is no such part or basis."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task.code}: {self.organisation_id} {self.part}"
