"""An offer package as a document in one language: page, PDF, workbook and JSON are made of this alone.

Records come from their published documents, numbers from the fact bank; nothing of a working copy is read.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import override

from vetovoima.catalogue.knowledge.enums import FactState
from vetovoima.catalogue.knowledge.queries import drawn
from vetovoima.catalogue.knowledge.writing import written
from vetovoima.catalogue.models import KnownFact
from vetovoima.directory.models import Contact
from vetovoima.reference.queries import region, sector
from vetovoima.syndication.documents import text_of

from .models import OfferPackage
from .queries import records_in
from .scoring import as_shape, score_of

SCHEMA = "vetovoima.package/1"


def package_document(package: OfferPackage, language: str, today: date) -> dict[str, Any]:
    """This will return a package as plain data in a language."""
    with override(language):
        records = records_in(package.sites, language)
        found = region()
        public = {one.code for one in records}
        numbers = numbers_of(package, language)
        contact = contact_shape(package.contact, language)
        return {
            "schema": SCHEMA,
            "code": package.code,
            "revision": package.revision,
            "language": language,
            "state": {"value": package.state, "label": str(package.get_state_display())},
            "is_example": any(one.is_example for one in records) or bool(contact and contact["is_example"]),
            "is_expired": package.valid_until is not None and package.valid_until < today,
            "municipality": {
                "slug": package.municipality.slug,
                "name": package.municipality.name.best(language)[0],
                "website": package.municipality.website,
            },
            "region": found.site_name.best(language)[0] if found else "",
            "licence": found.licence if found else "",
            "title": text_of(package.title, language),
            "target": _target(package, language),
            "argument": text_of(package.argument, language),
            "visit": {
                "idea": text_of(package.visit, language),
                "length": str(package.get_visit_length_display()),
                "host": package.visit_host,
            },
            "numbers": numbers,
            "contact": contact,
            "valid_until": package.valid_until.isoformat() if package.valid_until else "",
            "updated_at": localtime(package.updated_at).isoformat(timespec="seconds"),
            "records": [one.body for one in records],
            "withdrawn": [code for code in package.sites if code not in public],
            "completeness": as_shape(score_of(package, today)),
        }


def _target(package: OfferPackage, language: str) -> dict[str, str]:
    found = sector(package.sector) if package.sector else None
    return {
        "sector": found.name.best(language)[0] if found else "",
        "segment": str(package.get_segment_display()) if package.segment else "",
        "language": package.language,
    }


def numbers_of(package: OfferPackage, language: str) -> list[dict[str, str]]:
    """The numbers of a package as the bank has them now; what was retired without a replacement is left out."""
    return numbers_in(package.facts, language)


def numbers_in(codes: list[str], language: str) -> list[dict[str, str]]:
    """Facts of the bank as they are now, in the order of their codes; what was retired without a replacement is left out."""
    shown = drawn(codes)
    there = [shown[code] for code in codes if code in shown]
    return [_number(one, language) for one in there if one.state != FactState.RETIRED]


def _number(fact: KnownFact, language: str) -> dict[str, str]:
    return {
        "code": fact.code,
        "label": fact.label.best(language)[0],
        "value": written(fact, language),
        "as_of": fact.as_of,
        "source": str(fact.source.get("title", "")),
        "source_url": str(fact.source.get("url", "")),
    }


def contact_shape(person: Contact | None, language: str) -> dict[str, Any] | None:
    """The person's published details, or None."""
    if person is None:
        return None
    return {
        "name": person.name,
        "title": person.title.best(language)[0],
        "organisation": person.organisation.name.best(language)[0],
        "email": person.email,
        "phone": person.phone,
        "languages": person.languages,
        "is_example": person.is_example,
    }
