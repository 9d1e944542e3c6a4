"""The region as data: everything here is loaded with the region's data pack."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from vetovoima.common.fields import TranslatedField

from .enums import PlaceKind


class Region(models.Model):
    """The one region of this deployment (NUTS 3)."""

    code = models.SlugField(max_length=60, unique=True)
    code_prefix = models.CharField(max_length=5)
    name = TranslatedField()
    site_name = TranslatedField()
    tagline = TranslatedField()
    country = models.CharField(max_length=2, default="FI")
    nuts3 = models.CharField(max_length=8, blank=True)
    time_zone = models.CharField(max_length=60, default="Europe/Helsinki")
    latitude = models.FloatField()
    longitude = models.FloatField()
    map_bounds = models.JSONField(default=list)
    plausible_bounds = models.JSONField(default=list)
    neighbours = models.JSONField(default=list, blank=True)
    service_promise = models.JSONField(default=dict, blank=True)
    pull_facts = models.JSONField(
        default=dict, blank=True, help_text=_("codes of facts that draw investors, by kind (PullKind)")
    )
    council_slug = models.SlugField(max_length=80, blank=True)
    boundaries_url = models.TextField(blank=True)
    licence = models.CharField(max_length=60, default="CC BY 4.0")
    tokens = models.JSONField(default=dict, blank=True)
    source = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return str(self.name)


class Municipality(models.Model):
    """A municipality of the region (LAU)."""

    slug = models.SlugField(max_length=60, unique=True)
    lau_code = models.CharField(max_length=10, unique=True)
    site_code = models.CharField(max_length=3, unique=True)
    name = TranslatedField()
    status = models.CharField(max_length=20, blank=True)
    latitude = models.FloatField(help_text=_("of the administrative centre, degrees"))
    longitude = models.FloatField()
    land_area_km2 = models.FloatField(null=True, blank=True)
    freshwater_area_km2 = models.FloatField(null=True, blank=True)
    total_area_km2 = models.FloatField(null=True, blank=True)
    website = models.URLField(blank=True)
    boundary = models.JSONField(null=True, blank=True)
    boundary_credit = models.CharField(max_length=300, blank=True)
    source = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("slug",)
        verbose_name_plural = "municipalities"

    def __str__(self) -> str:
        return str(self.name)


class Sector(models.Model):
    """A lead sector or one of its sub-sectors (strategy, sections 3 and 4)."""

    slug = models.SlugField(max_length=60, unique=True)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    name = TranslatedField()
    summary = TranslatedField()
    across_all_municipalities = models.BooleanField(default=False)
    nace_version = models.CharField(max_length=40, blank=True)
    nace_codes = models.JSONField(default=list, blank=True)
    translated = models.JSONField(default=list, blank=True)
    position = models.PositiveIntegerField(default=0)
    source = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("position", "slug")

    def __str__(self) -> str:
        return str(self.name)


class Theme(models.Model):
    """A cross-cutting theme of the strategy or of smart specialisation."""

    slug = models.SlugField(max_length=60, unique=True)
    kind = models.CharField(max_length=20)
    name = TranslatedField()
    position = models.PositiveIntegerField(default=0)
    source = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("position", "slug")

    def __str__(self) -> str:
        return str(self.name)


class S3Priority(models.Model):
    """A smart-specialisation choice of one period; later periods are added beside it."""

    code = models.SlugField(max_length=60, unique=True)
    period = models.CharField(max_length=20)
    name = TranslatedField()
    sectors = models.ManyToManyField("reference.Sector", related_name="+", blank=True)
    translated = models.JSONField(default=list, blank=True)
    position = models.PositiveIntegerField(default=0)
    source = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("period", "position", "code")

    def __str__(self) -> str:
        return str(self.name)


class Place(models.Model):
    """Infrastructure that investors ask for: airports, ports, stations, substations, schools, data centres."""

    slug = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(max_length=40, choices=PlaceKind.choices)
    code = models.CharField(max_length=20, blank=True)
    name = TranslatedField()
    municipality = models.ForeignKey(
        "reference.Municipality", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    in_region = models.BooleanField(default=True)
    status = TranslatedField()
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    precision = models.CharField(max_length=80, blank=True)
    note = TranslatedField()
    source = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("kind", "slug")

    def __str__(self) -> str:
        return str(self.name)


class Claim(models.Model):
    """What one source says where sources disagree; one of the claims on a thing's field is the canonical one."""

    subject = models.CharField(max_length=120)
    field = models.CharField(max_length=60)
    value = models.CharField(max_length=300)
    unit = models.CharField(max_length=30, blank=True)
    is_canonical = models.BooleanField(default=False)
    reason = TranslatedField()
    source = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("subject", "field", "-is_canonical", "pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=("subject", "field"), condition=models.Q(is_canonical=True), name="one_canonical_claim"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.field}: {self.value}"


class LoadedRow(models.Model):
    """What the data pack last gave for one thing: how a reload tells a person's edit from an old value."""

    kind = models.CharField(max_length=40)
    code = models.CharField(max_length=160)
    values: Any = models.JSONField(default=dict)

    class Meta:
        ordering = ("kind", "code")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("kind", "code"), name="loaded_row_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.code}"
