"""What happened to stewards, duties and rounds, in words. None of them says what was answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vetovoima.activity.registry import presenter

if TYPE_CHECKING:
    from vetovoima.activity.models import Fact

WORDS = {
    "collection.steward.named": gettext_lazy("Steward and deputy named"),
    "collection.steward.away": gettext_lazy("The steward is away: the deputy is asked"),
    "collection.steward.back": gettext_lazy("The steward is back"),
    "collection.steward.coach_mail_on": gettext_lazy("Weekly mail switched on"),
    "collection.steward.coach_mail_off": gettext_lazy("Weekly mail switched off"),
    "collection.round.created": gettext_lazy("Round planned"),
    "collection.round.edited": gettext_lazy("Round changed"),
    "collection.round.opened": gettext_lazy("Round opened"),
    "collection.round.closed": gettext_lazy("Round closed"),
    "collection.round.dropped": gettext_lazy("Planned round removed"),
    "collection.answer.started": gettext_lazy("Answering begun"),
    "collection.answer.taken_back": gettext_lazy("Answer taken back for a change"),
    "collection.answer.accepted": gettext_lazy("Answer accepted"),
    "collection.answer.returned": gettext_lazy("Answer returned for completion"),
    "collection.answer.visit_set": gettext_lazy("Day of the visit set"),
    "collection.answer.link_made": gettext_lazy("Link for answering made"),
    "collection.answer.link_revoked": gettext_lazy("Link for answering revoked"),
}


def _say(type_: str) -> None:
    """This will register one sentence that says the same each time."""

    @presenter(type_)
    def words(fact: Fact) -> str:
        return str(WORDS[type_])


for _type in WORDS:
    _say(_type)


@presenter("collection.answer.answered")
def answered(fact: Fact) -> str:
    """It was handed in, in time or late."""
    return _("Answer handed in, late") if fact.data.get("is_late") else _("Answer handed in")


@presenter("collection.duty.done")
def duty_done(fact: Fact) -> str:
    """Somebody said that a duty was done."""
    return _("Duty marked as done: %(duty)s") % {"duty": fact.data.get("duty", "")}
