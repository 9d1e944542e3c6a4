"""Questions about the contact logs. Hidden and absent look the same from here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from vetovoima.accounts.enums import Role
from vetovoima.accounts.models import User
from vetovoima.accounts.queries import members_of, municipality_organisation
from vetovoima.accounts.rights import Action, Kind, Reach, reach_of_role
from vetovoima.accounts.rules import municipality_ids, reach
from vetovoima.activity.models import Fact
from vetovoima.activity.queries import history_of
from vetovoima.common.fields import Translated
from vetovoima.cooperation.models import CompanyContact
from vetovoima.reference.models import Municipality
from vetovoima.reference.queries import municipalities

#: a follow-up comes to My day so many days before it is due
AHEAD = timedelta(days=7)


def own_municipalities(user: Any) -> QuerySet[Municipality]:
    """The municipalities into whose log a person may write."""
    return municipalities().filter(pk__in=municipality_ids(user, Kind.CONTACT, Action.CREATE))


def own_people(municipality: Municipality) -> list[User]:
    """Who may keep a municipality's log, by name."""
    organisation = municipality_organisation(municipality.pk)
    if organisation is None:
        return []
    keeping = [role for role in Role if reach_of_role(role, Kind.CONTACT, Action.EDIT) >= Reach.OWN]
    return list(members_of({organisation.pk}).filter(memberships__role__in=keeping).distinct())


def find_contacts(user: Any, *, text: str = "", kind: str = "", only: str = "") -> QuerySet[CompanyContact]:
    """The contacts that a person may read whole, the newest first; `only` is `waiting` or `shared`."""
    found: QuerySet[CompanyContact] = CompanyContact.objects.visible_to(user)
    found = found.select_related("municipality", "follow_up_by").order_by("-happened_on", "-pk")
    for word in text.split()[:8]:
        fits = Q(business_id__icontains=word)
        # SQLite compares only a–z without case: Äijälä is found as äijälä through its capital.
        for form in {word, word.capitalize()}:
            fits |= Q(company_name__icontains=form) | Q(subject__icontains=form) | Q(notes__icontains=form)
        found = found.filter(fits)
    if kind:
        found = found.filter(kind=kind)
    if only == "waiting":
        found = found.filter(follow_up_on__isnull=False, followed_up_on=None)
    if only == "shared":
        found = found.filter(shared_on__isnull=False)
    return found


def contact_for(user: Any, code: str) -> CompanyContact | None:
    """One contact that a person may read whole, or None."""
    found = CompanyContact.objects.visible_to(user).filter(code=code)
    return found.select_related("municipality", "follow_up_by").first()


def contacts_with(contact: CompanyContact, user: Any) -> list[CompanyContact]:
    """The municipality's other contacts with the same company, the newest first."""
    found = CompanyContact.objects.visible_to(user).filter(municipality_id=contact.municipality_id)
    same = Q(business_id=contact.business_id) if contact.business_id else Q(company_name=contact.company_name)
    return list(found.filter(same).exclude(pk=contact.pk).order_by("-happened_on", "-pk")[:20])


def history(contact: CompanyContact) -> QuerySet[Fact]:
    """What was done to a contact, newest first."""
    return history_of("company_contact", contact.code)


@dataclass(frozen=True)
class SharedSummary:
    """What a municipality has chosen to tell the network of one contact. Nothing else of it is read from the database."""

    municipality: Translated
    text: str
    shared_on: date
    is_example: bool


def shared_summaries(user: Any, limit: int = 100) -> list[SharedSummary]:
    """What the municipalities have shared, the newest first; for the council and for other municipalities."""
    if reach(user, Kind.CONTACT, Action.VIEW) < Reach.SHARED:
        return []
    found = CompanyContact.objects.filter(shared_on__isnull=False).order_by("-shared_on", "-pk")
    rows = found.values_list("municipality__name", "shared_summary", "shared_on", "is_example")[:limit]
    return [
        SharedSummary(Translated(name), text, day, is_example)
        for name, text, day, is_example in rows
        if day is not None
    ]


def follow_ups_due(user: Any, today: date) -> list[CompanyContact]:
    """The follow-ups that a person should see to this week or is late with: their own, and those of nobody."""
    found = CompanyContact.objects.visible_to(user).filter(
        followed_up_on=None, follow_up_on__lte=today + AHEAD
    )
    mine = Q(follow_up_by=user) | Q(follow_up_by=None)
    return list(found.filter(mine).select_related("municipality").order_by("follow_up_on", "pk"))
