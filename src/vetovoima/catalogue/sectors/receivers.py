"""Who hears of a sheet by mail: the expert who signs in here that it waits, the coordinators that it came back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

from vetovoima.accounts.enums import Role
from vetovoima.accounts.queries import people_with_role
from vetovoima.activity.registry import subscribe
from vetovoima.messaging.services import queue_mail

from .queries import KIND, sheets

if TYPE_CHECKING:
    from vetovoima.accounts.models import User
    from vetovoima.activity.models import Fact
    from vetovoima.catalogue.models import SectorSheet


@subscribe("catalogue.sector_sheet.review_asked")
def ask_expert(fact: Fact) -> None:
    """This will tell the named expert that a sheet waits for them."""
    sheet = sheets().filter(sector__slug=fact.code).first()
    if sheet is not None and sheet.reviewer is not None:
        _tell(fact, sheet, "sector_review", sheet.reviewer)


@subscribe("catalogue.sector_sheet.returned")
def tell_writers(fact: Fact) -> None:
    """This will tell the coordinators what the expert asks for."""
    sheet = sheets().filter(sector__slug=fact.code).first()
    if sheet is None:
        return
    for person in people_with_role(Role.COORDINATOR):
        _tell(fact, sheet, "sector_returned", person)


def _tell(fact: Fact, sheet: SectorSheet, template: str, person: User) -> None:
    if person.pk == fact.actor_id:
        return
    context = {
        "name": sheet.sector.name.best(person.language)[0],
        "comment": sheet.comment,
        "link": f"{settings.VETOVOIMA_PUBLIC_URL}/desk/facts/sectors/{sheet.code}/",
    }
    queue_mail(
        key=f"{template}:{fact.pk}:{person.pk}", to=person.email, language=person.language, template=template,
        context=context, about_kind=KIND, about_code=sheet.code,
    )  # fmt: skip
