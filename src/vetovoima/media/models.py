"""Files with a sharing level."""

from __future__ import annotations

import secrets

from django.db import models

from vetovoima.accounts.enums import Sharing
from vetovoima.common.fields import TranslatedField


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
