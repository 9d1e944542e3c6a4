"""Photographs of a record: they belong to the working copy, and are public when it is next published."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from vetovoima.accounts.models import User
from vetovoima.catalogue.models import Site, SitePhoto
from vetovoima.common.fields import Translated
from vetovoima.media import services as media
from vetovoima.media.models import Photo

from .editing import require_editable
from .steps import CannotChange, locked, log, touch

MAX_PHOTOS = 20


@transaction.atomic
def add_photo(
    *, site: Site, content: bytes, alt: Translated, credit: str, licence: str, taken_on: date | None, by: User | None,
    now: datetime,
) -> Photo:  # fmt: skip
    """This will add a photograph to the working copy; it is public when the record is next published.

    Raises PermissionDenied, ValidationError, and CannotChange under review or when there are twenty already.
    """
    fresh = locked(site)
    require_editable(fresh, by)
    if fresh.photos.count() >= MAX_PHOTOS:
        raise CannotChange(_("A record has at most 20 photographs. Remove one first."))
    photo = media.store_photo(
        content=content, alt=alt, credit=credit, licence=licence, taken_on=taken_on, by=by, now=now
    )
    SitePhoto.objects.create(site=fresh, photo=photo, position=fresh.photos.count())
    touch(fresh, now)
    log(fresh, "photo_added", by=by, now=now, data={"photo": photo.name})
    return photo


@transaction.atomic
def describe_photo(
    *, site: Site, name: str, alt: Translated, credit: str, licence: str, taken_on: date | None, by: User | None,
    now: datetime,
) -> Photo:  # fmt: skip
    """This will change what is said of a photograph; public when the record is next published.

    Raises PermissionDenied, ValidationError without words for those who cannot see it, and CannotChange.
    """
    fresh = locked(site)
    require_editable(fresh, by)
    photo = _entry(fresh, name).photo
    media.describe_photo(photo=photo, alt=alt, credit=credit, licence=licence, taken_on=taken_on)
    touch(fresh, now)
    log(fresh, "photo_described", by=by, now=now, data={"photo": name})
    return photo


@transaction.atomic
def move_photo(*, site: Site, name: str, earlier: bool, by: User | None, now: datetime) -> int:
    """This will move a photograph one place earlier or later and return its place from 1; the first is the cover.

    The new order is public when the record is next published. At the end of the row nothing changes and nothing is
    recorded. Raises PermissionDenied and CannotChange.
    """
    fresh = locked(site)
    require_editable(fresh, by)
    entry = _entry(fresh, name)
    row = list(fresh.photos.select_related("photo").order_by("position", "pk"))
    before = row.index(entry)
    after = min(max(before + (-1 if earlier else 1), 0), len(row) - 1)
    if before == after:
        return before + 1
    row.insert(after, row.pop(before))
    for position, one in enumerate(row):
        one.position = position
    SitePhoto.objects.bulk_update(row, ["position"])
    touch(fresh, now)
    log(fresh, "photo_moved", by=by, now=now, data={"photo": name, "place": after + 1})
    return after + 1


@transaction.atomic
def remove_photo(*, site: Site, name: str, by: User | None, now: datetime) -> None:
    """This will take a photograph off the record, and off the public side at once: whoever asks for that has a reason.

    Raises PermissionDenied and CannotChange.
    """
    fresh = locked(site)
    require_editable(fresh, by)
    media.delete_photo(_entry(fresh, name).photo)
    touch(fresh, now)
    log(fresh, "photo_removed", by=by, now=now, data={"photo": name})


def _entry(site: Site, name: str) -> SitePhoto:
    found = site.photos.select_related("photo").filter(photo__name=name).first()
    if found is None:
        raise CannotChange(_("The photograph is not there any more."))
    return found
