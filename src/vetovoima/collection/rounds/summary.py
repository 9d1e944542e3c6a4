"""A round in figures, for the board: what was answered, question by question, and planned investments summed."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied

from . import rules
from .enums import HANDED_IN, Certainty, Obstacle, QuestionType, TaskState
from .queries import tasks_of

if TYPE_CHECKING:
    from vetovoima.collection.models.rounds import OutlookEntry, Question, Round, RoundTask


@dataclass(frozen=True)
class QuestionSummary:
    """One question: each municipality's answer, and counts or figures over all of them."""

    question: Question
    answers: list[tuple[RoundTask, Any]]
    #: (value, how many) of choices and yes or no, in the question's order
    counts: list[tuple[str, int]]
    total: float | None
    middle: float | None


@dataclass(frozen=True)
class OutlookRow:
    """The planned investments of one year: their sum by certainty in whole euros, and together."""

    year: int
    by_certainty: dict[str, int]
    total: int
    count: int


@dataclass(frozen=True)
class Summary:
    """A round as a whole; only what was handed in counts, drafts and returned answers never."""

    round: Round
    tasks: list[RoundTask]
    answered: list[RoundTask]
    missing: list[RoundTask]
    questions: list[QuestionSummary]
    entries: list[OutlookEntry]
    years: list[OutlookRow]
    total: OutlookRow
    obstacles: list[tuple[str, int, int]]
    accepted: int


def summary(user: Any, round: Round) -> Summary:
    """This will sum a round up for a coordinator; raises PermissionDenied for anybody else."""
    if not rules.can_run_rounds(user):
        raise PermissionDenied
    tasks = list(tasks_of(user, round).prefetch_related("outlook__sector"))
    answered = [task for task in tasks if task.state in HANDED_IN]
    entries = [entry for task in answered for entry in task.outlook.all()]
    return Summary(
        round=round,
        tasks=tasks,
        answered=answered,
        missing=[task for task in tasks if task.state not in HANDED_IN],
        questions=[_question(one, answered) for one in round.questions.all()],
        entries=entries,
        years=_years(entries),
        total=_sum(0, entries),
        obstacles=_obstacles(entries),
        accepted=sum(task.state == TaskState.ACCEPTED for task in tasks),
    )


def _question(question: Question, answered: list[RoundTask]) -> QuestionSummary:
    answers = [(task, task.answers[question.code]) for task in answered if question.code in task.answers]
    values = [value for _task, value in answers]
    numbers = [float(value) for value in values] if question.type == QuestionType.NUMBER else []
    counted = Counter(values) if question.type in (QuestionType.CHOICE, QuestionType.YES_NO) else Counter()
    order = (
        ("yes", "no")
        if question.type == QuestionType.YES_NO
        else [str(n) for n in range(1, len(question.choices) + 1)]
    )
    return QuestionSummary(
        question=question,
        answers=answers,
        counts=[(value, counted[value]) for value in order] if counted else [],
        total=sum(numbers) if numbers else None,
        middle=median(numbers) if numbers else None,
    )


def _years(entries: list[OutlookEntry]) -> list[OutlookRow]:
    by_year: dict[int, list[OutlookEntry]] = defaultdict(list)
    for entry in entries:
        by_year[entry.year].append(entry)
    return [_sum(year, by_year[year]) for year in sorted(by_year)]


def _sum(year: int, entries: list[OutlookEntry]) -> OutlookRow:
    sums = dict.fromkeys(Certainty.values, 0)
    for entry in entries:
        sums[entry.certainty] += entry.amount_eur
    return OutlookRow(year, sums, sum(sums.values()), len(entries))


def _obstacles(entries: list[OutlookEntry]) -> list[tuple[str, int, int]]:
    """(obstacle, how many, their sum), the most money first; what nothing stands in the way of is left out."""
    found: dict[str, list[int]] = defaultdict(list)
    for entry in entries:
        if entry.obstacle and entry.obstacle != Obstacle.NONE:
            found[entry.obstacle].append(entry.amount_eur)
    rows = [(name, len(amounts), sum(amounts)) for name, amounts in found.items()]
    return sorted(rows, key=lambda row: (-row[2], row[0]))
