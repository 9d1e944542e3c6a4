"""Questions about the emphases of the municipalities."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet

from vetovoima.accounts.rights import Action, Kind, Reach
from vetovoima.accounts.rules import municipality_ids, reach
from vetovoima.activity.models import Fact
from vetovoima.cooperation.models import Emphasis, EmphasisWeight, Gathering
from vetovoima.reference.models import Municipality, Theme
from vetovoima.reference.queries import municipalities, themes

from .enums import EmphasisState, GatheringKind

#: the themes that the strategy lays across all sectors (section 4)
CROSS_CUTTING = "cross_cutting"


def _complete(found: QuerySet[Emphasis]) -> QuerySet[Emphasis]:
    weights = EmphasisWeight.objects.select_related("sector", "theme")
    return found.select_related("municipality").prefetch_related(Prefetch("weights", queryset=weights))


def visible_municipalities(user: Any) -> QuerySet[Municipality]:
    """The municipalities whose profile a person may see, by slug."""
    furthest = reach(user, Kind.PROFILE, Action.VIEW)
    if furthest == Reach.ALL:
        return municipalities()
    if furthest == Reach.OWN:
        return municipalities().filter(pk__in=municipality_ids(user, Kind.PROFILE, Action.VIEW))
    return municipalities().none()


def versions(user: Any, municipality: Municipality) -> list[Emphasis]:
    """Every version of a municipality's emphasis that a person may see, the newest first."""
    found = Emphasis.objects.visible_to(user).filter(municipality=municipality)
    return list(_complete(found).order_by("-number"))


def version(user: Any, municipality: Municipality, number: int) -> Emphasis | None:
    """One version, or None."""
    found = Emphasis.objects.visible_to(user).filter(municipality=municipality, number=number)
    return _complete(found).first()


def approved_by_municipality() -> dict[int, Emphasis]:
    """The approved emphasis of each municipality that has one: public."""
    found = Emphasis.objects.filter(state=EmphasisState.APPROVED)
    return {one.municipality_id: one for one in _complete(found)}


def gatherings(user: Any, municipality: Municipality) -> list[Gathering]:
    """What was asked and read for a municipality's emphasis, the newest first."""
    found = Gathering.objects.visible_to(user).filter(municipality=municipality)
    return list(found.select_related("emphasis", "municipality").order_by("-held_on", "-pk"))


def gathering(user: Any, municipality: Municipality, number: int) -> Gathering | None:
    """One of them, or None."""
    found = Gathering.objects.visible_to(user).filter(municipality=municipality, pk=number)
    return found.select_related("emphasis", "municipality").first()


def cross_cutting_themes() -> QuerySet[Theme]:
    """The themes that an emphasis may name beside the sectors."""
    return themes().filter(kind=CROSS_CUTTING)


def history(municipality: Municipality) -> QuerySet[Fact]:
    """What was done to a municipality's emphasis, newest first."""
    found = Fact.objects.filter(kind="emphasis", code__startswith=f"{municipality.slug}:")
    return found.order_by("-at", "-pk")


# ------------------------------------------------------------------------------------------------ for anybody


@dataclass(frozen=True)
class Grounds:
    """What an emphasis rests on, as far as anybody may know: how many of each kind, in which years."""

    counts: list[tuple[str, int]]
    first_year: int
    last_year: int


@dataclass(frozen=True)
class PublicEmphasis:
    """An approved emphasis with its grounds, for the public page."""

    emphasis: Emphasis
    weights: list[EmphasisWeight]
    grounds: Grounds | None


def grounds_of(kinds_and_years: Iterable[tuple[str, int]]) -> Grounds | None:
    """This will count kinds in the order of their list; None when there is nothing."""
    found = list(kinds_and_years)
    if not found:
        return None
    counts = Counter(kind for kind, _year in found)
    years = [year for _kind, year in found]
    return Grounds(
        [(kind, counts[kind]) for kind in GatheringKind.values if counts[kind]], min(years), max(years)
    )


def public_emphasis(slug: str) -> PublicEmphasis | None:
    """What a municipality's body has approved, for anybody; None when nothing is. Of its grounds only kinds and years."""
    found = _complete(Emphasis.objects.filter(state=EmphasisState.APPROVED, municipality__slug=slug)).first()
    if found is None:
        return None
    asked = found.gatherings.order_by("held_on").values_list("kind", "held_on__year")
    return PublicEmphasis(found, list(found.weights.all()), grounds_of(asked))
