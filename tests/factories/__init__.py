"""Small makers of what most tests need. Each makes one thing; a test says what matters to it and leaves the rest."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime
from typing import Any

from vetovoima.accounts.enums import OrganisationKind, Role
from vetovoima.accounts.models import Membership, Organisation, User
from vetovoima.common.fields import Translated
from vetovoima.pipeline.intake import EnquiryInput, clean_input, store_enquiry
from vetovoima.pipeline.models import Enquiry
from vetovoima.reference.models import Municipality, Region

#: a Tuesday morning without a holiday near it
NOW = datetime(2026, 3, 10, 8, 0, tzinfo=UTC)
_numbers = itertools.count(1)


def make_region(**values: Any) -> Region:
    """This will make the one region of a deployment: a made-up one, so that nothing leans on the real one."""
    given = {
        "code_prefix": "TUU",
        "name": Translated(fi="Tuulisaari", en="Windy Isle", sv="Vindön"),
        "site_name": Translated(fi="Tuulisaari", en="Invest in Windy Isle", sv="Vindön"),
        "latitude": 64.0,
        "longitude": 28.0,
        "service_promise": {"first_answer_working_days": 2},
        "council_slug": "the-council",
        **values,
    }
    found, _created = Region.objects.get_or_create(code=given.pop("code", "windy-isle"), defaults=given)
    return found


def make_municipality(slug: str, **values: Any) -> Municipality:
    """This will make a municipality with a made-up number."""
    number = next(_numbers)
    given = {
        "lau_code": f"9{number:04d}",
        "site_code": f"{number:03d}"[-3:],
        "name": Translated(fi=slug.capitalize()),
        "latitude": 64.1,
        "longitude": 28.1,
        **values,
    }
    found, _created = Municipality.objects.get_or_create(slug=slug, defaults=given)
    return found


def make_organisation(slug: str, kind: str = OrganisationKind.PARTNER, **values: Any) -> Organisation:
    """This will make an organisation; a municipality's organisation gets its municipality too."""
    if kind == OrganisationKind.MUNICIPALITY:
        values.setdefault("municipality", make_municipality(slug))
    given = {"kind": kind, "name": Translated(fi=slug.capitalize(), en=slug.capitalize()), **values}
    found, _created = Organisation.objects.get_or_create(slug=slug, defaults=given)
    return found


def make_person(role: str, organisation: Organisation | str = "", **values: Any) -> User:
    """This will make a person with one role, in the named organisation or in one that fits the role."""
    number = next(_numbers)
    if isinstance(organisation, str):
        kind = {
            Role.COORDINATOR: OrganisationKind.COUNCIL,
            Role.MUNICIPALITY_OFFICER: OrganisationKind.MUNICIPALITY,
        }.get(Role(role), OrganisationKind.PARTNER)
        default = "the-council" if kind == OrganisationKind.COUNCIL else f"organisation-{number}"
        organisation = make_organisation(organisation or default, kind)
    given = {
        "email": f"person{number}@example.org",
        "display_name": f"Person {number}",
        "language": "en",
        **values,
    }
    person = User.objects.create_user(**given)
    Membership.objects.create(user=person, organisation=organisation, role=role)
    return person


def enquiry_input(**values: Any) -> EnquiryInput:
    """This will make what a person typed, ordinary in every field."""
    return EnquiryInput(
        **{
            "message": "We look for six hectares near a railway.",
            "name": "Ada Asker",
            "email": "ada@asker.example",
            "company": "Asker Ltd",
            "language": "en",
            **values,
        }
    )


def make_enquiry(*, now: datetime = NOW, spam_reasons: tuple[str, ...] = (), **values: Any) -> Enquiry:
    """This will make an enquiry as the public door stores it; `values` are fields of the enquiry to set afterwards."""
    make_region()
    number = next(_numbers)
    typed = clean_input(enquiry_input(message=f"We look for a site, matter {number}."))
    enquiry, _is_new = store_enquiry(
        values=typed, key=f"test-{number}", judge=lambda: list(spam_reasons), now=now
    )
    if values:
        Enquiry.objects.filter(pk=enquiry.pk).update(**values)
        enquiry.refresh_from_db()
    return enquiry
