"""What happened to an enquiry, in words. None of them says who asked or what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from vetovoima.accounts.enums import Sharing
from vetovoima.activity.registry import presenter

from .enums import ClosingReason, RejectionReason

if TYPE_CHECKING:
    from vetovoima.activity.models import Fact


@presenter("pipeline.enquiry.received")
def received(fact: Fact) -> str:
    """It came."""
    return _("Enquiry %(reference)s received") % {"reference": fact.code}


@presenter("pipeline.enquiry.held")
def held(fact: Fact) -> str:
    """It came and looks like spam."""
    return _("Enquiry %(reference)s held as possible spam") % {"reference": fact.code}


@presenter("pipeline.enquiry.released")
def released(fact: Fact) -> str:
    """It is no spam."""
    return _("Enquiry %(reference)s released: not spam") % {"reference": fact.code}


@presenter("pipeline.enquiry.marked_as_spam")
def marked_as_spam(fact: Fact) -> str:
    """It is spam."""
    return _("Enquiry %(reference)s put away as spam") % {"reference": fact.code}


@presenter("pipeline.enquiry.added_to")
def added_to(fact: Fact) -> str:
    """The person sent it again with other words."""
    return _("The person added to enquiry %(reference)s") % {"reference": fact.code}


@presenter("pipeline.enquiry.screening_started")
def screening_started(fact: Fact) -> str:
    """Somebody looks at it."""
    return _("Screening of enquiry %(reference)s started") % {"reference": fact.code}


@presenter("pipeline.enquiry.assigned")
def assigned(fact: Fact) -> str:
    """It has an owner and a deputy."""
    return _("Enquiry %(reference)s assigned to an owner and a deputy") % {"reference": fact.code}


@presenter("pipeline.enquiry.shared")
def shared(fact: Fact) -> str:
    """Who may see it changed."""
    level = fact.changes.get("sharing", [None, fact.sharing])[1]
    label = Sharing(level).label if level in Sharing.values else level
    return _("Enquiry %(reference)s may be seen by: %(level)s") % {"reference": fact.code, "level": label}


@presenter("pipeline.enquiry.sealed")
def sealed(fact: Fact) -> str:
    """Only named persons see it."""
    return _("Enquiry %(reference)s sealed to named persons") % {"reference": fact.code}


@presenter("pipeline.enquiry.answered")
def answered(fact: Fact) -> str:
    """The person got an answer."""
    if fact.data.get("is_first_answer"):
        return _("First answer to enquiry %(reference)s") % {"reference": fact.code}
    return _("Answer to enquiry %(reference)s") % {"reference": fact.code}


@presenter("pipeline.enquiry.noted")
def noted(fact: Fact) -> str:
    """A note was written."""
    return _("Note on enquiry %(reference)s") % {"reference": fact.code}


@presenter("pipeline.enquiry.closed")
def closed(fact: Fact) -> str:
    """It ended after an answer."""
    return _("Enquiry %(reference)s closed: %(reason)s") % {
        "reference": fact.code,
        "reason": _label(ClosingReason, fact.data.get("reason", "")),
    }


@presenter("pipeline.enquiry.rejected")
def rejected(fact: Fact) -> str:
    """It is not taken further."""
    return _("Enquiry %(reference)s rejected: %(reason)s") % {
        "reference": fact.code,
        "reason": _label(RejectionReason, fact.data.get("reason", "")),
    }


@presenter("pipeline.enquiry.reopened")
def reopened(fact: Fact) -> str:
    """It is taken up again."""
    return _("Enquiry %(reference)s reopened") % {"reference": fact.code}


def _label(choices: type[ClosingReason] | type[RejectionReason], value: str) -> str:
    return str(choices(value).label) if value in choices.values else value
