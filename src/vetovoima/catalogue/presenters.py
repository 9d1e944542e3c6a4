"""What happened to a site, in words."""

from __future__ import annotations

from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vetovoima.activity.models import Fact
from vetovoima.activity.registry import presenter


@presenter("catalogue.site.created")
def created(fact: Fact) -> str:
    """The record was made."""
    return _("Created")


@presenter("catalogue.site.edited")
def edited(fact: Fact) -> str:
    """Fields were changed."""
    count = len(fact.changes)
    return ngettext("Edited %(count)s field", "Edited %(count)s fields", count) % {"count": count}


@presenter("catalogue.site.submitted")
def submitted(fact: Fact) -> str:
    """It went to review."""
    return _("Submitted for review")


@presenter("catalogue.site.returned")
def returned(fact: Fact) -> str:
    """It came back with a comment."""
    return _("Returned: %(comment)s") % {"comment": fact.data.get("comment", "")}


@presenter("catalogue.site.published")
def published(fact: Fact) -> str:
    """It became public."""
    return _("Published as version %(version)s") % {"version": fact.data.get("version", "")}


@presenter("catalogue.site.withdrawn")
def withdrawn(fact: Fact) -> str:
    """It left the public side."""
    if code := fact.data.get("redirect"):
        return _("Withdrawn from the public side; its address leads to %(code)s") % {"code": code}
    return _("Withdrawn from the public side")


@presenter("catalogue.site.imported")
def imported(fact: Fact) -> str:
    """Fields were changed by an import."""
    count = len(fact.changes)
    return ngettext("Import changed %(count)s field", "Import changed %(count)s fields", count) % {
        "count": count
    }


@presenter("catalogue.site.undone")
def undone(fact: Fact) -> str:
    """An edit was taken back."""
    count = len(fact.changes)
    return ngettext("Undone: %(count)s field as before", "Undone: %(count)s fields as before", count) % {
        "count": count
    }


@presenter("catalogue.site.restored")
def restored(fact: Fact) -> str:
    """A published version was brought back into the working copy."""
    return _("Restored from version %(version)s") % {"version": fact.data.get("version", "")}


@presenter("catalogue.site.scheduled")
def scheduled(fact: Fact) -> str:
    """It will be published later."""
    at = datetime.fromisoformat(str(fact.data["at"]))
    return _("To be published on %(at)s") % {"at": date_format(localtime(at), "SHORT_DATETIME_FORMAT")}


@presenter("catalogue.site.unscheduled")
def unscheduled(fact: Fact) -> str:
    """The later publishing was taken back, or what was reviewed is not what the record says any more."""
    if fact.data.get("changed"):
        return _("The later publishing was cancelled, because the record was changed")
    return _("The later publishing was cancelled; the record waits for review")


@presenter("catalogue.site.file_added")
def file_added(fact: Fact) -> str:
    """A document came."""
    return _("Document added")


@presenter("catalogue.site.file_removed")
def file_removed(fact: Fact) -> str:
    """A document went."""
    return _("Document removed")


@presenter("catalogue.site.file_described")
def file_described(fact: Fact) -> str:
    """What is said of a document was changed."""
    return _("What is said of a document was changed")


@presenter("catalogue.site.file_closed")
def file_closed(fact: Fact) -> str:
    """A document is open to fewer than before."""
    return _("A document was closed: fewer people may open it")


@presenter("catalogue.site.file_rescanned")
def file_rescanned(fact: Fact) -> str:
    """Somebody asked the virus scanner again."""
    return _("A document was sent to the virus scanner again")


@presenter("catalogue.site.file_clean")
def file_clean(fact: Fact) -> str:
    """The virus scanner found nothing."""
    return _("A document was scanned: no virus found")


@presenter("catalogue.site.file_infected")
def file_infected(fact: Fact) -> str:
    """The virus scanner found something."""
    return _("A document was removed: a virus was found in it")


@presenter("catalogue.site.file_failed")
def file_failed(fact: Fact) -> str:
    """The virus scanner gave no verdict."""
    return _("A document could not be scanned for viruses")


@presenter("catalogue.site.photo_described")
def photo_described(fact: Fact) -> str:
    """What is said of a photograph was changed."""
    return _("What is said of a photograph was changed")


@presenter("catalogue.site.photo_added")
def photo_added(fact: Fact) -> str:
    """A photograph came."""
    return _("Photograph added")


@presenter("catalogue.site.photo_moved")
def photo_moved(fact: Fact) -> str:
    """A photograph changed its place."""
    place = fact.data.get("place")
    if place == 1:
        return _("Another photograph was made the cover")
    return _("A photograph was moved to place %(place)s") % {"place": place}


@presenter("catalogue.site.photo_removed")
def photo_removed(fact: Fact) -> str:
    """A photograph went."""
    return _("Photograph removed")
