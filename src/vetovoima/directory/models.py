"""Named contacts of the offer."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from vetovoima.common.fields import TranslatedField


class Contact(models.Model):
    """A person whom an investor may call about a site: published by their own organisation's decision."""

    key = models.SlugField(max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=120)
    title = TranslatedField()
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    languages = models.JSONField(default=list, blank=True)
    is_example = models.BooleanField(default=False)

    class Meta:
        ordering = ("name", "pk")

    def __str__(self) -> str:
        return self.name
