"""What the pages of enquiries show: plain shapes, made from queries and rules."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from vetovoima.accounts.enums import Sharing
from vetovoima.accounts.rights import Action, Kind
from vetovoima.accounts.rules import may
from vetovoima.activity.registry import in_words
from vetovoima.catalogue.rules import can_view as can_view_site
from vetovoima.common.fields import Translated
from vetovoima.common.time import working_hours_between
from vetovoima.desk.forms import here
from vetovoima.pipeline import queries
from vetovoima.pipeline.enums import ENDED, OPEN, UNANSWERED, EnquiryState, NoteKind, SpamReason, Verb
from vetovoima.pipeline.rules import possible_verbs
from vetovoima.syndication.queries import published_names

from .forms import StepForm
from .steps import NEXT, ORDER, STEPS

if TYPE_CHECKING:
    from vetovoima.pipeline.models import Enquiry

#: facts that say no more than the note beside them
TOLD_BY_NOTES = {"pipeline.enquiry.answered", "pipeline.enquiry.noted", "pipeline.enquiry.added_to"}
LAST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Tab:
    """One part of the list with its number."""

    name: str
    label: str
    states: tuple[str, ...]
    count: int


@dataclass(frozen=True)
class Moment:
    """One entry of the timeline: what happened or was written, by whom."""

    at: datetime
    title: str
    by: str
    text: str = ""


@dataclass(frozen=True)
class Shown:
    """One verb on the page with its form."""

    verb: Verb
    label: Any
    url: str
    form: StepForm
    is_next: bool

    @property
    def template(self) -> str:
        """The inside of the form: most verbs need no more than their fields in order."""
        drawn = {Verb.SHARE: "_share", Verb.SEAL: "_seal"}
        return f"desk/enquiries/{drawn.get(self.verb, '_fields')}.html"

    @property
    def is_open(self) -> bool:
        """A refused form stays open."""
        return bool(self.form.is_bound and self.form.errors)


def tabs(user: Any) -> list[Tab]:
    """The parts of the list; what is held only for those who screen."""
    counts = queries.counts(user)
    found = [("open", _("Open"), OPEN), ("ended", _("Ended"), ENDED)]
    if may(user, Kind.ENQUIRY, Action.SCREEN):
        found.append(("held", _("Held as possible spam"), (EnquiryState.HELD,)))
    return [
        Tab(name, label, tuple(states), sum(counts[one] for one in states)) for name, label, states in found
    ]


def by_deadline(found: Iterable[Enquiry]) -> list[Enquiry]:
    """This will put those still unanswered first, by their deadline, then the others, newest first."""
    return sorted(found, key=lambda one: (one.state not in UNANSWERED, one.first_answer_due_at or LAST))


def who_sees(enquiry: Enquiry) -> str:
    """This will say in words who can see an enquiry."""
    if enquiry.sharing == Sharing.SEALED:
        return _("Sealed. Seen only by: %(names)s.") % {
            "names": ", ".join(str(one) for one in enquiry.sealed_for.all())
        }
    carried = [str(one) for one in (enquiry.owner, enquiry.deputy) if one]
    seen = [_("the coordinators of the council"), *carried]
    if enquiry.sharing == Sharing.PARTIES:
        seen += [one.name.best(here())[0] for one in enquiry.parties.all()]
    if enquiry.sharing == Sharing.NETWORK:
        seen.append(_("all partners signed in"))
    return _("Seen by: %(names)s.") % {"names": ", ".join(dict.fromkeys(seen))}


def timeline(enquiry: Enquiry) -> list[Moment]:
    """This will set what happened and what was written in one line of time, newest first."""
    told = [
        Moment(one.at, in_words(one), one.actor_name)
        for one in queries.history(enquiry)
        if one.type not in TOLD_BY_NOTES
    ]
    written = [
        Moment(one.at, str(NoteKind(one.kind).label), str(one.by or enquiry.person_name), one.text)
        for one in queries.notes(enquiry)
    ]
    return sorted([*told, *written], key=lambda one: one.at, reverse=True)


def answer_hours(enquiry: Enquiry) -> float | None:
    """In how many office hours the first answer came, or None before it."""
    if enquiry.first_answered_at is None or enquiry.clock_started_at is None:
        return None
    country, zone = queries.region_calendar()
    return working_hours_between(
        enquiry.clock_started_at, enquiry.first_answered_at, country=country, time_zone=zone
    )


def enquiry_page(user: Any, enquiry: Enquiry, bound: dict[Verb, StepForm] | None = None) -> dict[str, Any]:
    """One enquiry with what this person may do to it now; the next step first."""
    following = NEXT[enquiry.state]
    steps = [
        Shown(
            verb,
            STEPS[verb].label,
            reverse(f"desk:enquiry-{verb.value}", args=[enquiry.reference]),
            (bound or {}).get(verb) or STEPS[verb].form(enquiry, prefix=verb.value),
            verb == following,
        )
        for verb in sorted(possible_verbs(user, enquiry), key=ORDER.index)
    ]
    return {
        "area_name": "enquiries",
        "enquiry": enquiry,
        "who_sees": who_sees(enquiry),
        "next": next((one for one in steps if one.is_next), None),
        "others": [one for one in steps if not one.is_next],
        "timeline": timeline(enquiry),
        "is_running": enquiry.state in UNANSWERED,
        "hours": answer_hours(enquiry),
        "spam_reasons": [SpamReason(one).label for one in enquiry.spam_reasons],
        "sees_site": bool(enquiry.site and can_view_site(user, enquiry.site)),
        "site_name": site_name(user, enquiry),
    }


def site_name(user: Any, enquiry: Enquiry) -> Translated:
    """What the record that an enquiry is about is called: the working copy's name for whoever may see that, for all
    others the name that is public, and none when it is not public any more."""
    if enquiry.site is None:
        return Translated()
    if can_view_site(user, enquiry.site):
        return enquiry.site.name
    return published_names([enquiry.site.code]).get(enquiry.site.code, Translated())


def promise_kept(user: Any) -> queries.FirstAnswerTimes | None:
    """How the promise of a first answer was kept, for those who screen; None for others and before the first answer."""
    if not may(user, Kind.ENQUIRY, Action.SCREEN):
        return None
    times = queries.first_answer_times(timezone.now())
    return times if times.answered or times.overdue else None
