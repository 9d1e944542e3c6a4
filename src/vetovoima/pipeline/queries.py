"""Questions about enquiries. What a person must not see and what does not exist look the same from here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from statistics import median
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, Q, QuerySet

from vetovoima.accounts.enums import Role
from vetovoima.accounts.queries import people_with_role
from vetovoima.accounts.rights import Action, Kind, Reach, reach_of_role
from vetovoima.accounts.rules import may
from vetovoima.activity.queries import history_of
from vetovoima.common.time import working_deadline, working_hours_between
from vetovoima.reference.queries import promised_working_days, region

from .enums import OPEN, UNANSWERED, EnquiryState
from .models import Enquiry, EnquiryNote, EnquiryQuerySet

if TYPE_CHECKING:
    from vetovoima.accounts.models import User
    from vetovoima.activity.models import Fact

DEFAULT_PLACE = ("FI", "Europe/Helsinki")


class NoSuchEnquiry(LookupError):
    """There is no such enquiry, or not for this person."""


@dataclass(frozen=True)
class Waiting:
    """What waits for a person on their day: the enquiry, why, and until when."""

    enquiry: Enquiry
    why: str
    due_at: datetime | None
    is_overdue: bool


@dataclass(frozen=True)
class FirstAnswerTimes:
    """How the promise of a first answer was kept; examples and spam are not counted."""

    promised_working_days: int
    answered: int
    in_time: int
    overdue: int
    median_working_hours: float | None

    @property
    def share_in_time(self) -> float | None:
        """From 0 to 1: answered in time, of those answered and those whose time ran out; None when there are none."""
        late = self.answered - self.in_time + self.overdue
        return self.in_time / (self.in_time + late) if self.in_time + late else None


def region_calendar() -> tuple[str, str]:
    """The country whose holidays count and the time zone in which the region's day ends."""
    found = region()
    return (found.country, found.time_zone) if found else DEFAULT_PLACE


def answer_deadline(start: datetime) -> datetime:
    """By when an enquiry whose clock starts then is promised a first answer."""
    country, time_zone = region_calendar()
    return working_deadline(start, promised_working_days(), country=country, time_zone=time_zone)


def enquiries_for(user: Any, *, states: Iterable[str] | None = None, text: str = "") -> EnquiryQuerySet:
    """The enquiries that a person may see, newest first; of some states, with some words, when asked."""
    found = Enquiry.objects.visible_to(user).complete().order_by("-received_at", "-pk")
    if states is not None:
        found = found.filter(state__in=list(states))
    for word in text.split()[:8]:
        found = found.filter(
            Q(reference__icontains=word)
            | Q(person_name__icontains=word)
            | Q(person_email__icontains=word)
            | Q(company_name__icontains=word)
            | Q(message__icontains=word)
        )
    return found


def enquiry_for(user: Any, reference: str) -> Enquiry:
    """One enquiry for a person; raises NoSuchEnquiry when it is absent or hidden."""
    found = Enquiry.objects.visible_to(user).complete().filter(reference=reference).first()
    if found is None:
        raise NoSuchEnquiry(reference)
    return found


def enquiry(reference: str) -> Enquiry | None:
    """One enquiry without a person: for the system's own work, such as mails about it."""
    return Enquiry.objects.complete().filter(reference=reference).first()


def counts(user: Any) -> dict[str, int]:
    """How many enquiries a person sees in each state; every state is named."""
    rows = Enquiry.objects.visible_to(user).order_by().values("state").annotate(number=Count("pk"))
    return {**dict.fromkeys(EnquiryState.values, 0), **{row["state"]: row["number"] for row in rows}}


def enquiries_about_site(user: Any, code: str) -> EnquiryQuerySet:
    """The enquiries about one site that a person may see, newest first."""
    return enquiries_for(user).filter(site__code=code)


def notes(enquiry: Enquiry) -> QuerySet[EnquiryNote]:
    """What was written down about an enquiry, oldest first. The caller has fetched it for a person."""
    return EnquiryNote.objects.filter(enquiry=enquiry).select_related("by").order_by("at", "pk")


def history(enquiry: Enquiry) -> QuerySet[Fact]:
    """What happened to an enquiry, newest first. The caller has fetched it for a person."""
    return history_of("enquiry", enquiry.reference)


def waiting_for(user: Any, now: datetime) -> list[Waiting]:
    """What waits for a person, the most urgent first.

    Why: `held`, `new` and `screening` for those who screen; `answer` for the owner and the deputy, and for those who
    screen once its time is past; `shared` for those with whom it was shared.
    """
    seen = Enquiry.objects.visible_to(user).filter(state__in=[EnquiryState.HELD, *OPEN]).complete()
    screens = may(user, Kind.ENQUIRY, Action.SCREEN)
    found = []
    for one in seen.order_by(F("first_answer_due_at").asc(nulls_last=True), "pk"):
        is_late = (
            one.state in UNANSWERED and one.first_answer_due_at is not None and one.first_answer_due_at < now
        )
        if why := _why(one, user, screens=screens, is_late=is_late):
            due_at = one.first_answer_due_at if one.state in UNANSWERED else None
            found.append(Waiting(one, why, due_at, is_late))
    return sorted(found, key=lambda item: item.due_at is None)


def _why(enquiry: Enquiry, user: Any, *, screens: bool, is_late: bool) -> str:
    """Why an enquiry waits for a person; empty when it does not."""
    is_carried = user.pk in (enquiry.owner_id, enquiry.deputy_id)
    if enquiry.state == EnquiryState.ASSIGNED:
        return "answer" if is_carried or (screens and is_late) else "" if screens else "shared"
    if screens:
        return "" if enquiry.state == EnquiryState.ANSWERED else str(enquiry.state)
    return "shared"


def overdue(now: datetime) -> EnquiryQuerySet:
    """Real enquiries whose promised time of a first answer is past, oldest first: for the system's own work."""
    return Enquiry.objects.real().overdue(now).order_by("first_answer_due_at", "pk")


def first_answer_times(now: datetime) -> FirstAnswerTimes:
    """How the promise of a first answer was kept, over all real enquiries: a public figure without a person's data."""
    country, time_zone = region_calendar()
    rows = list(
        Enquiry.objects.real()
        .exclude(rejected_reason="spam")
        .filter(first_answered_at__isnull=False, clock_started_at__isnull=False)
        .values_list("clock_started_at", "first_answered_at", "first_answer_due_at")
    )
    hours = [
        working_hours_between(started, answered, country=country, time_zone=time_zone)
        for started, answered, _due in rows
        if started and answered
    ]
    return FirstAnswerTimes(
        promised_working_days=promised_working_days(),
        answered=len(rows),
        in_time=sum(1 for _started, answered, due in rows if answered and due and answered <= due),
        overdue=overdue(now).count(),
        median_working_hours=round(median(hours), 1) if hours else None,
    )


def possible_owners() -> QuerySet[User]:
    """The people to whom an enquiry can be assigned, by name."""
    return _people_who_may(Action.ANSWER)


def possible_deputies() -> QuerySet[User]:
    """The people who can stand in for an owner, by name."""
    return _people_who_may(Action.VIEW)


def _people_who_may(action: Action) -> QuerySet[User]:
    roles = [role for role in Role if reach_of_role(role, Kind.ENQUIRY, action) > Reach.NONE]
    return people_with_role(*roles)
