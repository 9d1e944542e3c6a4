"""A municipality's strategic emphasis in versions, and what it rests on."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from vetovoima.accounts.rights import Action, Kind, Reach
from vetovoima.accounts.rules import municipality_ids, reach
from vetovoima.common.fields import TranslatedField
from vetovoima.cooperation.emphasis.enums import EmphasisState, GatheringKind


class OfMunicipalityQuerySet(models.QuerySet[Any]):
    """Adjectives for what a municipality's profile holds."""

    def visible_to(self, user: Any) -> OfMunicipalityQuerySet:
        """All for the coordinator; for a municipality its own; nothing for others."""
        furthest = reach(user, Kind.PROFILE, Action.VIEW)
        if furthest == Reach.ALL:
            return self
        if furthest == Reach.OWN:
            return self.filter(municipality_id__in=municipality_ids(user, Kind.PROFILE, Action.VIEW))
        return self.none()


class Emphasis(models.Model):
    """One version of a municipality's emphasis (strategy, section 4). Changed by its services alone.

    A new version replaces the approved one, which stays readable. What is approved says by whom and when.
    """

    municipality = models.ForeignKey("reference.Municipality", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(help_text=_("version, counted within the municipality"))
    state = models.CharField(max_length=10, choices=EmphasisState.choices, default=EmphasisState.DRAFT)
    vision = TranslatedField()
    approved_by = models.CharField(
        max_length=120, blank=True, help_text=_("the body, for example the council")
    )
    approved_on = models.DateField(null=True, blank=True)
    document = models.CharField(max_length=200, blank=True)
    document_url = models.URLField(max_length=500, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    is_example = models.BooleanField(default=False)
    revision = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField()

    objects = OfMunicipalityQuerySet.as_manager()

    class Meta:
        ordering = ("municipality", "-number")
        verbose_name_plural = "emphases"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("municipality", "number"), name="emphasis_number_once"),
            models.UniqueConstraint(
                fields=("municipality",),
                condition=Q(state="draft"),
                name="emphasis_one_draft",
                violation_error_message=_("The municipality has a draft already: go on with that one."),
            ),
            models.UniqueConstraint(
                fields=("municipality",),
                condition=Q(state="approved"),
                name="emphasis_one_approved",
            ),
            models.CheckConstraint(
                condition=Q(state__in=EmphasisState.values),
                name="emphasis_state_known",
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | (~Q(approved_by="") & Q(approved_on__isnull=False)),
                name="emphasis_approved_by_somebody",
                violation_error_message=_("What is approved says by whom and when."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality_id} {self.number}"

    @property
    def code(self) -> str:
        """How the log names this version."""
        return f"{self.municipality.slug}:{self.number}"

    def has_ended(self, today: date) -> bool:
        """Whether the day until which it was to hold has passed."""
        return self.valid_until is not None and self.valid_until < today


class EmphasisWeight(models.Model):
    """One spearhead of an emphasis, a sector or a cross-cutting theme, and its weight in per cent."""

    emphasis = models.ForeignKey("cooperation.Emphasis", on_delete=models.CASCADE, related_name="weights")
    sector = models.ForeignKey(
        "reference.Sector", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    theme = models.ForeignKey(
        "reference.Theme", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    weight = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(100)])

    class Meta:
        ordering = ("emphasis", "-weight", "sector__position", "theme__position", "pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("emphasis", "sector"), name="emphasis_sector_once"),
            models.UniqueConstraint(fields=("emphasis", "theme"), name="emphasis_theme_once"),
            models.CheckConstraint(
                condition=Q(sector__isnull=True) ^ Q(theme__isnull=True),
                name="emphasis_sector_or_theme",
            ),
            models.CheckConstraint(
                condition=Q(weight__gte=1, weight__lte=100),
                name="emphasis_weight_in_per_cent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.spearhead} {self.weight} %"

    @property
    def spearhead(self) -> Any:
        """The sector or the theme."""
        return self.sector or self.theme


class Gathering(models.Model):
    """An interview, a survey, a workshop or a document: where an emphasis comes from.

    Who was asked is a role or an organisation. The public learns only how many there were, of which kind, in which years.
    """

    municipality = models.ForeignKey("reference.Municipality", on_delete=models.PROTECT, related_name="+")
    emphasis = models.ForeignKey(
        "cooperation.Emphasis", on_delete=models.PROTECT, null=True, blank=True, related_name="gatherings"
    )
    kind = models.CharField(max_length=10, choices=GatheringKind.choices)
    held_on = models.DateField()
    asked_by = models.CharField(max_length=120)
    asked = models.CharField(max_length=200)
    summary = models.TextField(max_length=5000, blank=True)
    is_example = models.BooleanField(default=False)
    revision = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField()

    objects = OfMunicipalityQuerySet.as_manager()

    class Meta:
        ordering = ("municipality", "-held_on", "-pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(kind__in=GatheringKind.values), name="gathering_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.held_on}"

    @property
    def code(self) -> str:
        """How the log names it."""
        return f"{self.municipality.slug}:gathering:{self.pk}"
