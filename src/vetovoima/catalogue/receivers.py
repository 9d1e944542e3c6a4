"""Who hears of a record by mail: the coordinators what waits for review, the municipality what became of it.

Everything is queued in the transaction of the fact: both happen, or neither. Of examples nobody gets mail.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.conf import settings

from vetovoima.accounts.enums import Role
from vetovoima.accounts.queries import members_of, municipality_organisation, people_with_role
from vetovoima.activity.registry import subscribe
from vetovoima.messaging.services import queue_mail

from . import queries, services

if TYPE_CHECKING:
    from vetovoima.accounts.models import User
    from vetovoima.activity.models import Fact

    from .models import Site


def _tell(fact: Fact, site: Site, template: str, people: Iterable[User], page: str) -> None:
    """One mail to each person, in their language, save to whoever did it; `page` is what it links to."""
    for person in people:
        if person.pk == fact.actor_id:
            continue
        context = {
            "code": site.code,
            "name": site.name.best(person.language)[0],
            "municipality": site.municipality.name.best(person.language)[0],
            "comment": site.review_comment,
            "link": f"{settings.VETOVOIMA_PUBLIC_URL}/{page.format(code=site.code, language=person.language)}",
        }
        queue_mail(
            key=f"{template}:{fact.pk}:{person.pk}",
            to=person.email,
            language=person.language,
            template=template,
            context=context,
            about_kind="site",
            about_code=site.code,
        )


def _of_people(fact: Fact) -> Site | None:
    """The site of a fact that a person caused; None for a load and for an example."""
    found = queries.site(fact.code) if fact.actor_id else None
    return None if found is None or found.is_example else found


def _its_people(site: Site) -> Iterable[User]:
    organisation = municipality_organisation(site.municipality_id)
    return members_of({organisation.pk}) if organisation else ()


@subscribe("catalogue.site.submitted")
def ask_for_review(fact: Fact) -> None:
    """This will tell the coordinators that a record waits for them."""
    if site := _of_people(fact):
        _tell(fact, site, "site_submitted", people_with_role(Role.COORDINATOR), "desk/sites/{code}/review/")


@subscribe("catalogue.site.returned")
def tell_what_to_change(fact: Fact) -> None:
    """This will tell the municipality what the coordinator asks for."""
    if site := _of_people(fact):
        _tell(fact, site, "site_returned", _its_people(site), "desk/sites/{code}/")


@subscribe("catalogue.site.published")
def tell_that_it_is_public(fact: Fact) -> None:
    """This will tell the municipality that its record is public."""
    if site := _of_people(fact):
        _tell(fact, site, "site_published", _its_people(site), "{language}/sites/{code}/")


@subscribe("media.file.clean")
@subscribe("media.file.failed")
@subscribe("media.file.infected")
def note_scan(fact: Fact) -> None:
    """This will write into a record's history what the virus scanner said, and tell whoever uploaded an infected document.

    The mail names the record, not the document: what a document is called may be confidential.
    """
    entry = queries.file_of_record(fact.code)
    site = queries.site(entry.site.code) if entry else None
    if entry is None or site is None:
        return
    verdict = fact.type.rpartition(".")[2]
    told = services.note_scanned(site=site, name=fact.code, verdict=verdict, now=fact.at)
    if verdict == "infected" and entry.file.uploaded_by is not None and not site.is_example:
        _tell(told, site, "file_infected", [entry.file.uploaded_by], "desk/sites/{code}/")
