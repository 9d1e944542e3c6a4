"""What somebody has typed into the form of a record and not saved yet."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class SiteDraft(models.Model):
    """The inputs of one group as one person left them: kept so that nothing typed is lost, seen by nobody else.

    Written by `catalogue.drafts`; `data` is {input: text or texts}, `revision` the one the person had opened.
    """

    site = models.ForeignKey("catalogue.Site", on_delete=models.CASCADE, related_name="drafts")
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    group = models.CharField(max_length=40)
    data = models.JSONField(default=dict)
    revision = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        ordering = ("site", "user", "group")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("site", "user", "group"), name="site_draft_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=("at",), name="site_draft_age")]

    def __str__(self) -> str:
        return f"{self.site_id} {self.group}"
