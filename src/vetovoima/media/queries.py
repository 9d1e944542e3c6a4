"""Questions about files."""

from __future__ import annotations

from vetovoima.accounts.enums import Sharing

from .models import Photo


def public_photo(name: str) -> Photo | None:
    """A photograph that anybody may see, or None."""
    return Photo.objects.filter(name=name, sharing=Sharing.PUBLIC).first()


def photo(name: str) -> Photo | None:
    """A photograph whatever its sharing; who asks has checked the right to what it belongs to."""
    return Photo.objects.filter(name=name).first()
