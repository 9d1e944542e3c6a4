"""Questions about the self-assessments and development plans of the municipalities."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from vetovoima.catalogue.enums import SiteState
from vetovoima.catalogue.models import Site
from vetovoima.cooperation.emphasis import queries as emphases
from vetovoima.cooperation.models import Assessment, Emphasis, PlanAction
from vetovoima.reference.models import Municipality

from .checklist import GROUPS, ITEMS, TOP, Item
from .measures import Gathered, Measured, Observed, measure


def assessments(user: Any, municipality: Municipality) -> list[Assessment]:
    """A municipality's assessments, the newest first."""
    found = Assessment.objects.visible_to(user).filter(municipality=municipality)
    return list(found.select_related("municipality").order_by("-year"))


def assessment(user: Any, municipality: Municipality, year: int) -> Assessment | None:
    """The assessment of one year, or None."""
    found = Assessment.objects.visible_to(user).filter(municipality=municipality, year=year)
    return found.select_related("municipality").first()


def plan(user: Any, municipality: Municipality) -> list[PlanAction]:
    """The development plan: what has to be done by its day, then what was done or dropped, the latest first."""
    found = list(
        PlanAction.objects.visible_to(user).filter(municipality=municipality).select_related("municipality")
    )
    live = sorted((one for one in found if one.is_live()), key=lambda one: (one.due_on, one.pk))
    closed = [one for one in found if not one.is_live()]
    return [*live, *sorted(closed, key=lambda one: (one.closed_on or one.due_on, one.pk), reverse=True)]


def plan_action(user: Any, municipality: Municipality, number: int) -> PlanAction | None:
    """One action of the plan, or None."""
    found = PlanAction.objects.visible_to(user).filter(municipality=municipality, pk=number)
    return found.select_related("municipality").first()


def score(of: Assessment | None) -> int | None:
    """How many of the points of all items an assessment gives, in per cent; None before any level is given.

    An item without a level gives no point: a half-filled assessment never looks better than a whole one.
    """
    if of is None:
        return None
    levels = [of.level(code) for code in ITEMS]
    if all(level is None for level in levels):
        return None
    return round(100 * sum(level or 0 for level in levels) / (TOP * len(ITEMS)))


def measured(
    user: Any, municipality: Municipality, observed: Observed, today: date
) -> dict[str, Measured | None]:
    """What the system sees by itself of a municipality, by item. Examples are left out of every figure."""
    sites = Site.objects.visible_to(user).complete().filter(municipality=municipality, is_example=False)
    seen = Gathered(
        sites=list(sites.exclude(state=SiteState.WITHDRAWN)),
        emphases=emphases.versions(user, municipality),
        observed=observed,
        today=today,
    )
    return measure(seen)


@dataclass(frozen=True)
class ItemLine:
    """One item of the checklist as one municipality stands in it."""

    item: Item
    level: int | None
    evidence: str
    before: int | None
    is_measured: bool
    measured: Measured | None

    @property
    def change(self) -> int | None:
        """By how many levels it has changed since the assessment before; None when one of them has no level."""
        return None if self.level is None or self.before is None else self.level - self.before

    @property
    def differs(self) -> bool:
        """Whether the system sees another level than the municipality gave."""
        return self.measured is not None and self.level is not None and self.measured.level != self.level


@dataclass(frozen=True)
class GroupLines:
    """The items of one group."""

    title: Any
    code: str
    lines: list[ItemLine]


def lines(
    of: Assessment | None, before: Assessment | None, seen: dict[str, Measured | None]
) -> list[GroupLines]:
    """The whole checklist: the level given, its grounds, that of the assessment before, and what the system sees."""

    def line(item: Item) -> ItemLine:
        return ItemLine(
            item=item,
            level=of.level(item.code) if of else None,
            evidence=of.evidence(item.code) if of else "",
            before=before.level(item.code) if before else None,
            is_measured=item.measure is not None,
            measured=seen.get(item.code),
        )

    return [GroupLines(group.title, group.code, [line(item) for item in group.items]) for group in GROUPS]


@dataclass(frozen=True)
class Standing:
    """One municipality in the table of all: its emphasis, its assessment, its plan."""

    municipality: Municipality
    approved: Emphasis | None
    has_draft: bool
    assessment: Assessment | None
    score: int | None
    change: int | None
    live: int
    late: int
    done: int


def standings(user: Any, today: date) -> list[Standing]:
    """Every municipality whose profile a person may see, by slug; a few queries for all of them."""
    places = list(emphases.visible_municipalities(user))
    approved = emphases.approved_by_municipality()
    drafts = set(
        Emphasis.objects.visible_to(user).filter(state="draft").values_list("municipality_id", flat=True)
    )
    rated: dict[int, list[Assessment]] = {}
    for one in Assessment.objects.visible_to(user).order_by("municipality", "-year"):
        rated.setdefault(one.municipality_id, []).append(one)
    actions: dict[int, list[PlanAction]] = {}
    for action in PlanAction.objects.visible_to(user):
        actions.setdefault(action.municipality_id, []).append(action)
    return [
        _standing(place, approved.get(place.pk), place.pk in drafts, rated.get(place.pk, []), actions.get(place.pk, []), today)
        for place in places
    ]  # fmt: skip


def _standing(
    place: Municipality, approved: Emphasis | None, has_draft: bool, rated: list[Assessment], actions: list[PlanAction],
    today: date,
) -> Standing:  # fmt: skip
    now, before = [*rated, None, None][:2]
    given, earlier = score(now), score(before)
    return Standing(
        municipality=place,
        approved=approved,
        has_draft=has_draft,
        assessment=now,
        score=given,
        change=None if given is None or earlier is None else given - earlier,
        live=sum(one.is_live() for one in actions),
        late=sum(one.is_late(today) for one in actions),
        done=sum(one.state == "done" for one in actions),
    )
