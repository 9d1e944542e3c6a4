"""Archives that lie ready."""

from __future__ import annotations

from django.db import models

#: the name of the archive of everything; the others have the slug of their municipality
WHOLE = "all"


class Bundle(models.Model):
    """One archive as it lies in storage. Its row goes at once when something in it is no longer public."""

    name = models.SlugField(max_length=60, unique=True)
    stored_as = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    records = models.PositiveIntegerField()
    #: the version of the public side that it shows
    version = models.PositiveBigIntegerField()
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    @property
    def is_whole(self) -> bool:
        """Whether it is the archive of everything."""
        return self.name == WHOLE

    @property
    def path(self) -> str:
        """Where it is to be had."""
        return f"/export/{self.name}.zip"
