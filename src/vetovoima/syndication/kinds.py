"""The kinds of records of the offer: one list for the search, the addresses and the choices of every form."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise

from vetovoima.catalogue.enums import SiteKind


@dataclass(frozen=True)
class OfferKind:
    """A kind of record: its value in documents, what it is called, and the part of the portal in which it lives."""

    value: str
    label: str | Promise
    part: str = "sites"


_KINDS = {
    kind.value: OfferKind(
        kind.value, kind.label, "opportunities" if kind == SiteKind.OPPORTUNITY else "sites"
    )
    for kind in SiteKind
}


def register_kind(kind: OfferKind) -> None:
    """This will add a kind of record that another app publishes (in `ready()`), after those there are."""
    _KINDS[kind.value] = kind


def kind_choices() -> list[tuple[str, str | Promise]]:
    """Every kind with its name, in their order."""
    return [(one.value, one.label) for one in _KINDS.values()]


def part_of(kind: str) -> str:
    """The part of the portal in which a kind of record lives."""
    return _KINDS[kind].part if kind in _KINDS else "sites"
