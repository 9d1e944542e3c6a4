"""Questions about archives."""

from __future__ import annotations

from typing import IO

from django.core.files.storage import default_storage
from django.db.models import QuerySet

from vetovoima.reference.queries import municipalities

from .models import WHOLE, Bundle


def ready_bundles() -> QuerySet[Bundle]:
    """The archives that lie ready, by name."""
    return Bundle.objects.order_by("name")


def bundle(name: str) -> Bundle | None:
    """One archive that lies ready, or None."""
    return ready_bundles().filter(name=name).first()


def bundle_names() -> list[str]:
    """The name of every archive that there is to be: everything, then each municipality."""
    return [WHOLE, *municipalities().values_list("slug", flat=True)]


def content_of(found: Bundle) -> IO[bytes] | None:
    """The stored archive, open for reading; None when it is not there any more."""
    try:
        opened: IO[bytes] = default_storage.open(found.stored_as, "rb")
    except FileNotFoundError:
        return None
    return opened
