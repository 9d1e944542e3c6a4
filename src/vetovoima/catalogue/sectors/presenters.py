"""What happened to a sheet, in words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from vetovoima.activity.models import Fact
from vetovoima.activity.registry import presenter


@presenter("catalogue.sector_sheet.created")
def created(fact: Fact) -> str:
    """Somebody began it."""
    return _("Sheet begun")


@presenter("catalogue.sector_sheet.loaded")
def loaded(fact: Fact) -> str:
    """It came with the region's data."""
    return _("Taken from the region's data")


@presenter("catalogue.sector_sheet.edited")
def edited(fact: Fact) -> str:
    """Its content changed; a change after the review takes the review away."""
    if "state" in fact.changes:
        return _("Edited: a draft again, to be reviewed anew")
    return _("Edited")


@presenter("catalogue.sector_sheet.judged")
def judged(fact: Fact) -> str:
    """Somebody gave scores."""
    return _("Strengths judged")


@presenter("catalogue.sector_sheet.review_asked")
def review_asked(fact: Fact) -> str:
    """An expert was asked."""
    return _("Sent to an expert: %(name)s") % {"name": fact.data.get("reviewer", "–")}


@presenter("catalogue.sector_sheet.returned")
def returned(fact: Fact) -> str:
    """The expert wants something changed."""
    return _("Returned by the expert")


@presenter("catalogue.sector_sheet.reviewed")
def reviewed(fact: Fact) -> str:
    """The expert stands behind it."""
    if fact.data.get("is_example"):
        return _("Example of a review")
    return _("Reviewed by %(name)s") % {"name": fact.data.get("reviewer", "–")}


@presenter("catalogue.sector_sheet.expired")
def expired(fact: Fact) -> str:
    """The review is too old."""
    return _("The review expired")


@presenter("catalogue.sector_sheet.homework_marked")
def homework_marked(fact: Fact) -> str:
    """An item was ticked off, or opened again."""
    return _("Homework done") if fact.data.get("is_done") else _("Homework opened again")
