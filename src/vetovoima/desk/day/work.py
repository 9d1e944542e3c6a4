"""What waits for a person, in one list: until when, and for whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vetovoima.accounts.rights import Action, Kind, Reach
from vetovoima.accounts.rules import reach
from vetovoima.catalogue import queries as catalogue
from vetovoima.catalogue.registry import FieldSpec
from vetovoima.collection.rounds import queries as collecting
from vetovoima.collection.rounds.days import start_of
from vetovoima.cooperation.contacts.queries import follow_ups_due
from vetovoima.desk.enquiries.shapes import site_name
from vetovoima.desk.forms import here
from vetovoima.monitoring import queries as monitoring
from vetovoima.monitoring.counting import Progress
from vetovoima.pipeline import queries as pipeline
from vetovoima.syndication.channels.queries import broken_for
from vetovoima.syndication.federation.queries import stopped_followed
from vetovoima.syndication.partners import queries as partners
from vetovoima.syndication.webhooks.queries import stopped_for

MAX_GAPS = 5
WHY_SITE = {
    "review": gettext_lazy("Review and publish"),
    "returned": gettext_lazy("Returned with a comment: edit and submit again"),
    "draft": gettext_lazy("Draft: submit when ready"),
}
WHY_ENQUIRY = {
    "held": gettext_lazy("Held as possible spam: release or put away"),
    "new": gettext_lazy("New enquiry: screen and assign"),
    "screening": gettext_lazy("Being screened: assign"),
    "answer": gettext_lazy("Answer the enquiry"),
    "shared": gettext_lazy("Shared with you"),
}
WHY_COLLECTING = {
    "answer": gettext_lazy("Answer the round"),
    "complete": gettext_lazy("Returned: complete the answer"),
    "duty": gettext_lazy("Overdue duty"),
    "judge": gettext_lazy("Answer to accept or return"),
    "questions": gettext_lazy("The round should be open: write its questions"),
    "steward": gettext_lazy("Nobody keeps this municipality's data: name a steward"),
}
WHY_WEBHOOK = {
    "failing": gettext_lazy("A webhook does not arrive: look at its receiver"),
    "stopped": gettext_lazy("A webhook was stopped: mend the receiver and resume it"),
}
LAST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Item:
    """One thing that waits. `since` is said when there is no deadline."""

    what: str
    name: Any
    url: str
    why: Any
    due_at: datetime | None
    since: datetime | None
    for_whom: Any
    is_example: bool


@dataclass(frozen=True)
class Gap:
    """A record of one's own and the first thing that it lacks."""

    code: str
    name: Any
    spec: FieldSpec


def waiting(user: Any, now: datetime) -> list[Item]:
    """This will return everything that waits for a person: deadlines first, then what has waited longest."""
    found = [
        *_enquiries(user, now), *_collecting(user, now), *_sites(user), *_follow_ups(user, now), *_webhooks(user),
        *_neighbours(user), *_channels(user), *_partners(user, now),
    ]  # fmt: skip
    return sorted(found, key=lambda item: (item.due_at or LAST, item.since or LAST))


def _webhooks(user: Any) -> list[Item]:
    """The webhooks that arrive nowhere: failing, or stopped by us."""
    return [
        Item(
            what=one.host,
            name=one.title,
            url=reverse("desk:webhook", args=[one.key]),
            why=WHY_WEBHOOK["failing" if one.is_failing else "stopped"],
            due_at=None,
            since=one.failing_since or one.state_at,
            for_whom=_("for %(who)s")
            % {"who": one.municipality.name.best(here())[0] if one.municipality else _("the council")},
            is_example=False,
        )
        for one in stopped_for(user)
    ]


def _neighbours(user: Any) -> list[Item]:
    """Other regions' sources that cannot be read: failing, or stopped by us."""
    return [
        Item(
            what=one.host,
            name=one.title.best(here())[0],
            url=reverse("desk:neighbour", args=[one.key]),
            why=_("Another region's source cannot be read"),
            due_at=None,
            since=one.last_good_at or one.created_at,
            for_whom=_("for %(who)s") % {"who": _("the council")},
            is_example=False,
        )
        for one in stopped_followed(user)
    ]


def _partners(user: Any, now: datetime) -> list[Item]:
    """What is due with agencies, platforms and fairs: to tell them, to ask them, to speak with them."""
    return [
        Item(
            what=one.delivery.code if one.delivery else one.channel.get_kind_display(),
            name=one.channel.name,
            url=reverse("desk:delivery", args=[one.delivery.code])
            if one.delivery
            else reverse("desk:partner", args=[one.channel.key]),
            why=one.what.label,
            due_at=None,
            since=start_of(one.on),
            for_whom=_("for %(who)s") % {"who": _("the council")},
            is_example=one.channel.is_example,
        )
        for one in partners.waiting_for(user, localtime(now).date())
    ]


def _channels(user: Any) -> list[Item]:
    """The pages that do not show the offer, and have stayed so."""
    return [
        Item(
            what=one.host_name,
            name=one.title,
            url=reverse("desk:channel", args=[one.key]),
            why=_("A page does not show the offer: mend it"),
            due_at=None,
            since=one.state_at,
            for_whom=_("for %(who)s")
            % {"who": one.municipality.name.best(here())[0] if one.municipality else _("the council")},
            is_example=one.is_example,
        )
        for one in broken_for(user)
    ]


def _sites(user: Any) -> list[Item]:
    found = []
    for one in catalogue.waiting_for(user):
        is_review = one.why == "review"
        whom = _("the council") if is_review else one.site.municipality.name.best(here())[0]
        found.append(
            Item(
                what=one.site.code,
                name=one.site.name,
                url=reverse("desk:site-review" if is_review else "desk:site", args=[one.site.code]),
                why=WHY_SITE[one.why],
                due_at=None,
                since=one.site.submitted_at if is_review else one.site.updated_at,
                for_whom=_("for %(who)s") % {"who": whom},
                is_example=one.site.is_example,
            )
        )
    return found


def _enquiries(user: Any, now: datetime) -> list[Item]:
    return [
        Item(
            what=one.enquiry.reference,
            name=_about(user, one.enquiry),
            url=reverse("desk:enquiry", args=[one.enquiry.reference]),
            why=WHY_ENQUIRY[one.why],
            due_at=one.due_at,
            since=one.enquiry.received_at,
            for_whom=_("for %(who)s") % {"who": one.enquiry.owner}
            if one.enquiry.owner
            else _("no owner yet"),
            is_example=one.enquiry.is_example,
        )
        for one in pipeline.waiting_for(user, now)
    ]


def _collecting(user: Any, now: datetime) -> list[Item]:
    """Parts of rounds to answer or to accept, and duties that are overdue."""
    found = []
    for one in collecting.waiting_for(user, now):
        about = one.task.round if one.task else one.round
        place = one.municipality.name.best(here())[0] if one.municipality else _("the council")
        found.append(
            Item(
                what=about.code if about else place,
                name=about.title if about else one.standing.duty.title if one.standing else "",
                url=_collecting_url(one),
                why=WHY_COLLECTING[one.why],
                due_at=one.due_at,
                since=one.task.answered_at if one.task and one.why == "judge" else None,
                for_whom=_("for %(who)s") % {"who": place},
                is_example=bool(about and about.is_example),
            )
        )
    return found


def _follow_ups(user: Any, now: datetime) -> list[Item]:
    """Companies to come back to, as somebody of one's own municipality has promised."""
    return [
        Item(
            what=one.get_kind_display(),
            name=one.company_name,
            url=reverse("desk:contact", args=[one.code]),
            why=_("Come back to a company"),
            due_at=start_of(one.follow_up_on + timedelta(days=1)) if one.follow_up_on else None,
            since=None,
            for_whom=_("for %(who)s") % {"who": one.follow_up_by or one.municipality.name.best(here())[0]},
            is_example=one.is_example,
        )
        for one in follow_ups_due(user, localtime(now).date())
    ]


def _collecting_url(one: collecting.Waiting) -> str:
    """Where the thing is done."""
    if one.task is not None:
        return reverse("desk:round-task", args=[one.task.round.code, one.task.municipality.slug])
    if one.round is not None:
        return reverse("desk:round-questions", args=[one.round.code])
    assert one.municipality is not None
    name = "desk:collection-steward" if one.why == "steward" else "desk:collection-town"
    return reverse(name, args=[one.municipality.slug])


def _about(user: Any, enquiry: Any) -> Any:
    """What an enquiry is about, as far as it may stand on a page that somebody else looks over one's shoulder at."""
    if enquiry.site:
        return site_name(user, enquiry) or enquiry.site.code
    thing = enquiry.municipality or enquiry.sector
    return thing.name if thing else ""


def own_gaps(user: Any) -> list[Gap]:
    """This will return the first gaps of a municipality's own records; none for those who see all records."""
    if reach(user, Kind.SITE, Action.EDIT) != Reach.OWN:
        return []
    found = []
    for site in sorted(catalogue.find_sites(user), key=lambda one: one.is_example):
        if missing := catalogue.gaps(site):
            found.append(Gap(site.code, site.name, missing[0]))
        if len(found) == MAX_GAPS:
            break
    return found


def meter() -> Progress | None:
    """How far the region's first target is, or None before there is one."""
    target = monitoring.target()
    return monitoring.target_progress(target) if target else None
