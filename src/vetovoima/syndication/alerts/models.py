"""A saved search: the least that is needed to write to whoever asked for it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from vetovoima.common.fields import LANGUAGES

from .enums import Frequency


class SavedSearchQuerySet(models.QuerySet["SavedSearch"]):
    """Adjectives for lists of saved searches."""

    def confirmed(self) -> SavedSearchQuerySet:
        """Those whose owner has opened the letter and said yes: the only ones that are written to."""
        return self.filter(confirmed_at__isnull=False)

    def unconfirmed(self) -> SavedSearchQuerySet:
        """Those that somebody asked for and nobody has confirmed."""
        return self.filter(confirmed_at__isnull=True)


class SavedSearch(models.Model):
    """What an outsider asked to be told of. Written by `alerts.services`, erased at once when its owner stops it.

    Who looks for what is nobody's business: no fact is recorded of it, nobody at the desk sees more than the number of
    such searches. `key` is chance and names the search in links and mails; the links' secrets are signatures of it.
    """

    key = models.CharField(max_length=32, unique=True)
    email = models.EmailField()
    language = models.CharField(max_length=5)
    #: the search as it stood in the address, and in words, for its owner
    query = models.CharField(max_length=2000, blank=True)
    words = models.CharField(max_length=500, blank=True)
    #: `SearchTerms` as JSON, without order and page
    terms = models.JSONField()
    frequency = models.CharField(max_length=10, choices=Frequency.choices)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    #: up to which publication it was told, and which records since then: {code: version}
    told_until = models.DateTimeField(null=True)
    told = models.JSONField(default=dict)
    letters = models.PositiveIntegerField(default=0)
    #: the version of the public side that was looked at last
    seen_version = models.PositiveBigIntegerField(default=0)

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        ordering = ("asked_at", "pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(frequency__in=Frequency.values), name="saved_search_frequency_known"
            ),
            models.CheckConstraint(condition=Q(language__in=LANGUAGES), name="saved_search_language_known"),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | Q(told_until__isnull=False),
                name="saved_search_told_from_its_confirmation",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=("frequency", "confirmed_at"), name="saved_search_due"),
            models.Index(fields=("email",), name="saved_search_owner"),
        ]

    def __str__(self) -> str:
        return self.key[:8]
