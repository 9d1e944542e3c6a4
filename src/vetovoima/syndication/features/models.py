"""A published record as a map reads it: bytes made at publishing, found by place."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class PublishedFeature(models.Model):
    """A record's GeoJSON feature in one language, in pieces that an answer is joined of.

    Written beside the record's `PublishedDocument` out of it alone, and deleted with it. A NUL byte in `head` stands
    where the address of the service belongs: JSON writes no such byte itself.
    """

    language = models.CharField(max_length=5)
    #: where it stands on the curve through the plane (`curve.py`): what is near in this number is near on the map
    spot = models.BigIntegerField()
    code = models.CharField(max_length=30)
    kind = models.CharField(max_length=20)
    municipality_slug = models.CharField(max_length=60)
    availability = models.CharField(max_length=12)
    #: slugs between bars: `|one|two|`
    sectors = models.TextField()
    is_example = models.BooleanField(default=False)
    updated_at = models.DateTimeField()
    #: the box of its shape in degrees; of a point twice the same
    west = models.FloatField()
    south = models.FloatField()
    east = models.FloatField()
    north = models.FloatField()
    #: whether the shape is something else than its box, so that a box asked for may miss it
    is_area = models.BooleanField(default=False)
    #: another number with each writing: tells a process that has the feature in memory whether it is this one
    stamp = models.BigIntegerField()
    #: `{"type":"Feature","id":…,"properties":{…},"geometry":`; the feature ends with `}`
    head = models.BinaryField()
    #: the shape as GeoJSON, in CRS84 and in EPSG:3067
    place = models.BinaryField()
    place_metric = models.BinaryField()

    class Meta:
        ordering = ("language", "spot", "id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("language", "code"), name="feature_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            # All that a page is chosen by, so that choosing fetches no row (docs/decisions/0023).
            models.Index(
                fields=("language", "spot", "id", "west", "east", "south", "north", "is_area", "stamp"),
                name="feature_place",
            ),
            models.Index(fields=("language", "municipality_slug", "spot", "id"), name="feature_municipality"),
            models.Index(fields=("language", "updated_at"), name="feature_updated"),
        ]

    def __str__(self) -> str:
        return f"{self.code} ({self.language})"
