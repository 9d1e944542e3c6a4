"""Every change of a site record: create, edit, submit, return, publish, withdraw, photographs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from vetovoima.accounts.enums import Sharing
from vetovoima.accounts.models import User
from vetovoima.accounts.queries import municipality_organisation
from vetovoima.activity.services import field_changes, record
from vetovoima.common.fields import Translated
from vetovoima.common.geo import parse_geojson
from vetovoima.media import services as media
from vetovoima.media.models import Photo
from vetovoima.reference.models import Municipality
from vetovoima.reference.queries import plausible_box, region

from . import rules
from .documents import snapshot
from .enums import EDITABLE, SUBMITTABLE, Precision, SiteKind, SiteState
from .models import Site, SiteNumber, SitePhoto, SiteVersion
from .registry import BY_NAME, EDITABLE_FIELDS, GROUP_LABELS, fields_of
from .validators import clean_value

MAX_PHOTOS = 20


class CannotChange(Exception):
    """The record cannot be changed so now; the text says why and what to do."""


class ChangedMeanwhile(Exception):
    """Somebody else saved the record after this person opened it."""


def _log(site: Site, verb: str, *, by: User | None, now: datetime, **more: Any) -> None:
    """One fact about a site, seen by its municipality and the council."""
    owner = municipality_organisation(site.municipality_id)
    record(
        f"catalogue.site.{verb}", actor=by, kind="site", code=site.code, now=now,
        sharing=Sharing.OWNER, organisations=[owner] if owner else [], **more,
    )  # fmt: skip


def _locked(site: Site, revision: int | None = None) -> Site:
    """The row as it is now, held until the transaction ends; raises ChangedMeanwhile for another revision."""
    fresh = Site.objects.select_for_update().get(pk=site.pk)
    if revision is not None and fresh.revision != revision:
        raise ChangedMeanwhile
    return fresh


def next_code(municipality: Municipality) -> str:
    """This will give the next code of a municipality, such as KAI-KUH-0012; never the same twice."""
    found = region()
    counter, _created = SiteNumber.objects.select_for_update().get_or_create(municipality=municipality)
    counter.last += 1
    counter.save(update_fields=["last"])
    return f"{found.code_prefix if found else 'REG'}-{municipality.site_code}-{counter.last:04d}"


@transaction.atomic
def create_site(
    *,
    municipality: Municipality,
    kind: str,
    values: Mapping[str, Any],
    by: User | None,
    now: datetime,
    is_example: bool = False,
    external_key: str = "",
) -> Site:
    """This will make a draft with the given fields. `by` None is the load of a data pack.

    Raises PermissionDenied, and ValidationError by field.
    """
    if by is not None and not rules.can_create_in(by, municipality.pk):
        raise PermissionDenied
    if kind not in SiteKind.values:
        raise ValidationError({"kind": _("Choose one of the list.")})
    site = Site(
        code=next_code(municipality), kind=kind, municipality=municipality, is_example=is_example,
        external_key=external_key, created_at=now, updated_at=now,
    )  # fmt: skip
    _apply(site, values)
    site.save()
    _relate(site, values)
    _log(site, "created", by=by, now=now)
    return site


@transaction.atomic
def edit_site(
    *, site: Site, values: Mapping[str, Any], by: User | None, now: datetime, revision: int | None
) -> Site:
    """This will change fields of the working copy; what is public stays until the changes are published.

    `revision` is the one the person opened. Raises PermissionDenied, ChangedMeanwhile, CannotChange while the record
    is under review, and ValidationError by field. Nothing is written when nothing differs.
    """
    fresh = _locked(site, revision)
    if by is not None and not rules.can_edit(by, fresh):
        if fresh.state not in EDITABLE and rules.can_view(by, fresh):
            raise CannotChange(
                _("The record is being reviewed. It can be edited again when the review is done.")
            )
        raise PermissionDenied
    before = snapshot(fresh)
    _apply(fresh, values)
    _relate(fresh, values)
    changes = field_changes(before, snapshot(fresh))
    if not changes:
        return fresh
    fresh.state = SiteState.DRAFT
    fresh.revision += 1
    fresh.updated_at = now
    fresh.save()
    _log(fresh, "edited", by=by, now=now, changes=changes)
    return fresh


def _apply(site: Site, values: Mapping[str, Any]) -> None:
    """Check and set every given field; gathers all errors before raising."""
    errors: dict[str, list[Any]] = {}
    box = plausible_box()
    for name in EDITABLE_FIELDS:
        if name not in values or name == "contact":
            continue
        try:
            setattr(site, name, clean_value(name, values[name], box))
        except ValidationError as error:
            errors[name] = [error]
    if "contact" in values:
        site.contact = values["contact"]
    if "sources" in values:
        site.sources = clean_sources(values["sources"])
    if not site.name:
        errors.setdefault("name", [ValidationError(_("Give a name in at least one language."))])
    if site.place_precision != Precision.MUNICIPALITY and not site.geometry and "geometry" not in errors:
        errors["geometry"] = [
            ValidationError(_("Place the record on the map, or say that only the municipality is known."))
        ]
    if errors:
        raise ValidationError(errors)
    _measure(site)


def clean_sources(sources: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """This will keep the known parts of each group's source, as short text."""
    parts = ("title", "url", "dated", "confidence", "verified_by", "verified_on")
    kept = {
        group: {part: str(given[part])[:500] for part in parts if given.get(part)}
        for group, given in sources.items()
        if group in GROUP_LABELS and isinstance(given, Mapping)
    }
    return {group: given for group, given in kept.items() if given}


def _measure(site: Site) -> None:
    """Centre, box and area follow from the shape; without one the record has no position of its own."""
    if not site.geometry:
        site.latitude = site.longitude = site.geometry_area_m2 = None
        site.west = site.south = site.east = site.north = None
        return
    measured = parse_geojson(site.geometry, plausible_box())
    site.latitude, site.longitude = measured.latitude, measured.longitude
    site.west, site.south, site.east, site.north = measured.box
    site.geometry_area_m2 = measured.area_m2


def _relate(site: Site, values: Mapping[str, Any]) -> None:
    if "sectors" in values:
        site.sectors.set(values["sectors"])
    if "themes" in values:
        site.themes.set(values["themes"])


def missing_to_submit(site: Site) -> list[str]:
    """The required fields that a record still lacks, by name."""
    return [
        spec.name
        for spec in fields_of(site.kind)
        if spec.required and getattr(site, spec.name) in (None, "", {}, [])
    ]


@transaction.atomic
def submit_site(*, site: Site, by: User | None, now: datetime) -> Site:
    """This will send a draft to the coordinator. Raises PermissionDenied, and CannotChange when it is no draft or
    lacks a required field."""
    fresh = _locked(site)
    if by is not None and not rules.can_submit(by, fresh):
        if rules.can_view(by, fresh) and fresh.state not in SUBMITTABLE:
            raise CannotChange(_("Only a draft can be submitted."))
        raise PermissionDenied
    if missing := missing_to_submit(fresh):
        labels = ", ".join(str(BY_NAME[name].label) for name in missing)
        raise CannotChange(_("Fill in first: %(fields)s.") % {"fields": labels})
    fresh.state = SiteState.SUBMITTED
    fresh.submitted_at = now
    fresh.review_comment = ""
    fresh.revision += 1
    fresh.save(update_fields=["state", "submitted_at", "review_comment", "revision"])
    _log(fresh, "submitted", by=by, now=now)
    return fresh


@transaction.atomic
def return_site(*, site: Site, comment: str, by: User, now: datetime) -> Site:
    """This will give a submitted record back with a comment. Raises PermissionDenied, and CannotChange without a
    comment or when the record is not under review."""
    fresh = _locked(site)
    _require_review(fresh, by)
    if not comment.strip():
        raise CannotChange(_("Write what should be changed."))
    fresh.state = SiteState.DRAFT
    fresh.review_comment = comment.strip()[:5000]
    fresh.revision += 1
    fresh.save(update_fields=["state", "review_comment", "revision"])
    _log(fresh, "returned", by=by, now=now, data={"comment": fresh.review_comment})
    return fresh


def _require_review(site: Site, by: User) -> None:
    if rules.can_publish(by, site):
        return
    if rules.can_view(by, site) and site.state != SiteState.SUBMITTED:
        raise CannotChange(_("The record is not waiting for review any more. Somebody may have handled it."))
    raise PermissionDenied


@transaction.atomic
def publish_site(*, site: Site, by: User | None, now: datetime) -> Site:
    """This will make the submitted content public: a new version, its photographs, and the fact that tells
    syndication to render the public documents in the same transaction.

    `by` None is the load of a data pack. Raises PermissionDenied and CannotChange.
    """
    fresh = _locked(site)
    if by is not None:
        _require_review(fresh, by)
    fresh.latest_version += 1
    fresh.published_version = fresh.latest_version
    fresh.state = SiteState.PUBLISHED
    fresh.review_comment = ""
    fresh.revision += 1
    fresh.save(update_fields=["latest_version", "published_version", "state", "review_comment", "revision"])
    SiteVersion.objects.create(
        site=fresh,
        number=fresh.published_version,
        snapshot=snapshot(fresh),
        published_at=now,
        published_by=by,
    )
    media.make_public([entry.photo for entry in fresh.photos.select_related("photo")])
    _log(fresh, "published", by=by, now=now, data={"version": fresh.published_version})
    return fresh


@transaction.atomic
def withdraw_site(*, site: Site, by: User, now: datetime) -> Site:
    """This will take a record off the public side at once; its code stays its own for ever.

    Raises PermissionDenied.
    """
    fresh = _locked(site)
    if not rules.can_withdraw(by, fresh):
        raise PermissionDenied
    fresh.published_version = 0
    fresh.state = SiteState.WITHDRAWN
    fresh.revision += 1
    fresh.save(update_fields=["published_version", "state", "revision"])
    media.make_private([entry.photo for entry in fresh.photos.select_related("photo")])
    _log(fresh, "withdrawn", by=by, now=now)
    return fresh


@transaction.atomic
def add_photo(
    *, site: Site, content: bytes, alt: Translated, credit: str, licence: str, taken_on: date | None, by: User | None,
    now: datetime,
) -> Photo:  # fmt: skip
    """This will add a photograph to the working copy; it is public when the record is next published.

    Raises PermissionDenied, ValidationError, and CannotChange when there are twenty already.
    """
    fresh = _locked(site)
    if by is not None and not rules.can_edit(by, fresh):
        raise PermissionDenied
    if fresh.photos.count() >= MAX_PHOTOS:
        raise CannotChange(_("A record has at most 20 photographs. Remove one first."))
    photo = media.store_photo(
        content=content, alt=alt, credit=credit, licence=licence, taken_on=taken_on, by=by, now=now
    )
    SitePhoto.objects.create(site=fresh, photo=photo, position=fresh.photos.count())
    _touch(fresh, now)
    _log(fresh, "photo_added", by=by, now=now, data={"photo": photo.name})
    return photo


@transaction.atomic
def remove_photo(*, site: Site, name: str, by: User, now: datetime) -> None:
    """This will take a photograph off the working copy. Raises PermissionDenied and CannotChange."""
    fresh = _locked(site)
    if not rules.can_edit(by, fresh):
        raise PermissionDenied
    entry = fresh.photos.select_related("photo").filter(photo__name=name).first()
    if entry is None:
        raise CannotChange(_("The photograph is not there any more."))
    media.delete_photo(entry.photo)
    _touch(fresh, now)
    _log(fresh, "photo_removed", by=by, now=now, data={"photo": name})


def _touch(site: Site, now: datetime) -> None:
    site.state = SiteState.DRAFT
    site.revision += 1
    site.updated_at = now
    site.save(update_fields=["state", "revision", "updated_at"])
