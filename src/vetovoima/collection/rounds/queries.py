"""Questions about stewards, duties and rounds. Hidden and absent look the same from here."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from statistics import median
from typing import TYPE_CHECKING, Any

from django.db.models import Max, QuerySet
from django.utils.timezone import localdate

from vetovoima.accounts.enums import OrganisationKind, Role
from vetovoima.accounts.queries import organisations, people_with_role
from vetovoima.accounts.rights import Action, Kind, Reach
from vetovoima.accounts.rules import municipality_ids, reach
from vetovoima.activity.models import Fact
from vetovoima.activity.queries import history_of
from vetovoima.catalogue import quality
from vetovoima.catalogue import queries as catalogue
from vetovoima.catalogue.enums import SiteState
from vetovoima.catalogue.models import Site, SiteVersion
from vetovoima.collection.models.rounds import (
    AnswerLink,
    Duty,
    DutyMark,
    Round,
    RoundTask,
    RoundTaskQuerySet,
    Stewardship,
)
from vetovoima.reference.models import Municipality
from vetovoima.reference.queries import municipalities

from . import rules
from .answers import task_code
from .days import closing, start_of
from .duties import DutyStanding, Facts, asked_until, held_freshness, last_answers, standing_of
from .enums import DutyState, RoundKind, RoundState, TaskState

if TYPE_CHECKING:
    from vetovoima.accounts.models import User


class NoSuchRound(LookupError):
    """There is no such round, task, link or municipality, or not for this person."""


@dataclass(frozen=True)
class InCharge:
    """Who is asked for a municipality on a day. `covers_for` is the steward who is away or has left."""

    person: User
    covers_for: User | None = None
    until: date | None = None


@dataclass(frozen=True)
class BoardRow:
    """How collecting stands in one municipality."""

    municipality: Municipality
    stewardship: Stewardship | None
    in_charge: InCharge | None
    duties: list[DutyStanding]
    tasks: list[RoundTask]
    records: int
    examples: int
    completeness: float | None
    freshness: float | None
    gaps: int

    @property
    def is_kept(self) -> bool:
        """Whether somebody is named, and both who are named may still answer."""
        return self.stewardship is not None and rules.is_kept(self.stewardship)

    @property
    def worst_duty(self) -> str:
        """The state of the duty that stands worst."""
        states = {one.state for one in self.duties}
        order = (DutyState.OVERDUE, DutyState.SOON, DutyState.KEPT)
        return next((str(state) for state in order if state in states), str(DutyState.NOTHING))

    def count(self, state: str) -> int:
        """How many duties stand so."""
        return sum(one.state == state for one in self.duties)

    @property
    def overdue(self) -> int:
        """How many duties are overdue."""
        return self.count(DutyState.OVERDUE)

    @property
    def soon(self) -> int:
        """How many duties are due soon."""
        return self.count(DutyState.SOON)

    @property
    def unanswered(self) -> int:
        """How many open rounds wait for an answer."""
        return sum(rules.is_writable(task) for task in self.tasks)


@dataclass(frozen=True)
class Waiting:
    """What waits for a person on their day: a part of a round, a planned round, or a duty; why, and until when."""

    why: str
    municipality: Municipality | None = None
    task: RoundTask | None = None
    round: Round | None = None
    standing: DutyStanding | None = None
    due_at: datetime | None = None


# ------------------------------------------------------------------------------------------------ municipalities


def visible_municipalities(user: Any) -> QuerySet[Municipality]:
    """The municipalities whose collecting a person may see, by slug."""
    furthest = reach(user, Kind.COLLECTION, Action.VIEW)
    if furthest == Reach.ALL:
        return municipalities()
    if furthest == Reach.OWN:
        return municipalities().filter(pk__in=municipality_ids(user, Kind.COLLECTION, Action.VIEW))
    return municipalities().none()


def municipality_for(user: Any, slug: str) -> Municipality:
    """One municipality for a person; raises NoSuchRound."""
    found = visible_municipalities(user).filter(slug=slug).first()
    if found is None:
        raise NoSuchRound(slug)
    return found


def stewardships() -> QuerySet[Stewardship]:
    """Every stewardship with its persons: for the system's own work."""
    found = Stewardship.objects.select_related("municipality", "steward", "deputy")
    seats = ("steward__memberships__organisation", "deputy__memberships__organisation")
    return found.prefetch_related(*seats).order_by("municipality__slug")


def stewardship_of(municipality: Municipality) -> Stewardship | None:
    """Who keeps a municipality's data, or None before anybody is named."""
    return stewardships().filter(municipality=municipality).first()


def in_charge(stewardship: Stewardship | None, day: date) -> InCharge | None:
    """Who is asked on a day: the steward; the deputy when the steward is away or has left the municipality.

    Where neither can be asked it is a coordinator, so that nothing is ever sent to nobody; None without one.
    """
    if stewardship is not None:
        steward, deputy, town = stewardship.steward, stewardship.deputy, stewardship.municipality_id
        is_away = stewardship.is_away(day)
        if rules.may_still_answer(steward, town) and not is_away:
            return InCharge(steward)
        if rules.may_still_answer(deputy, town):
            return InCharge(deputy, steward, stewardship.away_until if is_away else None)
    coordinator = people_with_role(Role.COORDINATOR).first()
    covered = stewardship.steward if stewardship else None
    return InCharge(coordinator, covered) if coordinator else None


def sites_of(user: Any, municipality: Municipality) -> list[Site]:
    """A municipality's records that a person may see and that are not withdrawn, by code."""
    found = Site.objects.visible_to(user).complete().filter(municipality=municipality)
    return list(found.exclude(state=SiteState.WITHDRAWN).order_by("code"))


# ------------------------------------------------------------------------------------------------ rounds


def rounds_for(user: Any) -> QuerySet[Round]:
    """The rounds that a person may see, the newest first."""
    return Round.objects.visible_to(user).prefetch_related("tasks").order_by("-opens_on", "code")


def all_rounds() -> QuerySet[Round]:
    """Every round, the newest first: for the command line and the system's own work."""
    return Round.objects.prefetch_related("tasks__municipality").order_by("-opens_on", "code")


def round_for(user: Any, code: str) -> Round:
    """One round for a person; raises NoSuchRound."""
    found = Round.objects.visible_to(user).filter(code=code).first()
    if found is None:
        raise NoSuchRound(code)
    return found


def tasks_of(user: Any, round: Round) -> RoundTaskQuerySet:
    """The parts of a round that a person may see, by municipality."""
    found = RoundTask.objects.visible_to(user).complete().filter(round=round)
    return found.prefetch_related("notices").order_by("municipality__slug")


def own_tasks(user: Any) -> dict[int, RoundTask]:
    """A municipality's own part of every round, by the round's key; empty for whoever is of none or of several."""
    found = list(RoundTask.objects.visible_to(user).select_related("municipality", "round"))
    if len({task.municipality_id for task in found}) != 1:
        return {}
    return {task.round_id: task for task in found}


def task_for(user: Any, code: str, town: str) -> RoundTask:
    """One municipality's part of a round for a person; raises NoSuchRound."""
    found = RoundTask.objects.visible_to(user).complete().filter(round__code=code, municipality__slug=town)
    task = found.first()
    if task is None:
        raise NoSuchRound(f"{code}/{town}")
    return task


def link_for(user: Any, task: RoundTask, number: int) -> AnswerLink:
    """One link of a task that the person has fetched; raises NoSuchRound."""
    found = (
        AnswerLink.objects.select_related("task__round", "task__municipality")
        .filter(task=task, pk=number)
        .first()
    )
    if found is None or not rules.can_answer(user, task):
        raise NoSuchRound(str(number))
    return found


def earlier_answer(task: RoundTask) -> RoundTask | None:
    """What the same municipality answered in the last round of the same kind, or None."""
    same = RoundTask.objects.handed_in().filter(
        municipality_id=task.municipality_id, round__kind=task.round.kind
    )
    return same.exclude(pk=task.pk).select_related("round").order_by("-answered_at", "-pk").first()


def history(task: RoundTask) -> QuerySet[Fact]:
    """What happened to a task, newest first. The caller has fetched it for a person."""
    return history_of("round_task", task_code(task))


def municipality_history(municipality: Municipality) -> QuerySet[Fact]:
    """What happened to a municipality's stewards and duties, newest first. The caller has fetched it for a person."""
    return history_of("municipality", municipality.slug)


# ------------------------------------------------------------------------------------------------ the status board


@dataclass
class _Gathered:
    """Everything the board needs, in a handful of questions, by municipality."""

    sites: dict[int, list[Site]] = field(default_factory=lambda: defaultdict(list))
    tasks: dict[int, list[RoundTask]] = field(default_factory=lambda: defaultdict(list))
    posts: dict[int, Stewardship] = field(default_factory=dict)
    marks: dict[int, dict[int, DutyMark]] = field(default_factory=lambda: defaultdict(dict))
    published: dict[int, datetime] = field(default_factory=dict)


def _gather(places: Sequence[Municipality]) -> _Gathered:
    keys = [one.pk for one in places]
    found = _Gathered()
    for site in Site.objects.complete().filter(municipality__in=keys).exclude(state=SiteState.WITHDRAWN):
        found.sites[site.municipality_id].append(site)
    for task in RoundTask.objects.complete().filter(municipality__in=keys).order_by("round__closes_on", "pk"):
        found.tasks[task.municipality_id].append(task)
    for post in stewardships().filter(municipality__in=keys):
        found.posts[post.municipality_id] = post
    for mark in DutyMark.objects.filter(municipality__in=keys).order_by("done_on", "pk"):
        found.marks[mark.municipality_id][mark.duty_id] = mark
    last = SiteVersion.objects.filter(site__municipality__in=keys).values("site__municipality")
    for row in last.order_by().annotate(last=Max("published_at")):
        found.published[row["site__municipality"]] = row["last"]
    return found


def duties() -> QuerySet[Duty]:
    """What every municipality keeps now, in the order of the data pack."""
    return Duty.objects.filter(is_active=True).order_by("position", "code")


def duty(code: str) -> Duty:
    """One duty; raises NoSuchRound."""
    found = duties().filter(code=code).first()
    if found is None:
        raise NoSuchRound(code)
    return found


def board(user: Any, today: date) -> list[BoardRow]:
    """How collecting stands in each municipality that a person may see, by name of the address."""
    return rows_for(list(visible_municipalities(user)), today)


def rows_for(places: Sequence[Municipality], today: date) -> list[BoardRow]:
    """The board's rows for some municipalities: for the system's own work."""
    gathered, kept = _gather(places), list(duties())
    return [_row(one, gathered, kept, today) for one in places]


def _row(municipality: Municipality, gathered: _Gathered, kept: list[Duty], today: date) -> BoardRow:
    key = municipality.pk
    sites, tasks, post = gathered.sites[key], gathered.tasks[key], gathered.posts.get(key)
    published = gathered.published.get(key)
    facts = Facts(
        sites=sites,
        stewardship=post,
        published_on=localdate(published) if published else None,
        answered_on=last_answers(tasks),
        asked_until=asked_until(tasks),
        marks=gathered.marks[key],
    )
    return BoardRow(
        municipality=municipality,
        stewardship=post,
        in_charge=in_charge(post, today),
        duties=[standing_of(one, facts, today) for one in kept],
        tasks=[task for task in tasks if task.round.state == RoundState.OPEN],
        records=len(sites),
        examples=sum(site.is_example for site in sites),
        completeness=median([site.completeness for site in sites]) if sites else None,
        freshness=fresh_share(sites, today),
        gaps=sum(len(catalogue.gaps(site)) for site in sites),
    )


def fresh_share(sites: Iterable[Site], today: date) -> float | None:
    """How many of the groups of fields that public records hold are fresh, in per cent; None without any."""
    states = Counter(
        one.state for site in sites if site.published_version for one in held_freshness(site, today).values()
    )
    total = sum(states.values())
    return round(100 * states[quality.FRESH] / total, 1) if total else None


# ------------------------------------------------------------------------------------------------ a person's day


def waiting_for(user: Any, now: datetime) -> list[Waiting]:
    """What waits for a person: open parts of rounds and overdue duties; answers to accept and rounds to run."""
    found: list[Waiting] = []
    if rules.can_run_rounds(user):
        found += _to_judge() + _to_run(now) + _without_steward()
    if reach(user, Kind.COLLECTION, Action.ANSWER) == Reach.OWN:
        found += _to_answer(user) + _to_keep(user, now)
    return found


def _to_judge() -> list[Waiting]:
    tasks = RoundTask.objects.complete().filter(state=TaskState.ANSWERED).order_by("answered_at", "pk")
    return [Waiting("judge", task.municipality, task=task) for task in tasks]


def _to_run(now: datetime) -> list[Waiting]:
    """Annual rounds that should be open and have no questions yet."""
    late = Round.objects.filter(
        state=RoundState.PLANNED, kind=RoundKind.ANNUAL, opens_on__lte=localdate(now), questions=None
    )
    return [Waiting("questions", round=one, due_at=start_of(one.opens_on)) for one in late]


def _without_steward() -> list[Waiting]:
    """Municipalities that take part as organisations and have nobody in charge, or of whom somebody in charge has left."""
    taking_part = organisations().filter(kind=OrganisationKind.MUNICIPALITY).values("municipality_id")
    kept = [one.municipality_id for one in stewardships() if rules.is_kept(one)]
    return [
        Waiting("steward", one) for one in municipalities().filter(pk__in=taking_part).exclude(pk__in=kept)
    ]


def _to_answer(user: Any) -> list[Waiting]:
    tasks = RoundTask.objects.visible_to(user).complete().filter(round__state=RoundState.OPEN)
    open_ = [task for task in tasks.order_by("round__closes_on", "pk") if rules.is_writable(task)]
    return [
        Waiting(
            "complete" if task.state == TaskState.RETURNED else "answer",
            task.municipality,
            task=task,
            due_at=closing(task.round),
        )
        for task in open_
    ]


def _to_keep(user: Any, now: datetime) -> list[Waiting]:
    own = municipality_ids(user, Kind.COLLECTION, Action.ANSWER)
    rows = rows_for(list(municipalities().filter(pk__in=own)), localdate(now))
    return [
        Waiting(
            "duty",
            row.municipality,
            standing=one,
            due_at=start_of(one.due_on) if one.due_on else None,
        )
        for row in rows
        for one in row.duties
        if one.state == DutyState.OVERDUE
    ]
