"""Whose pages may show our frame."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from vetovoima.accounts.rights import Action, Kind, Reach
from vetovoima.accounts.rules import municipality_ids, reach


class AllowedOriginQuerySet(models.QuerySet["AllowedOrigin"]):
    """Adjectives for lists of allowed origins."""

    def visible_to(self, user: Any) -> AllowedOriginQuerySet:
        """Those of a person's own municipality, or all; the region's own are seen by those who see all."""
        furthest = reach(user, Kind.EMBED, Action.VIEW)
        if furthest == Reach.ALL:
            return self
        if furthest == Reach.OWN:
            return self.filter(municipality_id__in=municipality_ids(user, Kind.EMBED, Action.VIEW))
        return self.none()


class AllowedOrigin(models.Model):
    """One website that may show a municipality's offer in a frame. Changed by `embedding.services`.

    `municipality` None is the region's own. The municipality's website of the region's data is allowed without a row.
    """

    municipality = models.ForeignKey(
        "reference.Municipality", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    #: as a browser names it: https://www.town.example, a port only when it is not 443 (`validators.clean_origin`)
    origin = models.CharField(max_length=300)
    created_at = models.DateTimeField()

    objects = AllowedOriginQuerySet.as_manager()

    class Meta:
        ordering = ("municipality__slug", "origin", "pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("municipality", "origin"), name="allowed_origin_once"),
            models.UniqueConstraint(
                fields=("origin",), condition=Q(municipality=None), name="allowed_origin_of_region_once"
            ),
        ]

    def __str__(self) -> str:
        return self.origin
