"""Questions about the operating model."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from vetovoima.common.digits import whole_number

from .enums import ItemKind, Part
from .models import Responsibility, Strategy, StrategyItem, Task

if TYPE_CHECKING:
    from vetovoima.accounts.models import Organisation


def strategies() -> QuerySet[Strategy]:
    """Every strategy, the latest first."""
    return Strategy.objects.select_related("owner").order_by("-valid_from", "code")


def strategy(code: str | None = None) -> Strategy | None:
    """The named strategy, or the latest; None when there is none."""
    found = strategies()
    return (found.filter(code=code) if code else found).first()


def items(kind: ItemKind, of: Strategy | None = None) -> QuerySet[StrategyItem]:
    """The items of one kind of a strategy (the latest unless another is given), in its order."""
    chosen = of or strategy()
    return StrategyItem.objects.filter(strategy=chosen, kind=kind).order_by("position", "code")


@dataclass(frozen=True)
class GoalNode:
    """A goal with the goals below it."""

    goal: StrategyItem
    children: tuple[GoalNode, ...]


def goals(of: Strategy | None = None) -> tuple[GoalNode, ...]:
    """The strategy's goals as a tree, in its order; one query."""
    below: dict[int | None, list[StrategyItem]] = defaultdict(list)
    for goal in items(ItemKind.GOAL, of):
        below[goal.parent_id].append(goal)

    def nodes(parent: int | None) -> tuple[GoalNode, ...]:
        return tuple(GoalNode(goal, nodes(goal.pk)) for goal in below.get(parent, ()))

    return nodes(None)


@dataclass(frozen=True)
class MatrixRow:
    """One task; `cells` has for each actor of the matrix that actor's part, or None."""

    task: Task
    cells: tuple[Responsibility | None, ...]

    @property
    def has_proposal(self) -> bool:
        """Whether any part in the task is a proposal that nobody has decided."""
        return any(cell is not None and cell.basis == "proposal" for cell in self.cells)


@dataclass(frozen=True)
class MatrixSection:
    """The tasks of one section of the strategy."""

    section: str
    rows: tuple[MatrixRow, ...]


@dataclass(frozen=True)
class Matrix:
    """Task × actor → part. `actors` are those that occur, owners of earlier sections first."""

    actors: tuple[Organisation, ...]
    sections: tuple[MatrixSection, ...]

    @property
    def rows(self) -> tuple[MatrixRow, ...]:
        """Every task, in the order of the sections."""
        return tuple(row for section in self.sections for row in section.rows)


def section_order(section: str) -> tuple[tuple[int, str], ...]:
    """This will make a sorting key of a section number, so that 7.10 comes after 7.9."""
    numbers = ((whole_number(word), word) for word in section.split("."))
    return tuple((10**6 if number is None else number, word) for number, word in numbers)


def responsibility_matrix() -> Matrix:
    """Who does what: tasks ordered by section, and the actors that have a part in any of them; two queries."""
    cells: dict[int, dict[int, Responsibility]] = defaultdict(dict)
    actors: dict[int, Organisation] = {}
    rank: dict[int, tuple[bool, int]] = {}
    tasks = sorted(
        Task.objects.all(), key=lambda task: (section_order(task.section), task.position, task.code)
    )
    place = {task.pk: number for number, task in enumerate(tasks)}
    for found in Responsibility.objects.select_related("organisation").order_by("task", "pk"):
        cells[found.task_id][found.organisation_id] = found
        actors[found.organisation_id] = found.organisation
        # An actor stands where it first owns something, and after all owners when it owns nothing.
        here = (found.part != Part.OWNER, place[found.task_id])
        rank[found.organisation_id] = min(here, rank.get(found.organisation_id, here))
    columns = sorted(actors, key=lambda key: (rank[key], actors[key].slug))
    rows = [MatrixRow(task, tuple(cells[task.pk].get(key) for key in columns)) for task in tasks]
    sections: dict[str, list[MatrixRow]] = defaultdict(list)
    for row in rows:
        sections[row.task.section].append(row)
    return Matrix(
        actors=tuple(actors[key] for key in columns),
        sections=tuple(MatrixSection(section, tuple(found)) for section, found in sections.items()),
    )


def tasks_of(organisation_ids: Iterable[int]) -> list[Responsibility]:
    """What any of the organisations has to do: owned tasks first, then in the order of the sections."""
    parts = list(Part.values)
    found = Responsibility.objects.filter(organisation_id__in=set(organisation_ids)).select_related(
        "task", "organisation"
    )
    return sorted(
        found,
        key=lambda one: (parts.index(one.part), section_order(one.task.section), one.task.position, one.pk),
    )
