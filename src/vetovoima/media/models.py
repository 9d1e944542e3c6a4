"""Files with a sharing level."""

from __future__ import annotations

import secrets
from typing import ClassVar

from django.db import models

from vetovoima.accounts.enums import Sharing
from vetovoima.common.fields import TranslatedField

from .enums import BEYOND_THE_OWNER, GIVEN_OUT, FileKind, Scan


def random_name() -> str:
    """A name that tells nothing and cannot be guessed (128 bits)."""
    return secrets.token_hex(16)


class Photo(models.Model):
    """A re-encoded photograph in two sizes, stored under a random name. Written by `media.services` alone."""

    name = models.CharField(max_length=32, unique=True, default=random_name)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    alt = TranslatedField()
    credit = models.CharField(max_length=200, blank=True)
    licence = models.CharField(max_length=60, blank=True)
    taken_on = models.DateField(null=True, blank=True)
    sharing = models.CharField(max_length=10, choices=Sharing.choices, default=Sharing.OWNER)
    uploaded_by = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")
    uploaded_at = models.DateTimeField()

    class Meta:
        ordering = ("uploaded_at", "pk")

    def __str__(self) -> str:
        return str(self.alt)


class StoredFileQuerySet(models.QuerySet["StoredFile"]):
    """Adjectives for lists of documents."""

    def given_out(self) -> StoredFileQuerySet:
        """Those that the virus scanner lets out."""
        return self.filter(scan__in=GIVEN_OUT)

    def open_to_anybody(self) -> StoredFileQuerySet:
        """Those that anybody may have now."""
        return self.given_out().filter(open_to=Sharing.PUBLIC)

    def open_to_network(self) -> StoredFileQuerySet:
        """Those that every partner who signs in may have now."""
        return self.given_out().filter(open_to__in=BEYOND_THE_OWNER)


class StoredFile(models.Model):
    """A document, stored as it came under a random name. Written by `media.services` alone.

    `sharing` is to whom it is meant to be open, `open_to` to whom it is: opening waits until what the document belongs
    to is published, closing happens at once.
    """

    name = models.CharField(max_length=32, unique=True, default=random_name)
    kind = models.CharField(max_length=20, choices=FileKind.choices, default=FileKind.OTHER)
    title = TranslatedField()
    #: what a drawing or a picture shows, for those who cannot see it; of other documents what is in them
    description = TranslatedField()
    author = models.CharField(max_length=200, blank=True)
    licence = models.CharField(max_length=120, blank=True)
    languages = models.JSONField(default=list, blank=True)
    dated = models.DateField(null=True, blank=True)

    media_type = models.CharField(max_length=60)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    #: what it is called when somebody saves it; never a name on our disk
    download_name = models.CharField(max_length=160)

    sharing = models.CharField(max_length=10, choices=Sharing.choices, default=Sharing.OWNER)
    open_to = models.CharField(max_length=10, choices=Sharing.choices, default=Sharing.OWNER)
    scan = models.CharField(max_length=12, choices=Scan.choices, default=Scan.NOT_SCANNED)
    scanned_at = models.DateTimeField(null=True, blank=True)
    uploaded_by = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")
    uploaded_at = models.DateTimeField()

    objects = StoredFileQuerySet.as_manager()

    class Meta:
        ordering = ("uploaded_at", "pk")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=("scan", "uploaded_at"), name="file_scan")
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(scan__in=Scan.values), name="file_scan_known"),
        ]

    def __str__(self) -> str:
        # A title may be confidential, and this stands in logs.
        return self.name

    @property
    def is_given_out(self) -> bool:
        """Whether the virus scanner lets it out."""
        return self.scan in GIVEN_OUT
