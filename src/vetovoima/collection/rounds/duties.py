"""How a duty stands for a municipality: computed from facts where facts can tell, else from somebody's word."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from vetovoima.accounts.queries import municipality_organisation
from vetovoima.activity.services import record
from vetovoima.catalogue import quality
from vetovoima.catalogue.enums import SiteState
from vetovoima.catalogue.registry import fields_of
from vetovoima.collection.models.rounds import Duty, DutyMark

from . import rules
from .days import months_later
from .enums import DutyState, Measure

if TYPE_CHECKING:
    from vetovoima.accounts.models import User
    from vetovoima.catalogue.models import Site
    from vetovoima.collection.models.rounds import RoundTask, Stewardship
    from vetovoima.reference.models import Municipality

#: how long before its day a duty is said to be due soon
SOON = timedelta(days=30)
#: until when something counts as checked that nobody ever has
NEVER = date.min


@dataclass(frozen=True)
class Facts:
    """What is known of a municipality: enough to say how each duty stands."""

    sites: Sequence[Site] = ()
    stewardship: Stewardship | None = None
    #: when something of the municipality was published last
    published_on: date | None = None
    #: days on which rounds were answered, by the round's kind
    answered_on: Mapping[str, date] = field(default_factory=dict)
    #: last days of the open rounds that are not answered yet, by the round's kind
    asked_until: Mapping[str, date] = field(default_factory=dict)
    #: the last mark of each duty, by the duty's key
    marks: Mapping[int, DutyMark] = field(default_factory=dict)


@dataclass(frozen=True)
class DutyStanding:
    """How one duty stands: until when, and in words what is missing or what it rests on."""

    duty: Duty
    state: str
    due_on: date | None
    reason: str
    #: records that stand in the way, worst first
    sites: tuple[Site, ...] = ()


def standing_of(duty: Duty, facts: Facts, today: date) -> DutyStanding:
    """This will say how a duty stands on a day."""
    return _MEASURES[Measure(duty.measure)](duty, facts, today)


def _by_day(duty: Duty, last: date | None, today: date, kept: str, never: str) -> DutyStanding:
    """A duty that comes back so many months after it was done last; never done, it is due on its first day.

    Without a first day it waits as due soon: nobody is late with what nobody has begun to count.
    """
    due = months_later(last, duty.rhythm_months) if last else duty.first_due_on
    return DutyStanding(duty, _state(due, today) if due else DutyState.SOON, due, kept if last else never)


def _state(due: date, today: date) -> DutyState:
    if due < today:
        return DutyState.OVERDUE
    return DutyState.SOON if due - today <= SOON else DutyState.KEPT


def _steward(duty: Duty, facts: Facts, today: date) -> DutyStanding:
    if facts.stewardship is None:
        return DutyStanding(duty, DutyState.OVERDUE, None, _("Nobody is named yet."))
    names = {"steward": facts.stewardship.steward, "deputy": facts.stewardship.deputy}
    if not rules.is_kept(facts.stewardship):
        reason = _(
            "Somebody who was named no longer answers for the municipality: name a new steward or deputy."
        )
        return DutyStanding(duty, DutyState.OVERDUE, None, reason)
    return DutyStanding(duty, DutyState.KEPT, None, _("%(steward)s, deputy %(deputy)s.") % names)


def _public(facts: Facts) -> list[Site]:
    return [site for site in facts.sites if site.published_version and site.state != SiteState.WITHDRAWN]


def _verified(duty: Duty, facts: Facts, today: date) -> DutyStanding:
    """Each group of fields of each public record, by the day on which somebody checked it."""
    dues = {site: due for site in _public(facts) if (due := checked_until(site, duty, today))}
    if not dues:
        return _nothing(duty)
    late = sorted((site for site, due in dues.items() if due < today), key=lambda site: dues[site])
    first = min(dues.values())
    reason = (
        ngettext(
            "%(count)s record has not been checked in time.",
            "%(count)s records have not been checked in time.",
            len(late),
        )
        % {"count": len(late)}
        if late
        else _("Every public record has been checked in time.")
    )
    due = None if first == NEVER else first
    return DutyStanding(duty, _state(first, today), due, reason, tuple(late))


def held_freshness(site: Site, today: date) -> dict[str, quality.Freshness]:
    """How fresh each group of fields is that says anything: an empty group is a gap, not something old."""
    held = {spec.group for spec in fields_of(site.kind, profiles=site.profiles) if site.is_known(spec.name)}
    return {group: one for group, one in quality.freshness(site, today).items() if group in held}


def checked_until(site: Site, duty: Duty, today: date) -> date | None:
    """Until when a record counts as checked; NEVER when a group never was, None when it says nothing."""
    groups = [
        one for group, one in held_freshness(site, today).items() if not duty.groups or group in duty.groups
    ]
    if not groups:
        return None
    days = [one.checked_on for one in groups]
    if not all(days):
        return NEVER
    return months_later(min(day for day in days if day), duty.rhythm_months)


def _complete(duty: Duty, facts: Facts, today: date) -> DutyStanding:
    public = _public(facts)
    if not public:
        return _nothing(duty)
    wanted = duty.threshold or 0
    short = sorted(
        (site for site in public if site.completeness < wanted), key=lambda site: site.completeness
    )
    params = {"count": len(short), "wanted": wanted}
    reason = (
        ngettext(
            "%(count)s record is less than %(wanted)s %% complete.",
            "%(count)s records are less than %(wanted)s %% complete.",
            len(short),
        )
        % params
        if short
        else _("Every public record is at least %(wanted)s %% complete.") % params
    )
    return DutyStanding(duty, DutyState.OVERDUE if short else DutyState.KEPT, None, reason, tuple(short))


def _published(duty: Duty, facts: Facts, today: date) -> DutyStanding:
    return _by_day(
        duty, facts.published_on, today, _("Something was published."), _("Nothing has been published yet.")
    )


def _answered(duty: Duty, facts: Facts, today: date) -> DutyStanding:
    last, until = facts.answered_on.get(duty.measure), facts.asked_until.get(duty.measure)
    if last is None and until is not None:
        return DutyStanding(duty, _state(until, today), until, _("The council asks for it now."))
    if last is None and duty.first_due_on is None:
        return DutyStanding(duty, DutyState.NOTHING, None, _("The council has not asked yet."))
    return _by_day(duty, last, today, _("The last round was answered."), _("No round has been answered yet."))


def _hand(duty: Duty, facts: Facts, today: date) -> DutyStanding:
    mark = facts.marks.get(duty.pk)
    return _by_day(
        duty, mark.done_on if mark else None, today, _("Done, as somebody has said."), _("Not done yet.")
    )


def _nothing(duty: Duty) -> DutyStanding:
    return DutyStanding(duty, DutyState.NOTHING, None, _("There are no public records yet."))


_MEASURES = {
    Measure.STEWARD: _steward,
    Measure.VERIFIED: _verified,
    Measure.COMPLETE: _complete,
    Measure.PUBLISHED: _published,
    Measure.OUTLOOK: _answered,
    Measure.ANNUAL: _answered,
    Measure.HAND: _hand,
}


def last_answers(tasks: Iterable[RoundTask]) -> dict[str, date]:
    """The day on which each kind of round was answered last, of handed-in tasks."""
    found: dict[str, date] = {}
    for task in tasks:
        if task.answered_at:
            day = localdate(task.answered_at)
            found[task.round.kind] = max(day, found.get(task.round.kind, day))
    return found


def asked_until(tasks: Iterable[RoundTask]) -> dict[str, date]:
    """The last day of each kind of open round that waits for an answer."""
    return {
        task.round.kind: task.round.closes_on
        for task in tasks
        if task.round.state == "open" and rules.is_writable(task)
    }


class CannotMark(Exception):
    """The duty cannot be marked as done so."""


@transaction.atomic
def mark_done(
    *, duty: Duty, municipality: Municipality, done_on: date, note: str, by: User, now: datetime
) -> DutyMark:
    """This will note that a duty was done, where no fact of the service can tell.

    Raises PermissionDenied, CannotMark for a duty that is computed, and ValidationError for a day in the future.
    """
    if not rules.can_name_steward(by, municipality.pk):
        raise PermissionDenied
    if duty.measure != Measure.HAND:
        raise CannotMark(
            gettext_lazy("This duty is kept by the records themselves; it cannot be ticked off.")
        )
    if done_on > localdate(now):
        raise ValidationError({"done_on": gettext_lazy("The day is in the future.")})
    mark = DutyMark.objects.create(
        duty=duty, municipality=municipality, done_on=done_on, note=note.strip()[:2000], by=by, at=now
    )
    organisation = municipality_organisation(municipality.pk)
    record(
        "collection.duty.done",
        actor=by,
        kind="municipality",
        code=municipality.slug,
        now=now,
        data={"duty": duty.code},
        organisations=[organisation] if organisation else [],
    )
    return mark
