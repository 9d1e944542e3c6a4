"""What is kept of an offer package."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from vetovoima.accounts.rights import Action, Kind, Reach
from vetovoima.accounts.rules import municipality_ids, reach
from vetovoima.common.fields import TranslatedField

from .enums import Language, PackageState, Segment, VisitLength


class OfferPackageQuerySet(models.QuerySet["OfferPackage"]):
    """Adjectives for lists of packages."""

    def visible_to(self, user: Any) -> OfferPackageQuerySet:
        """Those of a person's own municipality, or all."""
        furthest = reach(user, Kind.PACKAGE, Action.VIEW)
        if furthest == Reach.ALL:
            return self
        if furthest == Reach.OWN:
            return self.filter(municipality_id__in=municipality_ids(user, Kind.PACKAGE, Action.VIEW))
        return self.none()

    def in_state(self, state: str) -> OfferPackageQuerySet:
        """Those in a state."""
        return self.filter(state=state)

    def complete(self) -> OfferPackageQuerySet:
        """With everything that a page of a package needs."""
        return self.select_related("municipality", "contact__organisation")


class OfferPackage(models.Model):
    """Records of a municipality chosen for one kind of investor, with the argument, the numbers, a person and a visit.

    Changed through `packages.services` alone: by the municipality, and by the coordinator. Seen by them alone.
    """

    code = models.SlugField(max_length=20, unique=True)
    municipality = models.ForeignKey("reference.Municipality", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=PackageState.choices, default=PackageState.DRAFT)
    title = TranslatedField(verbose_name=_("title"))
    sector = models.SlugField(_("sector"), max_length=60, blank=True)
    segment = models.CharField(_("investors"), max_length=20, choices=Segment.choices, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=Language.choices, default=Language.EN)
    argument = TranslatedField(verbose_name=_("value argument"))
    #: codes of published records, in the order of the package
    sites = models.JSONField(_("records"), default=list, blank=True)
    #: codes of facts of the bank
    facts = models.JSONField(_("numbers"), default=list, blank=True)
    contact = models.ForeignKey(
        "directory.Contact", on_delete=models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("contact person"),
    )  # fmt: skip
    visit = TranslatedField(verbose_name=_("visit idea"))
    visit_length = models.CharField(
        _("length of the visit"), max_length=10, choices=VisitLength.choices, blank=True
    )
    visit_host = models.CharField(_("host of the visit"), max_length=200, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    objects = OfferPackageQuerySet.as_manager()

    class Meta:
        ordering = ("-updated_at", "code")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(state__in=PackageState.values), name="package_state_known"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=("municipality", "state", "-updated_at"), name="package_by_town"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"
