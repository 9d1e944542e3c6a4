"""Checks of what a package may hold: published records of its municipality, facts of the bank, a published person."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from vetovoima.catalogue.knowledge.tokens import codes_in, slips_in, unknown_codes
from vetovoima.reference.models import Municipality
from vetovoima.reference.queries import sector

from . import queries

#: so that the front of the package stays on two pages
MOST_RECORDS = 12
MOST_FACTS = 12
LONGEST = {"title": 120, "argument": 2000, "visit": 700}


def check_texts(values: dict[str, Any]) -> dict[str, ValidationError]:
    """Texts that are too long for the front of a package."""
    return {
        name: ValidationError(
            _("The text is too long for a package: at most %(limit)s characters."), code="too_long", params={"limit": limit}
        )
        for name, limit in LONGEST.items()
        if any(len(text) > limit for text in values.get(name, {}).values())
    }  # fmt: skip


def check_tokens(texts: Iterable[str], municipality: Municipality) -> list[ValidationError]:
    """Facts that the argument names and the bank does not have for this municipality, and slips of the pen."""
    texts = list(texts)
    if not codes_in(*texts) and not any(slips_in(text) for text in texts):
        return []
    known = set(queries.offered_facts(municipality).values_list("code", flat=True))
    wrong = [*unknown_codes(texts, known), *(slip for text in texts for slip in slips_in(text))]
    said = _(
        "The fact bank has no usable fact %(code)s for this municipality. Choose another, or write without it."
    )
    return [ValidationError(said, code="no_fact", params={"code": code}) for code in wrong]


def check_records(codes: list[str], municipality: Municipality, kept: Iterable[str]) -> list[ValidationError]:
    """Records that are not published ones of the municipality; those of the package that were withdrawn may stay."""
    if len(codes) > MOST_RECORDS:
        said = _("A package holds at most %(limit)s records. Make two packages of them.")
        return [ValidationError(said, code="too_many", params={"limit": MOST_RECORDS})]
    offered = {one.code for one in queries.offered_records(municipality, "en").only("code")} | set(kept)
    missing = [code for code in codes if code not in offered]
    said = _(
        "%(code)s is not a published record of the municipality. Only what is published can be packaged."
    )
    return [ValidationError(said, code="not_published", params={"code": code}) for code in missing]


def check_facts(codes: list[str], municipality: Municipality, kept: Iterable[str]) -> list[ValidationError]:
    """Numbers that the bank does not have for the municipality."""
    if len(codes) > MOST_FACTS:
        said = _("A package shows at most %(limit)s numbers. Choose those that matter to the investor.")
        return [ValidationError(said, code="too_many", params={"limit": MOST_FACTS})]
    known = set(queries.offered_facts(municipality).values_list("code", flat=True)) | set(kept)
    said = _(
        "The fact bank has no usable fact %(code)s for this municipality. Choose another, or write without it."
    )
    return [
        ValidationError(said, code="no_fact", params={"code": code}) for code in codes if code not in known
    ]


def check_sector(slug: str) -> list[ValidationError]:
    """A sector that the region does not have."""
    if not slug or sector(slug) is not None:
        return []
    return [ValidationError(_("Choose a sector of the list."), code="no_sector")]


def check_contact(contact: Any, municipality: Municipality) -> list[ValidationError]:
    """Somebody who does not stand for the municipality's offer or the council."""
    if contact is None or queries.offered_contacts(municipality).filter(pk=contact.pk).exists():
        return []
    said = _("Choose a contact person of the municipality or of the council.")
    return [ValidationError(said, code="no_contact")]
