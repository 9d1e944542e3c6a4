"""The investment register, the targets, and the indicators with their observations."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from vetovoima.common.fields import TranslatedField

from .audit.models import AuditResult
from .benchmarks.models import BenchmarkFigure, BenchmarkPlace
from .enums import Direction, ObservationKind, Qualifier, Scope, Stage
from .validators import VALUE_DECIMALS, validate_day, validate_euros, validate_period
from .visits.models import DailyCount

__all__ = [
    "AuditResult", "BenchmarkFigure", "BenchmarkPlace", "DailyCount", "Indicator", "Investment", "Observation", "Target",
]  # fmt: skip

_MONEY = ("amount_eur", "amount_min_eur", "amount_max_eur", "public_support_eur")
_JOBS = ("jobs", "jobs_min", "jobs_max", "jobs_construction")


def _not_negative(names: tuple[str, ...]) -> Q:
    condition = Q()
    for name in names:
        condition &= Q(**{f"{name}__gte": 0}) | Q(**{f"{name}__isnull": True})
    return condition


def _in_order(low: str, high: str) -> Q:
    return Q(**{f"{low}__isnull": True}) | Q(**{f"{high}__isnull": True}) | Q(**{f"{low}__lte": F(high)})


class Investment(models.Model):
    """One row of the open investment register. Changed by loading the region's data pack.

    Amounts are whole euros: no source gives cents, and whole numbers add up exactly on every database. Dates are ISO
    texts of the precision that the source has (2018, 2018-10, 2018-10-27): `validators.span` says which days they may
    mean. Confidence stands with the source (`source["confidence"]`).
    """

    code = models.SlugField(max_length=80, unique=True)
    company = models.CharField(max_length=200)
    project = TranslatedField()
    municipalities = models.ManyToManyField("reference.Municipality", related_name="+", blank=True)
    sector = models.ForeignKey(
        "reference.Sector", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    scope = models.CharField(max_length=20, choices=Scope.choices)
    stage = models.CharField(max_length=20, choices=Stage.choices)
    amount_eur = models.BigIntegerField(null=True, blank=True, validators=[validate_euros])
    amount_min_eur = models.BigIntegerField(null=True, blank=True, validators=[validate_euros])
    amount_max_eur = models.BigIntegerField(null=True, blank=True, validators=[validate_euros])
    amount_note = models.TextField(blank=True)
    public_support_eur = models.BigIntegerField(null=True, blank=True, validators=[validate_euros])
    jobs = models.IntegerField(null=True, blank=True)
    jobs_min = models.IntegerField(null=True, blank=True)
    jobs_max = models.IntegerField(null=True, blank=True)
    jobs_construction = models.IntegerField(null=True, blank=True)
    jobs_note = models.TextField(blank=True)
    capacity = models.TextField(blank=True)
    announced = models.CharField(max_length=10, blank=True, validators=[validate_day])
    decided = models.CharField(max_length=10, blank=True, validators=[validate_day])
    completed = models.CharField(max_length=10, blank=True, validators=[validate_day])
    ended_on = models.CharField(max_length=10, blank=True, validators=[validate_day])
    status_as_of = models.CharField(max_length=10, blank=True, validators=[validate_day])
    shared_with_other_region = models.BooleanField(default=False)
    part_of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts")
    uncounted_reason = TranslatedField(
        help_text=_("why the keeper of the register leaves this row out of every sum")
    )
    note = models.TextField(blank=True)
    source = models.JSONField(default=dict, blank=True)
    further_sources = models.JSONField(default=list, blank=True)
    is_example = models.BooleanField(default=False)

    class Meta:
        ordering = ("code",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=_not_negative(_MONEY),
                name="investment_amounts_not_negative",
                violation_error_message=_("An amount cannot be negative."),
            ),
            models.CheckConstraint(
                condition=_in_order("amount_min_eur", "amount_max_eur"),
                name="investment_amounts_in_order",
                violation_error_message=_("The lowest amount is higher than the highest."),
            ),
            models.CheckConstraint(
                condition=_not_negative(_JOBS),
                name="investment_jobs_not_negative",
                violation_error_message=_("A number of jobs cannot be negative."),
            ),
            models.CheckConstraint(
                condition=_in_order("jobs_min", "jobs_max"),
                name="investment_jobs_in_order",
                violation_error_message=_("The lowest number of jobs is higher than the highest."),
            ),
            models.CheckConstraint(
                condition=Q(part_of__isnull=True) | ~Q(part_of=F("id")),
                name="investment_not_part_of_itself",
                violation_error_message=_("An investment cannot be a part of itself."),
            ),
            models.CheckConstraint(
                condition=Q(stage__in=Stage.values, scope__in=Scope.values),
                name="investment_stage_and_scope_known",
                violation_error_message=_("There is no such stage or scope."),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=("stage", "scope"), name="investment_stage_scope")
        ]

    def __str__(self) -> str:
        return f"{self.company}: {self.project}"

    @property
    def confidence(self) -> str:
        """How sure the row's source makes us: high, medium, low, or nothing said."""
        return str(self.source.get("confidence", ""))


class Target(models.Model):
    """An amount of investments to reach within a period. Loaded with the region's data pack."""

    code = models.SlugField(max_length=60, unique=True)
    name = TranslatedField()
    amount_eur = models.BigIntegerField(validators=[validate_euros])
    scope = models.CharField(
        max_length=20, choices=Scope.choices, help_text=_("the target's own, narrow reading")
    )
    counted_from = models.DateField()
    counted_to = models.DateField(help_text=_("the deadline"))
    counted_from_reason = TranslatedField()
    source = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("counted_to", "code")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(amount_eur__gt=0),
                name="target_amount_positive",
                violation_error_message=_("A target must be more than nothing."),
            ),
            models.CheckConstraint(
                condition=Q(counted_to__gte=F("counted_from")),
                name="target_period_in_order",
                violation_error_message=_("The counting period ends before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)


class Indicator(models.Model):
    """Something that is measured again and again. Loaded with the region's data pack."""

    code = models.SlugField(max_length=80, unique=True)
    name = TranslatedField()
    unit = models.CharField(max_length=40)
    unit_label = TranslatedField()
    direction = models.CharField(max_length=10, choices=Direction.choices, default=Direction.NONE)
    definition = TranslatedField()
    position = models.PositiveIntegerField(default=0)
    source = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("position", "code")

    def __str__(self) -> str:
        return str(self.name)


class Observation(models.Model):
    """What one source says an indicator was in an area and period. Loaded with the region's data pack.

    Sources that disagree stand side by side; one of them is canonical, with the reason. `origin` is the title of the
    source and, with indicator, area, period and kind, names the observation. An empty period means that the source
    gives none.
    """

    indicator = models.ForeignKey(
        "monitoring.Indicator", on_delete=models.CASCADE, related_name="observations"
    )
    area = models.SlugField(max_length=60, help_text=_("the region's code or a municipality's slug"))
    period = models.CharField(max_length=20, blank=True, validators=[validate_period])
    value = models.DecimalField(max_digits=20, decimal_places=VALUE_DECIMALS)
    qualifier = models.CharField(max_length=20, choices=Qualifier.choices, default=Qualifier.EXACT)
    kind = models.CharField(max_length=20, choices=ObservationKind.choices, default=ObservationKind.OBSERVED)
    is_canonical = models.BooleanField(default=True)
    canonical_reason = TranslatedField()
    note = models.TextField(blank=True)
    origin = models.CharField(max_length=300, blank=True)
    source = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("indicator", "area", "period", "-is_canonical", "pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            # By kind too: what was planned for a year and what was observed in it do not contradict each other.
            models.UniqueConstraint(
                fields=("indicator", "area", "period", "kind"),
                condition=Q(is_canonical=True),
                name="one_canonical_observation",
                violation_error_message=_(
                    "Another figure is the canonical one for this area and period already."
                ),
            ),
            models.UniqueConstraint(
                fields=("indicator", "area", "period", "kind", "origin"),
                name="observation_once",
                violation_error_message=_("This source's figure for this area and period is there already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.area} {self.period}: {self.value}"
