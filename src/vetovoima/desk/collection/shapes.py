"""What the pages of collecting show: plain shapes, made from queries and rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy

from vetovoima.accounts.rights import Action, Kind
from vetovoima.accounts.rules import may
from vetovoima.activity.registry import in_words
from vetovoima.collection.rounds import queries, rules
from vetovoima.collection.rounds.coach import best_gaps
from vetovoima.collection.rounds.days import closing, share_passed, takes_answers
from vetovoima.collection.rounds.enums import HANDED_IN, DutyState, Obstacle, RoundKind
from vetovoima.collection.rounds.links import links_of
from vetovoima.collection.rounds.workbook import options_of, shown_answer
from vetovoima.desk.forms import here

if TYPE_CHECKING:
    from vetovoima.collection.models.rounds import Question, Round, RoundTask
    from vetovoima.collection.rounds.duties import DutyStanding
    from vetovoima.collection.rounds.queries import BoardRow
    from vetovoima.collection.rounds.summary import Summary
    from vetovoima.reference.models import Municipality

#: how many lines of history a page shows
HISTORY = 12
WORST_FIRST = (DutyState.OVERDUE, DutyState.SOON, DutyState.KEPT, DutyState.NOTHING)


@dataclass(frozen=True)
class Column:
    """One column of the board by which it can be ordered."""

    name: str
    label: Any
    key: Callable[[BoardRow], Any]
    is_number: bool = False
    #: worst first: the largest number, or the smallest
    is_descending: bool = False


def _name(row: BoardRow) -> str:
    return row.municipality.name.best(here())[0]


COLUMNS = (
    Column("municipality", gettext_lazy("Municipality"), _name),
    Column("steward", gettext_lazy("Steward"), lambda row: (row.is_kept, _name(row))),
    Column("duties", gettext_lazy("Duties"), lambda row: (row.overdue, row.soon), is_descending=True),
    Column("rounds", gettext_lazy("Open rounds"), lambda row: row.unanswered, is_descending=True),
    Column(
        "completeness", gettext_lazy("Completeness"), lambda row: -1 if row.completeness is None else row.completeness,
        is_number=True,
    ),
    Column(
        "freshness", gettext_lazy("Fresh"), lambda row: -1 if row.freshness is None else row.freshness, is_number=True
    ),
    Column("gaps", gettext_lazy("Gaps"), lambda row: row.gaps, is_number=True, is_descending=True),
)  # fmt: skip


@dataclass(frozen=True)
class Head:
    """The head of one column: where a click on it leads, and how the table is ordered now."""

    label: Any
    url: str
    is_number: bool
    order: str


def ordered(rows: Iterable[BoardRow], wanted: str) -> tuple[list[BoardRow], list[Head]]:
    """This will put the board in the wanted order ("gaps", "-gaps") and return it with the heads of its columns."""
    name, is_turned = wanted.removeprefix("-"), wanted.startswith("-")
    column = next((one for one in COLUMNS if one.name == name), COLUMNS[0])
    in_order = sorted(rows, key=_name)
    in_order.sort(key=column.key, reverse=column.is_descending != is_turned)
    heads = [
        Head(
            one.label,
            f"?sort=-{one.name}" if one is column and not is_turned else f"?sort={one.name}",
            one.is_number,
            "" if one is not column else "descending" if column.is_descending != is_turned else "ascending",
        )
        for one in COLUMNS
    ]
    return in_order, heads


def town_page(user: Any, municipality: Municipality, today: date) -> dict[str, Any]:
    """One municipality as a list of what to do: rounds, duties, the most valuable gaps; and who is in charge."""
    row = queries.rows_for([municipality], today)[0]
    sites = queries.sites_of(user, municipality)
    standings = sorted(row.duties, key=lambda one: WORST_FIRST.index(DutyState(one.state)))
    return {
        "area_name": "collection",
        "tab": "board",
        "row": row,
        "municipality": municipality,
        "today": today,
        "is_away": bool(row.stewardship and row.stewardship.is_away(today)),
        "tasks": [task for task in row.tasks if rules.is_writable(task)],
        "duties": [duty_line(one) for one in standings],
        "gaps": best_gaps(sites, today),
        "may_name": rules.can_name_steward(user, municipality.pk),
        "past": [in_words_with_day(one) for one in queries.municipality_history(municipality)[:HISTORY]],
        "language": here(),
    }


@dataclass(frozen=True)
class DutyLine:
    """A duty with the records that stand in its way."""

    standing: DutyStanding
    links: list[tuple[str, str]]
    is_by_hand: bool


def duty_line(standing: DutyStanding) -> DutyLine:
    """This will give a duty its links: to the records' forms, at the group of fields in question."""
    group = standing.duty.groups[0] if standing.duty.groups else ""
    links = [
        (site.code, reverse("desk:site-edit", args=[site.code]) + (f"#{group}" if group else ""))
        for site in standing.sites[:5]
    ]
    return DutyLine(standing, links, standing.duty.measure == "hand")


def in_words_with_day(fact: Any) -> dict[str, Any]:
    """One line of history."""
    return {"at": fact.at, "words": in_words(fact), "by": fact.actor_name}


@dataclass(frozen=True)
class RoundLine:
    """One round in the list, with how many have answered."""

    round: Round
    asked: int
    answered: int
    share: int
    #: the person's own municipality's part, when they answer for one
    own: RoundTask | None = None
    is_waiting: bool = False


def round_lines(
    rounds: Iterable[Round], now: datetime, own: Mapping[int, RoundTask] | None = None
) -> list[RoundLine]:
    """The list of rounds; `own` holds the person's own parts, by the round's key."""
    found = []
    for one in rounds:
        tasks = list(one.tasks.all())
        answered = sum(task.state in HANDED_IN for task in tasks)
        mine = (own or {}).get(one.pk)
        is_waiting = mine is not None and rules.is_writable(mine) and takes_answers(one, now)
        share = round(100 * share_passed(one, now))
        found.append(RoundLine(one, len(tasks), answered, share, mine, is_waiting))
    return found


def round_page(user: Any, found: Round, now: datetime, **more: Any) -> dict[str, Any]:
    """One round with how each municipality stands, and what can be done now."""
    tasks = list(queries.tasks_of(user, found))
    return {
        "area_name": "collection",
        "tab": "rounds",
        "round": found,
        "tasks": tasks,
        "questions": questions_shown(found),
        "answered": sum(task.state in HANDED_IN for task in tasks),
        "share": round(100 * share_passed(found, now)),
        "may_run": rules.can_run_rounds(user),
        "may_change_questions": rules.can_change_questions(user, found),
        **more,
    }


def questions_shown(found: Round) -> list[dict[str, Any]]:
    """The questions in the page's language, with what can be chosen."""
    return [
        {"question": one, "text": one.text.best(here())[0], "options": list(options_of(one, here()).values())}
        for one in found.questions.all()
    ]


def answers_shown(task: RoundTask) -> list[tuple[str, Any, bool]]:
    """A handed-in answer as people read it: question, answer, and whether it is a figure."""
    return [
        (
            one.text.best(here())[0],
            shown_answer(one, task.answers.get(one.code), here()),
            one.type == "number",
        )
        for one in task.round.questions.all()
    ]


def task_page(user: Any, task: RoundTask, now: datetime, **more: Any) -> dict[str, Any]:
    """One municipality's part of a round: the form, or what was handed in, and what can be done now."""
    earlier = queries.earlier_answer(task) if rules.is_writable(task) else None
    sites = queries.sites_of(user, task.municipality) if task.round.kind == RoundKind.SITE_UPDATE else []
    is_empty = not (task.draft.get("answers") or task.draft.get("rows"))
    return {
        **answer_page(task, now),
        "area_name": "collection",
        "tab": "rounds",
        "earlier": earlier if is_empty else None,
        "may_answer": rules.can_answer(user, task),
        "may_take_back": rules.can_take_back(user, task) and takes_answers(task.round, now),
        "may_accept": rules.can_accept(user, task),
        "may_return": rules.can_return(user, task),
        "may_run": rules.can_run_rounds(user),
        "may_import": may(user, Kind.COLLECTION, Action.CREATE),
        "links": links_of(task, now),
        "past": [in_words_with_day(one) for one in queries.history(task)[:HISTORY]],
        "sites": sites,
        "import_kind": commonest([site.kind for site in sites]),
        "now": now,
        **more,
    }


def commonest(kinds: list[str]) -> str:
    """The kind that most of the records are of, or ""."""
    return Counter(kinds).most_common(1)[0][0] if kinds else ""


def answer_page(task: RoundTask, now: datetime, **more: Any) -> dict[str, Any]:
    """What a page of an answer needs whoever looks at it: somebody signed in, or the holder of a link."""
    return {
        "task": task,
        "round": task.round,
        "closes_at": closing(task.round),
        "is_late": now >= closing(task.round),
        "takes_answers": takes_answers(task.round, now),
        "is_writable": rules.is_writable(task) and takes_answers(task.round, now),
        "is_handed_in": task.state in HANDED_IN,
        "has_outlook": task.round.kind == RoundKind.OUTLOOK,
        "is_site_update": task.round.kind == RoundKind.SITE_UPDATE,
        "answers": answers_shown(task) if task.state in HANDED_IN else [],
        "outlook": list(task.outlook.select_related("sector")) if task.state in HANDED_IN else [],
        **more,
    }


def summary_page(found: Summary) -> dict[str, Any]:
    """A round's summary with answers and counts in words."""
    return {
        "area_name": "collection",
        "tab": "rounds",
        "summary": found,
        "round": found.round,
        "questions": [_question(one) for one in found.questions],
        "obstacles": [
            {"label": str(Obstacle(name).label), "count": count, "amount": amount}
            for name, count, amount in found.obstacles
        ],
    }


def _question(one: Any) -> dict[str, Any]:
    question: Question = one.question
    options = options_of(question, here())
    return {
        "text": question.text.best(here())[0],
        "answers": [(task, shown_answer(question, value, here())) for task, value in one.answers],
        "counts": [(options.get(value, value), count) for value, count in one.counts],
        "is_number": question.type == "number",
        "total": one.total,
        "middle": one.middle,
    }
