"""Published documents: the only thing the public side reads."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from vetovoima.common.fields import LANGUAGES

from .alerts.models import SavedSearch
from .bundles.models import Bundle
from .channels.models import ChannelEvent, ChannelHost, ChannelPage, ChannelPageQuerySet, ChannelVersion
from .embedding.models import AllowedOrigin, AllowedOriginQuerySet
from .features.models import PublishedFeature
from .federation.models import (
    FollowedSource,
    FollowedSourceQuerySet,
    FollowRun,
    ForeignRecord,
    ForeignRecordQuerySet,
)
from .packages.models import OfferPackage, OfferPackageQuerySet
from .partners.models import (
    DeliveredRecord,
    DeliveryFile,
    PartnerChannel,
    PartnerChannelQuerySet,
    PartnerDelivery,
    PartnerDeliveryQuerySet,
    PartnerTalk,
)
from .search.models import SearchEntry, SearchWord
from .webhooks.models import Webhook, WebhookAttempt, WebhookDelivery, WebhookEvent, WebhookQuerySet

__all__ = [
    "AllowedOrigin",
    "AllowedOriginQuerySet",
    "Bundle",
    "ChannelEvent",
    "ChannelHost",
    "ChannelPage",
    "ChannelPageQuerySet",
    "ChannelVersion",
    "DeliveredRecord",
    "DeliveryFile",
    "FollowRun",
    "FollowedSource",
    "FollowedSourceQuerySet",
    "ForeignRecord",
    "ForeignRecordQuerySet",
    "OfferPackage",
    "OfferPackageQuerySet",
    "PartnerChannel",
    "PartnerChannelQuerySet",
    "PartnerDelivery",
    "PartnerDeliveryQuerySet",
    "PartnerTalk",
    "PublicState",
    "PublishedDocument",
    "PublishedDocumentQuerySet",
    "PublishedFeature",
    "SavedSearch",
    "SearchEntry",
    "SearchWord",
    "Webhook",
    "WebhookAttempt",
    "WebhookDelivery",
    "WebhookEvent",
    "WebhookQuerySet",
]  # fmt: skip


class PublishedDocumentQuerySet(models.QuerySet["PublishedDocument"]):
    """Adjectives for lists of published documents."""

    def in_language(self, language: str) -> PublishedDocumentQuerySet:
        """Those of one language; every record has one in each."""
        return self.filter(language=language if language in LANGUAGES else "en")


class PublishedDocument(models.Model):
    """A record's public document in one language. What it is searched by stands in its `SearchEntry`.

    Written when a record is published, deleted when it is withdrawn, never edited. Its columns are those that lists are
    made by; every other value stands in the document.
    """

    code = models.CharField(max_length=30)
    language = models.CharField(max_length=5)
    version = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    municipality_slug = models.CharField(max_length=60)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    completeness = models.PositiveSmallIntegerField(default=0)
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
