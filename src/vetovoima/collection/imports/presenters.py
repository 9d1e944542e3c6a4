"""What happened to an import, and to records through one, in words."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vetovoima.activity.models import Fact
from vetovoima.activity.registry import presenter


@presenter("collection.import.started")
def started(fact: Fact) -> str:
    """A file came."""
    return _("File received: %(file)s") % {"file": fact.data.get("file", "")}


@presenter("collection.import.committed")
def committed(fact: Fact) -> str:
    """Its rows were taken in."""
    result = fact.data.get("result", {})
    count = result.get("created", 0) + result.get("changed", 0)
    return ngettext("Taken in: %(count)s record", "Taken in: %(count)s records", count) % {"count": count}


@presenter("collection.import.undone")
def undone(fact: Fact) -> str:
    """It was taken back."""
    return _("The import was undone")


@presenter("catalogue.site.removed")
def removed(fact: Fact) -> str:
    """A draft that an import had made went when the import was undone."""
    return _("Removed: the import was undone")
