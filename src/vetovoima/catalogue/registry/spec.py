"""What a field of the collection standard is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from vetovoima.catalogue.enums import SiteKind

TEXT, TRANSLATED, NUMBER, WHOLE, MONEY, FLAG, DAY, CHOICE, LIST, LINK, SHAPE, MANY, ONE = (
    "text", "translated", "number", "whole", "money", "flag", "day", "choice", "list", "link", "shape", "many", "one",
)  # fmt: skip
#: several of the choices; a figure for each year, {"2027": 40.0}; other records by their codes
CHOICES, YEARS, SITES = "choices", "years", "sites"
FIGURES = (NUMBER, WHOLE, MONEY)

#: kinds by what they are made of; an opportunity is a record of its own that leans on sites
LAND = (SiteKind.PLOT, SiteKind.BROWNFIELD, SiteKind.BUSINESS_AREA)
BUILT = (SiteKind.PREMISES, SiteKind.BROWNFIELD)
PLACES = (SiteKind.PLOT, SiteKind.PREMISES, SiteKind.BROWNFIELD, SiteKind.BUSINESS_AREA)
RESOURCES = (SiteKind.RESOURCE,)
OPPORTUNITIES = (SiteKind.OPPORTUNITY,)
SITE_KINDS = (*PLACES, *RESOURCES)
EVERY = tuple(SiteKind)


@dataclass(frozen=True)
class Group:
    """A group of fields that share source, date and verifier."""

    name: str
    label: str | Promise


@dataclass(frozen=True)
class FieldSpec:
    """One field of the standard: where it belongs, what it holds, in what unit, for which records.

    `profiles` empty: for every record of its kinds; else only for those that carry one of them. `required`: always,
    with a value. `mandatory`: kinds or profiles of which it must be answered before review, by a value or by saying
    that it is unknown, not studied or that there is none. `asked`: kinds that are published without an answer only when
    whoever submits the record says so. `public_when`: another field and the values of it with which this one is public.
    `is_past`: a day of something done, never ahead. `expected` and `expected_for`: counted in completeness
    and shown as a gap when missing.
    """

    name: str
    group: str
    type: str
    label: str | Promise
    unit: str = ""
    kinds: tuple[str, ...] = EVERY
    profiles: tuple[str, ...] = ()
    choices: Any = None
    help: str | Promise = ""
    is_public: bool = True
    public_when: tuple[str, tuple[str, ...]] | None = None
    is_past: bool = False
    required: bool = False
    mandatory: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    expected: bool = False
    expected_for: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    limit: int = 120

    def belongs_to(self, kind: str, profiles: Iterable[str] | None) -> bool:
        """Whether a record of a kind has this field; `profiles` None asks for the fields of all profiles."""
        if kind not in self.kinds:
            return False
        return profiles is None or not self.profiles or not set(self.profiles).isdisjoint(profiles)

    def is_mandatory(self, kind: str, profiles: Iterable[str]) -> bool:
        """Whether it must be answered before a record of this kind and profiles goes to review."""
        return not {kind, *profiles}.isdisjoint(self.mandatory)

    def is_public_in(self, site: Any) -> bool:
        """Whether anybody may see it in a record: never the name of an owner who is a person."""
        if not self.is_public or self.public_when is None:
            return self.is_public
        name, values = self.public_when
        return site.value(name) in values

    def is_expected(self, kind: str, profiles: Iterable[str]) -> bool:
        """Whether its absence is a gap in a record of this kind and profiles."""
        return (
            self.expected
            or self.is_mandatory(kind, profiles)
            or not {kind, *profiles}.isdisjoint(self.expected_for)
        )


def f(name: str, group: str, type_: str, label: str | Promise, unit: str = "", **more: Any) -> FieldSpec:
    """This will make a field; the shortest form, because the standard is a long list."""
    return FieldSpec(name, group, type_, label, unit, **more)
