"""Places to compare with, and what is on record of them. Loaded with the region's data pack."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from vetovoima.catalogue.knowledge.enums import Exactness
from vetovoima.common.fields import TranslatedField

from .enums import PlaceRole


class BenchmarkPlace(models.Model):
    """A place, or an average of places; without a position nothing is computed from where it lies."""

    slug = models.SlugField(max_length=60, unique=True)
    role = models.CharField(max_length=10, choices=PlaceRole.choices, default=PlaceRole.PEER)
    name = TranslatedField()
    country = models.CharField(max_length=2, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    note = TranslatedField()
    position = models.PositiveIntegerField(default=0)
    source = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("position", "slug")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180),
                name="benchmark_place_on_earth",
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)


class BenchmarkFigure(models.Model):
    """What one source says of a place: a value with its period, or the code of a fact of the bank that has it."""

    place = models.ForeignKey("monitoring.BenchmarkPlace", on_delete=models.CASCADE, related_name="figures")
    factor = models.SlugField(max_length=60)
    value = models.FloatField(null=True, blank=True)
    fact = models.SlugField(max_length=80, blank=True)
    qualifier = models.CharField(max_length=20, choices=Exactness.choices, default=Exactness.EXACT)
    period = models.CharField(max_length=20, blank=True)
    holds_for = TranslatedField()
    note = TranslatedField()
    source = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("place", "factor")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("place", "factor"), name="benchmark_figure_once"),
            models.CheckConstraint(
                condition=Q(value__isnull=False, fact="") | (Q(value__isnull=True) & ~Q(fact="")),
                name="benchmark_figure_has_one_origin",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place_id} {self.factor}"
