"""Results of the self-audit, night by night."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from .enums import Result


class AuditResult(models.Model):
    """How one item stood on one day. `evidence` is a list of {"text", "values", "url"}: a sentence and its figures."""

    day = models.DateField()
    item = models.CharField(max_length=4)
    result = models.CharField(max_length=4, choices=Result.choices)
    evidence: Any = models.JSONField(default=list, blank=True)
    checked_at = models.DateTimeField()

    class Meta:
        ordering = ("day", "item")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("day", "item"), name="audit_result_once_a_day"),
            models.CheckConstraint(condition=Q(result__in=Result.values), name="audit_result_known"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.item}: {self.result}"
