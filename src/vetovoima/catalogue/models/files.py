"""The documents of a record."""

from __future__ import annotations

from django.db import models


class SiteFile(models.Model):
    """A document of a site, in a group of the standard: a soil report belongs to the ground, a letter of the grid
    company to the electricity. Changed by `catalogue.services.files` alone."""

    site = models.ForeignKey("catalogue.Site", on_delete=models.CASCADE, related_name="files")
    file = models.OneToOneField("media.StoredFile", on_delete=models.CASCADE, related_name="+")
    group = models.CharField(max_length=40, default="media")
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("site", "position", "pk")

    def __str__(self) -> str:
        return str(self.file)
