"""The site record: the working copy that a municipality edits, and its published versions."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from vetovoima.accounts.rights import Action, Kind, Reach
from vetovoima.accounts.rules import municipality_ids, reach
from vetovoima.catalogue.enums import (
    Availability,
    OwnerKind,
    PlanState,
    Precision,
    SiteKind,
    SiteState,
    Tenure,
)
from vetovoima.common.fields import TranslatedField


class SiteQuerySet(models.QuerySet["Site"]):
    """Adjectives for lists of sites."""

    def visible_to(self, user: Any) -> SiteQuerySet:
        """The records whose working copies a person may see: all, their own municipality's, or none."""
        furthest = reach(user, Kind.SITE, Action.VIEW)
        if furthest == Reach.ALL:
            return self
        if furthest == Reach.OWN:
            return self.filter(municipality_id__in=municipality_ids(user, Kind.SITE, Action.VIEW))
        return self.none()

    def published(self) -> SiteQuerySet:
        """Those that are public now, whatever is being edited."""
        return self.filter(published_version__gt=0)

    def submitted(self) -> SiteQuerySet:
        """Those that wait for the coordinator."""
        return self.filter(state=SiteState.SUBMITTED)

    def complete(self) -> SiteQuerySet:
        """With everything that a page of a record needs."""
        return self.select_related("municipality", "contact__organisation").prefetch_related(
            "sectors", "themes"
        )


class Site(models.Model):
    """A plot, premises, brownfield or business area on offer.

    Changed through `catalogue.services` alone: by its municipality, and by the coordinator who publishes.
    """

    code = models.CharField(max_length=30, unique=True)
    kind = models.CharField(max_length=20, choices=SiteKind.choices)
    municipality = models.ForeignKey("reference.Municipality", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=SiteState.choices, default=SiteState.DRAFT)
    published_version = models.PositiveIntegerField(default=0)
    latest_version = models.PositiveIntegerField(default=0)
    revision = models.PositiveIntegerField(default=1)
    is_example = models.BooleanField(default=False)

    name = TranslatedField()
    property_ids = models.JSONField(default=list, blank=True)
    locality = models.CharField(max_length=120, blank=True)
    address = models.CharField(max_length=200, blank=True)
    postal_code = models.CharField(max_length=10, blank=True)
    geometry = models.JSONField(null=True, blank=True)
    place_precision = models.CharField(
        max_length=12, choices=Precision.choices, default=Precision.MUNICIPALITY
    )
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    west = models.FloatField(null=True, blank=True)
    south = models.FloatField(null=True, blank=True)
    east = models.FloatField(null=True, blank=True)
    north = models.FloatField(null=True, blank=True)
    geometry_area_m2 = models.FloatField(null=True, blank=True)

    availability = models.CharField(max_length=12, choices=Availability.choices, default=Availability.UNKNOWN)
    available_from = models.DateField(null=True, blank=True)
    reserved_until = models.DateField(null=True, blank=True)

    area_m2 = models.FloatField(null=True, blank=True)
    usable_area_m2 = models.FloatField(null=True, blank=True)
    is_divisible = models.BooleanField(null=True, blank=True)
    min_parcel_m2 = models.FloatField(null=True, blank=True)
    plot_count = models.PositiveIntegerField(null=True, blank=True)
    floor_area_m2 = models.FloatField(null=True, blank=True)
    clear_height_m = models.FloatField(null=True, blank=True)

    owner_kind = models.CharField(max_length=12, choices=OwnerKind.choices, default=OwnerKind.UNKNOWN)
    owner_name = models.CharField(max_length=200, blank=True)
    tenure = models.CharField(max_length=10, choices=Tenure.choices, default=Tenure.UNKNOWN)
    price_eur_m2 = models.FloatField(null=True, blank=True)
    price_eur = models.FloatField(null=True, blank=True)
    rent_eur_m2_month = models.FloatField(null=True, blank=True)
    price_note = TranslatedField()

    plan_state = models.CharField(max_length=20, choices=PlanState.choices, default=PlanState.UNKNOWN)
    plan_name = models.CharField(max_length=200, blank=True)
    plan_use_code = models.CharField(max_length=30, blank=True)
    building_right_m2 = models.FloatField(null=True, blank=True)
    plan_url = models.URLField(max_length=500, blank=True)
    plan_note = TranslatedField()

    grid_company = models.CharField(max_length=120, blank=True)
    substation_name = models.CharField(max_length=120, blank=True)
    substation_distance_km = models.FloatField(null=True, blank=True)
    voltage_kv = models.FloatField(null=True, blank=True)
    free_capacity_mw = models.FloatField(null=True, blank=True)
    capacity_year = models.PositiveIntegerField(null=True, blank=True)
    connection_lead_months = models.PositiveIntegerField(null=True, blank=True)

    road_name = models.CharField(max_length=120, blank=True)
    road_distance_km = models.FloatField(null=True, blank=True)
    railway_distance_km = models.FloatField(null=True, blank=True)
    has_rail_siding = models.BooleanField(null=True, blank=True)
    airport_distance_km = models.FloatField(null=True, blank=True)
    port_name = models.CharField(max_length=120, blank=True)
    port_distance_km = models.FloatField(null=True, blank=True)
    transport_note = TranslatedField()

    summary = TranslatedField()
    description = TranslatedField()
    reason_to_come = TranslatedField()
    sectors = models.ManyToManyField("reference.Sector", related_name="+", blank=True)
    themes = models.ManyToManyField("reference.Theme", related_name="+", blank=True)
    contact = models.ForeignKey(
        "directory.Contact", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    internal_note = models.TextField(blank=True)
    #: {group: {title, url, dated, confidence, verified_by, verified_on}}
    sources = models.JSONField(default=dict, blank=True)
    external_key = models.CharField(max_length=120, blank=True)

    review_comment = models.TextField(blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    objects = SiteQuerySet.as_manager()

    class Meta:
        ordering = ("code",)
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=("state", "submitted_at"), name="site_waiting"),
            models.Index(fields=("municipality", "code"), name="site_of_municipality"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(kind__in=SiteKind.values), name="site_kind_known"),
            models.CheckConstraint(condition=Q(state__in=SiteState.values), name="site_state_known"),
            models.CheckConstraint(
                condition=Q(geometry__isnull=False) | Q(place_precision=Precision.MUNICIPALITY),
                name="site_place_needs_geometry",
                violation_error_message=_(
                    "A place known more exactly than its municipality needs a position."
                ),
            ),
            models.CheckConstraint(
                condition=Q(area_m2__isnull=True) | Q(area_m2__gte=0), name="site_area_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class SiteVersion(models.Model):
    """What a record said when it was published: the base of differences. Written by `publish_site` alone."""

    site = models.ForeignKey("catalogue.Site", on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    snapshot = models.JSONField()
    published_at = models.DateTimeField()
    published_by = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ("site", "-number")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("site", "number"), name="site_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.site.code} v{self.number}"


class SitePhoto(models.Model):
    """A photograph of a site, in its order. Changed by `add_photo` and `remove_photo`."""

    site = models.ForeignKey("catalogue.Site", on_delete=models.CASCADE, related_name="photos")
    photo = models.OneToOneField("media.Photo", on_delete=models.CASCADE, related_name="+")
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("site", "position", "pk")

    def __str__(self) -> str:
        return str(self.photo)


class SiteNumber(models.Model):
    """The last number given in a municipality, so that a code is never given twice, not even after a deletion."""

    municipality = models.OneToOneField("reference.Municipality", on_delete=models.PROTECT, related_name="+")
    last = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("municipality",)

    def __str__(self) -> str:
        return f"{self.municipality}: {self.last}"
