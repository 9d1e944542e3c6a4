"""What is kept of visits: sums of a day. No row is about anybody."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from .enums import Origin, What


class DailyCount(models.Model):
    """How often something happened on a day at one page, in one language, from one kind of source."""

    day = models.DateField()
    what = models.CharField(max_length=8, choices=What.choices)
    path = models.CharField(max_length=200)
    language = models.CharField(max_length=5)
    origin = models.CharField(max_length=10, choices=Origin.choices)
    detail = models.CharField(max_length=80, blank=True)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("day", "what", "path", "pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=("day", "what", "path", "language", "origin", "detail"), name="daily_count_once"
            ),
            models.CheckConstraint(
                condition=Q(what__in=What.values, origin__in=Origin.values), name="daily_count_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.what} {self.path}: {self.count}"
