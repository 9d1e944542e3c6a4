"""Storing the example enquiries of a data pack: all labelled as examples, nobody gets mail about them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction

from vetovoima.accounts.enums import Role, Sharing
from vetovoima.accounts.loading import DEMO_DOMAIN
from vetovoima.accounts.queries import municipality_organisation, people_with_role
from vetovoima.catalogue.queries import published_sites

from . import services
from .enums import Channel, ClosingReason, EnquiryState, RejectionReason, SpamReason
from .intake import EnquiryInput, clean_input, store_enquiry
from .models import Enquiry

if TYPE_CHECKING:
    from vetovoima.accounts.models import User
    from vetovoima.reference.loading import LoadReport
    from vetovoima.reference.models import Municipality, Sector
    from vetovoima.reference.pack import Pack, Row

FILE = "examples/enquiries.csv"
NEEDED = ("key", "received_days_ago", "name", "email", "message", "state")
KIND = "example enquiry"
#: what stands in the way of an example: its states follow one another after so many hours
SCREENED_AFTER, ASSIGNED_AFTER, ANSWERED_BEFORE_DUE, CLOSED_AFTER = (
    timedelta(hours=n) for n in (1, 2, 3, 72)
)


@dataclass(frozen=True)
class Example:
    """One row, read and checked."""

    key: str
    received_at: datetime
    values: dict[str, Any]
    state: EnquiryState
    answer: str


def load_example_enquiries(
    pack: Pack,
    report: LoadReport,
    municipalities: Mapping[str, Municipality],
    sectors: Mapping[str, Sector],
    now: datetime,
) -> list[Enquiry]:
    """This will store `examples/enquiries.csv`, the oldest first, and lead each through the services to its state.

    What was loaded before is left as it is: people try things with examples. Returns those that were added.
    """
    rows = pack.table(FILE, NEEDED, key=("key",))
    examples = [_read(row, municipalities, sectors, now) for row in rows]
    pack.check()
    added = []
    for example in sorted((one for one in examples if one is not None), key=lambda one: one.received_at):
        if Enquiry.objects.filter(submission_key=f"example:{example.key}").exists():
            report.note(KIND, "same")
            continue
        added.append(_store(example, now))
        report.note(KIND, "added")
    return added


def _read(
    row: Row, municipalities: Mapping[str, Any], sectors: Mapping[str, Any], now: datetime
) -> Example | None:
    days = row.number_or_none("received_days_ago") or 0
    row.known("municipality", municipalities)
    row.known("sector", sectors)
    state = row.choice("state", EnquiryState.values, EnquiryState.NEW)
    input = EnquiryInput(
        **{
            name: row.text(name)
            for name in (
                "message", "name", "email", "company", "language", "role", "phone", "country", "segment", "sector",
                "municipality", "timing", "area_m2", "power_mw", "investment_eur",
            )
        },
        channel=row.choice("channel", Channel.values, Channel.FORM),
        wishes_secrecy=bool(row.flag("wishes_secrecy", False)),
    )  # fmt: skip
    try:
        values = clean_input(input)
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            row.refuse(name, " ".join(messages))
        return None
    if state not in EnquiryState.values:
        return None
    key = row.text("site")
    values["site"] = published_sites().filter(external_key=f"example:{key}").first() if key else None
    received_at = now - timedelta(days=days, hours=1)
    return Example(row.text("key"), received_at, values, EnquiryState(state), row.text("answer"))


@transaction.atomic
def _store(example: Example, now: datetime) -> Enquiry:
    reasons = [SpamReason.LINKS.value] if example.state == EnquiryState.HELD else []
    enquiry, _is_new = store_enquiry(
        values=example.values,
        key=f"example:{example.key}",
        judge=lambda: reasons,
        now=example.received_at,
        is_example=True,
    )
    return _lead_to_state(enquiry, example, now)


def _lead_to_state(enquiry: Enquiry, example: Example, now: datetime) -> Enquiry:
    """Do what people would have done, at moments between its coming and now; stops where no people are at hand."""
    coordinator = people_with_role(Role.COORDINATOR).filter(email=f"coordinator@{DEMO_DOMAIN}").first()
    deputy = _deputy()
    if example.state in (EnquiryState.HELD, EnquiryState.NEW):
        return enquiry

    def moment(after: timedelta) -> datetime:
        return min(example.received_at + after, now)

    enquiry = services.start_screening(enquiry=enquiry, by=coordinator, now=moment(SCREENED_AFTER))
    if example.state == EnquiryState.REJECTED:
        return services.reject_enquiry(
            enquiry=enquiry, reason=RejectionReason.OUT_OF_SCOPE, by=coordinator, now=moment(ASSIGNED_AFTER)
        )
    if example.state == EnquiryState.SCREENING or coordinator is None or deputy is None:
        return enquiry
    enquiry = services.assign_enquiry(
        enquiry=enquiry, owner=coordinator, deputy=deputy, by=coordinator, now=moment(ASSIGNED_AFTER)
    )
    place = municipality_organisation(enquiry.municipality_id) if enquiry.municipality_id else None
    if place is not None:
        enquiry = services.share_enquiry(
            enquiry=enquiry,
            level=Sharing.PARTIES,
            parties=[place],
            by=coordinator,
            now=moment(ASSIGNED_AFTER),
        )
    if example.state == EnquiryState.ASSIGNED:
        return enquiry
    assert enquiry.first_answer_due_at is not None
    answered_at = min(enquiry.first_answer_due_at - ANSWERED_BEFORE_DUE, now)
    enquiry = services.record_answer(
        enquiry=enquiry, text=example.answer or "[Example]", by=coordinator, now=answered_at
    )
    if example.state == EnquiryState.CLOSED:
        enquiry = services.close_enquiry(
            enquiry=enquiry,
            reason=ClosingReason.DORMANT,
            by=coordinator,
            now=min(answered_at + CLOSED_AFTER, now),
        )
    return enquiry


def _deputy() -> User | None:
    """Somebody else of the demonstration: the officer of a municipality, the same one each time."""
    officers = people_with_role(Role.MUNICIPALITY_OFFICER).filter(email__endswith=f"@{DEMO_DOMAIN}")
    return officers.order_by("email").first()
