"""Changes of a municipality's contact log. The log of facts learns that something was done, never what was written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from vetovoima.accounts.models import User
from vetovoima.common.identifiers import clean_business_id
from vetovoima.cooperation.keeping import CannotChange, held, note, store
from vetovoima.cooperation.models import CompanyContact
from vetovoima.cooperation.rules import can_edit_contact, can_log_contact, can_share_contact
from vetovoima.reference.models import Municipality

from .queries import own_people

KIND = "company_contact"
FIELDS = (
    "company_name", "business_id", "happened_on", "kind", "our_people", "subject", "notes", "outcome", "follow_up_on",
    "follow_up_by",
)  # fmt: skip


@transaction.atomic
def log_contact(
    *,
    municipality: Municipality,
    values: Mapping[str, Any],
    by: User | None,
    now: datetime,
    is_example: bool = False,
) -> CompanyContact:
    """This will note a contact with a company. Raises CannotChange for another municipality's log, ValidationError."""
    if by is not None and not can_log_contact(by, municipality.pk):
        raise CannotChange(_("The contact log belongs to the municipality's own people."))
    contact = CompanyContact(code=uuid4().hex[:16], municipality=municipality, is_example=is_example)
    store(contact, _prepared(contact, values, now), now=now)
    note("cooperation.contact.logged", contact, kind=KIND, by=by, now=now)
    return contact


@transaction.atomic
def edit_contact(
    *,
    contact: CompanyContact,
    values: Mapping[str, Any],
    by: User,
    now: datetime,
    revision: int | None = None,
) -> CompanyContact:
    """This will change a contact; a new day of follow-up waits again. Raises CannotChange, ChangedMeanwhile, ValidationError."""
    contact = _held(contact, by, revision)
    given = _prepared(contact, values, now)
    if "follow_up_on" in given and given["follow_up_on"] != contact.follow_up_on:
        given["followed_up_on"] = None
    fields = store(contact, given, now=now)
    note("cooperation.contact.edited", contact, kind=KIND, by=by, now=now, fields=fields)
    return contact


@transaction.atomic
def finish_follow_up(*, contact: CompanyContact, outcome: str, by: User, now: datetime) -> CompanyContact:
    """This will note that what was promised is done, and what came of it. Raises CannotChange when nothing waits."""
    contact = _held(contact, by)
    if not contact.waits():
        raise CannotChange(_("No follow-up waits for this contact."))
    values: dict[str, Any] = {"followed_up_on": localdate(now)}
    if outcome.strip():
        values["outcome"] = outcome.strip()
    store(contact, values, now=now)
    note("cooperation.contact.followed_up", contact, kind=KIND, by=by, now=now)
    return contact


@transaction.atomic
def share_summary(*, contact: CompanyContact, summary: str, by: User, now: datetime) -> CompanyContact:
    """This will let the council and the other municipalities read the summary, and nothing else of the contact."""
    if not can_share_contact(by, contact):
        raise CannotChange(_("The contact log belongs to the municipality's own people."))
    contact = _held(contact, by)
    if not summary.strip():
        raise ValidationError({"summary": _("Write the summary that is shared.")})
    values = {"shared_summary": summary.strip(), "shared_on": localdate(now), "shared_by": str(by)[:120]}
    store(contact, values, now=now)
    note("cooperation.contact.shared", contact, kind=KIND, by=by, now=now)
    return contact


@transaction.atomic
def stop_sharing(*, contact: CompanyContact, by: User, now: datetime) -> CompanyContact:
    """This will take the summary back: from now on nobody else sees it."""
    contact = _held(contact, by)
    store(contact, {"shared_on": None, "shared_by": ""}, now=now)
    note("cooperation.contact.unshared", contact, kind=KIND, by=by, now=now)
    return contact


@transaction.atomic
def remove_contact(*, contact: CompanyContact, by: User, now: datetime) -> None:
    """This will remove a contact for good. That it was removed stays in the log, not what it said."""
    contact = _held(contact, by)
    note("cooperation.contact.removed", contact, kind=KIND, by=by, now=now)
    contact.delete()


def _held(contact: CompanyContact, by: User, revision: int | None = None) -> CompanyContact:
    found = held(contact, revision=revision)
    if not can_edit_contact(by, found):
        raise CannotChange(_("The contact log belongs to the municipality's own people."))
    return found


def _prepared(contact: CompanyContact, values: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """The values as they are stored; raises ValidationError, each problem at its field."""
    given = {name: values[name] for name in FIELDS if name in values}
    wrong: dict[str, Any] = {}
    if given.get("business_id"):
        try:
            given["business_id"] = clean_business_id(given["business_id"])
        except ValidationError as error:
            wrong["business_id"] = error
    happened = given.get("happened_on", contact.happened_on)
    if happened and happened > localdate(now):
        wrong["happened_on"] = ValidationError(_("Note what has happened: this day has not come yet."))
    follow_up = given.get("follow_up_on")
    if follow_up and happened and follow_up < happened:
        wrong["follow_up_on"] = ValidationError(_("The follow-up comes after the contact."))
    person = given.get("follow_up_by")
    if person is not None and person not in own_people(contact.municipality):
        wrong["follow_up_by"] = ValidationError(_("Choose a person of your own municipality."))
    if wrong:
        raise ValidationError(wrong)
    return given
