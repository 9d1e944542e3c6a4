"""Published documents: the only thing the public side reads."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from vetovoima.common.fields import LANGUAGES
from vetovoima.common.geo import Box

from .alerts.models import SavedSearch
from .bundles.models import Bundle
from .features.models import PublishedFeature
from .packages.models import OfferPackage, OfferPackageQuerySet
from .search.models import SearchEntry, SearchWord
from .webhooks.models import Webhook, WebhookAttempt, WebhookDelivery, WebhookEvent, WebhookQuerySet

__all__ = [
    "Bundle", "DocumentPower", "DocumentSector", "OfferPackage", "OfferPackageQuerySet", "PublicState",
    "PublishedDocument", "PublishedDocumentQuerySet", "PublishedFeature", "SavedSearch", "SearchEntry", "SearchWord",
    "Webhook", "WebhookAttempt", "WebhookDelivery", "WebhookEvent", "WebhookQuerySet",
]  # fmt: skip


class PublishedDocumentQuerySet(models.QuerySet["PublishedDocument"]):
    """Adjectives for lists of published documents."""

    def in_language(self, language: str) -> PublishedDocumentQuerySet:
        """Those of one language; every record has one in each."""
        return self.filter(language=language if language in LANGUAGES else "en")

    def within(self, box: Box) -> PublishedDocumentQuerySet:
        """Those whose place lies in a box of degrees (west, south, east, north)."""
        west, south, east, north = box
        return self.filter(latitude__gte=south, latitude__lte=north, longitude__gte=west, longitude__lte=east)


class PublishedDocument(models.Model):
    """A record's public document in one language. What it is searched by stands in its `SearchEntry`.

    Written when a record is published, deleted when it is withdrawn, never edited.
    """

    code = models.CharField(max_length=30)
    language = models.CharField(max_length=5)
    version = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    municipality_slug = models.CharField(max_length=60)
    availability = models.CharField(max_length=12)
    place_precision = models.CharField(max_length=12)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    area_m2 = models.FloatField(null=True)
    floor_area_m2 = models.FloatField(null=True)
    free_capacity_mw = models.FloatField(null=True)
    #: grid truth that can be asked for; free power by year is in DocumentPower
    voltage_kv = models.FloatField(null=True)
    queue_state = models.CharField(max_length=12, blank=True)
    has_redundancy = models.BooleanField(default=False)
    firmness = models.CharField(max_length=12, blank=True)
    is_firm = models.BooleanField(default=False)
    is_grid_confirmed = models.BooleanField(default=False)
    connection_lead_months = models.PositiveIntegerField(null=True)
    has_rail = models.BooleanField(default=False)
    completeness = models.PositiveSmallIntegerField(default=0)
    readiness = models.PositiveSmallIntegerField(default=0)
    checked_on = models.DateField(null=True)
    #: the day on which something in the document turns grey or is hidden by rule
    next_change_on = models.DateField(null=True)
    is_example = models.BooleanField(default=False)
    name = models.CharField(max_length=300)
    sort_name = models.CharField(max_length=300)
    published_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    geometry = models.JSONField(null=True)
    card = models.JSONField()
    body = models.JSONField()

    objects = PublishedDocumentQuerySet.as_manager()

    class Meta:
        ordering = ("language", "code")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("language", "code"), name="document_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=("language", "latitude", "longitude"), name="document_place"),
            models.Index(fields=("language", "municipality_slug", "code"), name="document_municipality"),
            models.Index(fields=("language", "is_example", "-updated_at", "code"), name="document_updated"),
            models.Index(fields=("language", "sort_name", "code"), name="document_name"),
            models.Index(fields=("next_change_on",), name="document_next_change"),
        ]

    def __str__(self) -> str:
        return f"{self.code} ({self.language})"


class DocumentSector(models.Model):
    """A sector that a document is found under: its own and its lead sector."""

    document = models.ForeignKey(
        "syndication.PublishedDocument", on_delete=models.CASCADE, related_name="sectors"
    )
    slug = models.CharField(max_length=60)

    class Meta:
        ordering = ("document", "slug")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("document", "slug"), name="document_sector_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=("slug", "document"), name="document_by_sector")
        ]

    def __str__(self) -> str:
        return self.slug


class DocumentPower(models.Model):
    """Free electric power of a document from a year on, in megawatts; year 0 means now."""

    document = models.ForeignKey(
        "syndication.PublishedDocument", on_delete=models.CASCADE, related_name="power"
    )
    year = models.PositiveIntegerField()
    free_mw = models.FloatField()

    class Meta:
        ordering = ("document", "year")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("document", "year"), name="document_power_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=("year", "free_mw", "document"), name="document_by_power")
        ]

    def __str__(self) -> str:
        return f"{self.year}: {self.free_mw:g} MW"


class PublicState(models.Model):
    """One row: how many times the public side has changed. Page caches and feeds are keyed by it."""

    version = models.PositiveBigIntegerField(default=1)
    changed_at = models.DateTimeField()
    #: another word with each change of the offer: the search of a process that knows the word is up to date
    offer_mark = models.CharField(max_length=32, blank=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return str(self.version)
