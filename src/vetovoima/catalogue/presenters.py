"""What happened to a site, in words."""

from __future__ import annotations

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
    return _("Withdrawn from the public side")


@presenter("catalogue.site.photo_added")
def photo_added(fact: Fact) -> str:
    """A photograph came."""
    return _("Photograph added")


@presenter("catalogue.site.photo_removed")
def photo_removed(fact: Fact) -> str:
    """A photograph went."""
    return _("Photograph removed")
