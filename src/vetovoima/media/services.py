"""Taking photographs in, and giving them out."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from vetovoima.accounts.enums import Sharing
from vetovoima.accounts.models import User
from vetovoima.common.fields import Translated
from vetovoima.common.sandbox import clean_image

from .models import Photo

SIZES = ("large", "small")


def storage_path(name: str, size: str) -> str:
    """Where a size of a photograph is stored, below the media folder."""
    return f"photos/{name[:2]}/{name}-{size}.jpg"


def check_photo_size(size: int) -> None:
    """This will refuse a photograph that is too large; raises ValidationError."""
    if size > settings.VETOVOIMA_MAX_UPLOAD_BYTES:
        raise ValidationError(_("The file is too large: at most 10 MB."), code="too_large")


def store_photo(
    *,
    content: bytes,
    alt: Translated,
    credit: str,
    licence: str,
    taken_on: date | None,
    by: User | None,
    now: datetime,
) -> Photo:
    """This will check, re-encode and store a photograph; it is not public until what it belongs to is published.

    Raises ValidationError for a file over 10 MB, one that is no photograph, or one without a text alternative.
    """
    check_photo_size(len(content))
    if not alt:
        raise ValidationError(_("Describe the photograph for those who cannot see it."), code="no_alt")
    clean = clean_image(content)
    photo = Photo.objects.create(
        width=clean.width, height=clean.height, alt=alt, credit=credit, licence=licence, taken_on=taken_on,
        uploaded_by=by, uploaded_at=now, sharing=Sharing.OWNER,
    )  # fmt: skip
    default_storage.save(storage_path(photo.name, "large"), ContentFile(clean.large))
    default_storage.save(storage_path(photo.name, "small"), ContentFile(clean.small))
    return photo


def describe_photo(
    *, photo: Photo, alt: Translated, credit: str, licence: str, taken_on: date | None
) -> None:
    """This will change what is said of a photograph. Raises ValidationError without a text alternative."""
    if not alt:
        raise ValidationError(_("Describe the photograph for those who cannot see it."), code="no_alt")
    photo.alt, photo.credit, photo.licence, photo.taken_on = alt, credit, licence, taken_on
    photo.save(update_fields=["alt", "credit", "licence", "taken_on"])


def make_public(photos: list[Photo]) -> None:
    """This will open photographs to anybody, because what they belong to was published."""
    for photo in photos:
        if photo.sharing != Sharing.PUBLIC:
            photo.sharing = Sharing.PUBLIC
            photo.save(update_fields=["sharing"])


def make_private(photos: list[Photo]) -> None:
    """This will close photographs again, because what they belong to was withdrawn."""
    for photo in photos:
        photo.sharing = Sharing.OWNER
        photo.save(update_fields=["sharing"])


@transaction.atomic
def delete_photo(photo: Photo) -> None:
    """This will remove a photograph; its files go when the transaction has held."""
    paths = [storage_path(photo.name, size) for size in SIZES]
    photo.delete()
    transaction.on_commit(lambda: _delete_files(paths))


def _delete_files(paths: list[str]) -> None:
    for path in paths:
        default_storage.delete(path)


def photo_file(photo: Photo, size: str) -> Path | None:
    """The stored file of a size, or None when it is not there."""
    path = Path(default_storage.path(storage_path(photo.name, size)))
    return path if size in SIZES and path.exists() else None
