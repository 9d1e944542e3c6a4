"""Questions about files."""

from __future__ import annotations

from vetovoima.accounts.enums import Sharing

from .models import Photo, StoredFile, StoredFileQuerySet


def public_photo(name: str) -> Photo | None:
    """A photograph that anybody may see, or None."""
    return Photo.objects.filter(name=name, sharing=Sharing.PUBLIC).first()


def photo(name: str) -> Photo | None:
    """A photograph whatever its sharing; who asks has checked the right to what it belongs to."""
    return Photo.objects.filter(name=name).first()


def public_file(name: str) -> StoredFile | None:
    """A document that anybody may have now, or None."""
    return StoredFile.objects.open_to_anybody().filter(name=name).first()


def network_files() -> StoredFileQuerySet:
    """The documents that every partner who signs in may have now; who asks has checked that they are one."""
    return StoredFile.objects.open_to_network()
