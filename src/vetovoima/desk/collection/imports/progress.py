"""How far an import is, in words and per cent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from .shapes import base_page

if TYPE_CHECKING:
    from vetovoima.collection.models import Import

PHASES = {
    "checking": _("Reading and checking the rows"),
    "preparing": _("Preparing the records; nothing is written yet"),
    "undoing": _("Finding what can be taken back"),
}


def progress_page(import_: Import) -> dict[str, Any]:
    """The phase, and how many of how many rows are done."""
    total = max(import_.total, import_.done, 1)
    return {
        **base_page(import_),
        "phase": PHASES.get(import_.phase, _("Waiting for its turn")),
        "total": total,
        "is_stopping": import_.cancel_asked,
    }
