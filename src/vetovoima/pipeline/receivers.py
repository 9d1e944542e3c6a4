"""Who hears of an enquiry by mail. Everything is queued in the transaction of the fact: both happen, or neither."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.conf import settings

from vetovoima.accounts.enums import Role, Sharing
from vetovoima.accounts.queries import members_of, organisation, people_with_role
from vetovoima.activity.registry import subscribe
from vetovoima.messaging.services import queue_mail
from vetovoima.reference.queries import region

from . import queries, rules
from .models import Enquiry

if TYPE_CHECKING:
    from vetovoima.accounts.models import User
    from vetovoima.activity.models import Fact


def desk_link(reference: str) -> str:
    """Where the workspace shows an enquiry."""
    return f"{settings.VETOVOIMA_PUBLIC_URL}/desk/enquiries/{reference}/"


def _enquiry(fact: Fact) -> Enquiry | None:
    """The enquiry of a fact; None for an example, about which nobody gets mail."""
    found = queries.enquiry(fact.code)
    return None if found is None or found.is_example else found


def _acknowledge(enquiry: Enquiry) -> None:
    """Tell the person once that the enquiry came and by when it is answered; never what was written in it."""
    found = region()
    council = organisation(found.council_slug) if found else None
    queue_mail(
        key=f"enquiry_received:{enquiry.reference}",
        to=enquiry.person_email,
        language=enquiry.language,
        template="enquiry_received",
        context={
            "reference": enquiry.reference,
            "due_at": enquiry.first_answer_due_at,
            "contact": council.name.best(enquiry.language)[0] if council else "",
        },
        about_kind="enquiry",
        about_code=enquiry.reference,
    )


def _tell(people: Iterable[User], template: str, enquiry: Enquiry, fact: Fact) -> None:
    """Tell people of the service: only the reference, the time and where to look; only those who may see it."""
    for person in people:
        if not rules.can_view(person, enquiry):
            continue
        queue_mail(
            key=f"{template}:{fact.pk}:{person.pk}",
            to=person.email,
            language=person.language,
            template=template,
            context={
                "reference": enquiry.reference,
                "due_at": enquiry.first_answer_due_at,
                "is_answered": enquiry.first_answered_at is not None,
                "link": desk_link(enquiry.reference),
            },
            about_kind="enquiry",
            about_code=enquiry.reference,
        )


@subscribe("pipeline.enquiry.received")
@subscribe("pipeline.enquiry.released")
def acknowledge_and_announce(fact: Fact) -> None:
    """This will tell the person that it came, and the coordinators that it waits."""
    if enquiry := _enquiry(fact):
        _acknowledge(enquiry)
        _tell(people_with_role(Role.COORDINATOR), "enquiry_arrived", enquiry, fact)


@subscribe("pipeline.enquiry.reopened")
def acknowledge_what_was_taken_for_spam(fact: Fact) -> None:
    """This will acknowledge an enquiry that was put away as spam before anybody was told; others know already."""
    if enquiry := _enquiry(fact):
        _acknowledge(enquiry)


@subscribe("pipeline.enquiry.assigned")
def tell_owner_and_deputy(fact: Fact) -> None:
    """This will tell the owner and the deputy, save who assigned it to themselves."""
    if enquiry := _enquiry(fact):
        people = [
            one for one in (enquiry.owner, enquiry.deputy) if one is not None and one.pk != fact.actor_id
        ]
        _tell(people, "enquiry_assigned", enquiry, fact)


@subscribe("pipeline.enquiry.shared")
def tell_those_newly_named(fact: Fact) -> None:
    """This will tell the people of the organisations with which it is newly shared."""
    added = set(fact.data.get("added", ()))
    enquiry = _enquiry(fact)
    if enquiry and added and enquiry.sharing == Sharing.PARTIES:
        _tell(members_of(added), "enquiry_shared", enquiry, fact)
