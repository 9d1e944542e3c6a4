"""States of an import and of its rows, and what a column may do to values that are there already."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ImportState(TextChoices):
    """Where an import is on its way from a file to the working copies."""

    UPLOADED = "uploaded", _("File received")
    MAPPED = "mapped", _("Columns confirmed")
    CHECKING = "checking", _("Being checked")
    READY = "ready", _("Ready to be taken in")
    COMMITTING = "committing", _("Being taken in")
    COMMITTED = "committed", _("Taken in")
    UNDOING = "undoing", _("Being undone")
    UNDONE = "undone", _("Undone")
    FAILED = "failed", pgettext_lazy("import", "Could not be read")
    CANCELLED = "cancelled", pgettext_lazy("import", "Stopped")


class RowState(TextChoices):
    """What taking in a row would do."""

    NEW = "new", pgettext_lazy("row of a file", "New")
    CHANGED = "changed", pgettext_lazy("row of a file", "Changes a record")
    SAME = "same", pgettext_lazy("row of a file", "The same")
    ERROR = "error", pgettext_lazy("row of a file", "Error")
    SKIPPED = "skipped", pgettext_lazy("row of a file", "Left out")


class Rule(TextChoices):
    """What a column does where the record has a value already."""

    OVERWRITE = "overwrite", _("Replace what is there")
    FILL = "fill", _("Only fill blanks")
    KEEP = "keep", _("Only for new records")


#: states in which work is going on in the background
BUSY = (ImportState.CHECKING, ImportState.COMMITTING, ImportState.UNDOING)
#: states in which the columns may be confirmed anew
MAPPABLE = (ImportState.UPLOADED, ImportState.MAPPED, ImportState.READY, ImportState.CANCELLED)
#: rows that a commit writes
WRITTEN = (RowState.NEW, RowState.CHANGED)
