"""What happened to an assessment or a plan, in words."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vetovoima.activity.models import Fact
from vetovoima.activity.registry import presenter


@presenter("cooperation.assessment.saved")
def saved(fact: Fact) -> str:
    """Levels or grounds were written."""
    count = len(fact.data.get("fields", ()))
    return ngettext(
        "Self-assessment: %(count)s item changed", "Self-assessment: %(count)s items changed", count
    ) % {"count": count}


@presenter("cooperation.assessment.finished")
def finished(fact: Fact) -> str:
    """The year's assessment is closed."""
    return _("Self-assessment finished")


@presenter("cooperation.assessment.reopened")
def reopened(fact: Fact) -> str:
    """It is open again."""
    return _("Self-assessment reopened")


@presenter("cooperation.action.added")
def action_added(fact: Fact) -> str:
    """An action came to the plan."""
    return _("Action added to the development plan")


@presenter("cooperation.action.edited")
def action_edited(fact: Fact) -> str:
    """An action changed."""
    return _("Action of the development plan changed")
