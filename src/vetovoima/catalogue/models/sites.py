"""The site record: the working copy that a municipality edits, and its published versions."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

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
from vetovoima.catalogue.registry import (
    BY_NAME,
    CHOICE,
    CHOICES,
    DAY,
    LINK,
    LIST,
    MANY,
    SITES,
    TEXT,
    TRANSLATED,
    YEARS,
    FieldSpec,
)
from vetovoima.common.fields import Translated, TranslatedField

if TYPE_CHECKING:
    from .files import SiteFile


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
            "sectors", "themes", "related_sites", "photos__photo", "files__file"
        )


class Site(models.Model):
    """A record of the offer: a plot, premises, brownfield, business area, resource site or investment opportunity.

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
    related_sites = models.ManyToManyField("self", symmetrical=False, related_name="+", blank=True)

    profiles = models.JSONField(default=list, blank=True)
    #: values of the fields that have no column of their own, in JSON (docs/decisions/0012)
    more = models.JSONField(default=dict, blank=True)
    #: {field: unknown | not_studied | none}: said instead of a value
    absent = models.JSONField(default=dict, blank=True)
    #: {field: text}: a figure as its source wrote it, when it was converted to the standard's unit
    originals = models.JSONField(default=dict, blank=True)
    #: {group: {title, url, dated, collected_on, method, confidence, verified_by, verified_on, licence}}
    sources = models.JSONField(default=dict, blank=True)
    external_key = models.CharField(max_length=120, blank=True)

    completeness = models.PositiveSmallIntegerField(default=0)
    readiness = models.PositiveSmallIntegerField(default=0)
    checked_on = models.DateField(null=True, blank=True)

    review_comment = models.TextField(blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    publish_at = models.DateTimeField(null=True, blank=True)
    publish_by = models.ForeignKey(
        "accounts.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    #: the revision that was reviewed: no other is published by itself
    publish_revision = models.PositiveIntegerField(default=0)
    redirect_code = models.CharField(max_length=30, blank=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    objects = SiteQuerySet.as_manager()

    class Meta:
        ordering = ("code",)
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=("state", "submitted_at"), name="site_waiting"),
            models.Index(fields=("municipality", "code"), name="site_of_municipality"),
            models.Index(fields=("external_key",), name="site_external"),
            models.Index(fields=("publish_at",), name="site_scheduled"),
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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        #: related things that are given but not stored yet, by field
        self.given: dict[str, list[Any]] = {}

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    def value(self, name: str) -> Any:
        """This will return a field of the standard, wherever it is kept, in the type that its kind of field has.

        Empty is None, "", [] or {} after the type; related things are lists of rows.
        """
        spec = BY_NAME[name]
        if spec.type in (MANY, SITES):
            if name in self.given:
                return self.given[name]
            return list(getattr(self, name).all()) if self.pk else []
        if name in COLUMNS:
            return getattr(self, name)
        return from_json(spec, self.more.get(name))

    def photo_rows(self) -> list[SitePhoto]:
        """This will return the entries of the photographs in their order, in one query or none."""
        if "photos" in self.given:
            return self.given["photos"]
        if not self.pk:
            return []
        if "photos" in getattr(self, "_prefetched_objects_cache", {}):
            return list(self.photos.all())
        return list(self.photos.select_related("photo"))

    def file_rows(self) -> list[SiteFile]:
        """This will return the entries of the documents in their order, in one query or none."""
        if "files" in self.given:
            return self.given["files"]
        if not self.pk:
            return []
        if "files" in getattr(self, "_prefetched_objects_cache", {}):
            return list(self.files.all())
        return list(self.files.select_related("file"))

    def put(self, name: str, value: Any) -> None:
        """This will set a checked value of a field that is not a relation; nothing is saved."""
        if name in COLUMNS:
            setattr(self, name, value)
        elif value in EMPTY:
            self.more.pop(name, None)
        else:
            self.more[name] = value.isoformat() if isinstance(value, date) else value

    def is_known(self, name: str) -> bool:
        """Whether a field has a value that says something; an answer "unknown" says nothing."""
        value = self.value(name)
        return value not in EMPTY and value != "unknown"

    def is_answered(self, name: str) -> bool:
        """Whether a field has a value, or somebody said why it has none."""
        return self.is_known(name) or name in self.absent


EMPTY: tuple[Any, ...] = (None, "", [], {})
#: fields of the standard that are columns, because they are searched or joined
COLUMNS = frozenset(field.name for field in Site._meta.concrete_fields) & frozenset(BY_NAME)


def from_json(spec: FieldSpec, kept: Any) -> Any:
    """This will give a kept value back in its type; the empty value of the type when there is none."""
    if kept is None:
        maker = NOTHING.get(spec.type)
        return maker() if maker else None
    if spec.type == TRANSLATED:
        return Translated(kept)
    if spec.type == DAY:
        return date.fromisoformat(kept) if kept else None
    return kept


#: what makes the empty value of a type; those that are not here are None
NOTHING: dict[str, Any] = {
    TRANSLATED: Translated, LIST: list, CHOICES: list, YEARS: dict, TEXT: str, CHOICE: str, LINK: str,
}  # fmt: skip


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
