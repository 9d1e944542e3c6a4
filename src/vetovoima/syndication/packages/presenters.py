"""What happened to an offer package, in words."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vetovoima.activity.models import Fact
from vetovoima.activity.registry import presenter


@presenter("syndication.package.created")
def created(fact: Fact) -> str:
    """It was begun."""
    return _("Package begun")


@presenter("syndication.package.edited")
def edited(fact: Fact) -> str:
    """Fields were changed."""
    count = len(fact.changes)
    return ngettext("Edited %(count)s field", "Edited %(count)s fields", count) % {"count": count}


@presenter("syndication.package.ready")
def ready(fact: Fact) -> str:
    """It can be shown."""
    return _("Package marked ready")


@presenter("syndication.package.archived")
def archived(fact: Fact) -> str:
    """It was put away."""
    return _("Package archived")


@presenter("syndication.package.reopened")
def reopened(fact: Fact) -> str:
    """It is a draft again."""
    return _("Package opened again")
