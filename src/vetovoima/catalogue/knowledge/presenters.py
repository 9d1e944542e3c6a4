"""What happened to the knowledge, in words."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vetovoima.activity.models import Fact
from vetovoima.activity.registry import presenter

WORDS = ("fact", "policy", "asset", "reference", "permit_path")


def _created(fact: Fact) -> str:
    return _("Added")


def _edited(fact: Fact) -> str:
    count = len(fact.changes)
    return ngettext("Edited %(count)s field", "Edited %(count)s fields", count) % {"count": count}


def _loaded(fact: Fact) -> str:
    return _("Taken from the region's data")


for _word in WORDS:
    presenter(f"catalogue.{_word}.created")(_created)
    presenter(f"catalogue.{_word}.edited")(_edited)
    presenter(f"catalogue.{_word}.loaded")(_loaded)


@presenter("catalogue.fact.confirmed")
def confirmed(fact: Fact) -> str:
    """Somebody checked it."""
    return _("Checked: still true")


@presenter("catalogue.fact.retired")
def retired(fact: Fact) -> str:
    """It is no longer kept."""
    replacement = (fact.changes.get("replaced_by") or [None, None])[1]
    if replacement:
        return _("Retired, replaced by %(code)s") % {"code": replacement}
    return _("Retired without a replacement")


@presenter("catalogue.fact.aged")
def aged(fact: Fact) -> str:
    """Its review day passed."""
    return _("The day of its review passed")


@presenter("catalogue.fact.followed")
def followed(fact: Fact) -> str:
    """Its indicator has a new figure."""
    return _("New figure of its indicator")


@presenter("catalogue.reference.consent_withdrawn")
def consent_withdrawn(fact: Fact) -> str:
    """The company no longer wants to be named."""
    return _("Consent withdrawn")


@presenter("catalogue.reference.consent_ended")
def consent_ended(fact: Fact) -> str:
    """The consent ran out."""
    return _("Consent ended")


@presenter("catalogue.permit_path.steps_edited")
def steps_edited(fact: Fact) -> str:
    """Its steps changed."""
    return _("Steps changed")
