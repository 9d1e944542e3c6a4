"""Every change of a round and of the answers to it. Each is one transaction and one fact; no fact carries an answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from vetovoima.accounts.queries import municipality_organisation
from vetovoima.activity.services import record
from vetovoima.collection.models.rounds import Question, Round, RoundTask
from vetovoima.common.fields import Translated, as_translated

from . import rules
from .answers import Writer, accept_answer, answer, return_answer, save_draft, take_back
from .enums import QuestionType, RoundKind, RoundState

if TYPE_CHECKING:
    from vetovoima.accounts.models import User
    from vetovoima.reference.models import Municipality

#: the changes of one municipality's answer stand in `answers`; whoever looks here finds them too
__all__ = (
    "CannotChangeRound", "QuestionInput", "RoundChangedMeanwhile", "Writer", "accept_answer", "answer", "close_round",
    "create_round", "drop_round", "edit_round", "move_rounds_on", "open_round", "record_round", "return_answer",
    "save_draft", "set_questions", "take_back",
)  # fmt: skip
MAX_QUESTIONS = 60
MAX_CHOICES = 20


class CannotChangeRound(Exception):
    """The round cannot be changed so now; the text says why."""


class RoundChangedMeanwhile(CannotChangeRound):
    """Somebody else changed the round after this person opened it."""


@dataclass(frozen=True)
class QuestionInput:
    """One question as the coordinator wrote it; `choices` only for one of several."""

    text: Translated
    type: str = QuestionType.TEXT
    choices: Sequence[Mapping[str, str]] = field(default_factory=tuple)
    is_required: bool = False


@transaction.atomic
def create_round(
    *,
    kind: str,
    title: Translated,
    instructions: Translated,
    opens_on: date,
    closes_on: date,
    municipalities: Iterable[Municipality],
    by: User | None,
    now: datetime,
    meets_on: date | None = None,
    questions: Iterable[QuestionInput] = (),
    is_example: bool = False,
) -> Round:
    """This will plan a round: it opens by itself on its first day. Nobody is told before that.

    `by` None is the system. Raises PermissionDenied, CannotChangeRound and ValidationError by field.
    """
    _must_run(by)
    asked = list(municipalities)
    _check(kind, title, opens_on, closes_on, meets_on, asked)
    round = Round.objects.create(
        code=_new_code(kind, opens_on),
        kind=kind,
        title=as_translated(title),
        instructions=as_translated(instructions),
        opens_on=opens_on,
        closes_on=closes_on,
        meets_on=meets_on,
        is_example=is_example,
        created_by=by,
        created_at=now,
    )
    RoundTask.objects.bulk_create(RoundTask(round=round, municipality=one) for one in asked)
    _store_questions(round, questions)
    record_round(round, "created", by=by, now=now)
    return round


def _must_run(by: User | None) -> None:
    if by is not None and not rules.can_run_rounds(by):
        raise PermissionDenied


def _check(
    kind: str,
    title: Translated,
    opens_on: date,
    closes_on: date,
    meets_on: date | None,
    asked: Sequence[Municipality],
) -> None:
    """What a round needs, all problems at once."""
    problems: dict[str, Any] = {}
    if kind not in RoundKind.values:
        problems["kind"] = _("Choose one of the list.")
    if not title:
        problems["title"] = _("Give the round a title in at least one language.")
    if closes_on <= opens_on:
        problems["closes_on"] = _("The last day must be after the first.")
    if meets_on and meets_on < opens_on:
        problems["meets_on"] = _("The meeting is before the questions are out. Open them earlier.")
    if not asked:
        problems["municipalities"] = _("Choose at least one municipality.")
    if problems:
        raise ValidationError(problems)


def _new_code(kind: str, opens_on: date) -> str:
    """A name that stays: kind, year, and a number where there are several in a year."""
    stem = f"{slugify(kind)}-{opens_on.year}".replace("_", "-")
    taken = set(Round.objects.filter(code__startswith=stem).values_list("code", flat=True))
    return next(code for number in range(1, len(taken) + 2) if (code := _numbered(stem, number)) not in taken)


def _numbered(stem: str, number: int) -> str:
    return stem if number == 1 else f"{stem}-{number}"


def _store_questions(round: Round, questions: Iterable[QuestionInput]) -> None:
    wanted = [one for one in questions if one.text]
    problems = {
        f"questions.{number}": problem for number, one in enumerate(wanted) if (problem := _wrong_with(one))
    }
    if len(wanted) > MAX_QUESTIONS:
        problems["questions"] = _("Ask at most 60 questions; a shorter list is answered better.")
    if problems:
        raise ValidationError(problems)
    Question.objects.bulk_create(
        Question(
            round=round,
            code=f"q{number}",
            position=number,
            type=one.type,
            text=as_translated(one.text),
            choices=[dict(as_translated(dict(choice))) for choice in one.choices],
            is_required=one.is_required,
        )
        for number, one in enumerate(wanted, start=1)
    )


def _wrong_with(question: QuestionInput) -> Any:
    if question.type not in QuestionType.values:
        return _("Choose what kind of answer is wanted.")
    if question.type == QuestionType.CHOICE and not 2 <= len(question.choices) <= MAX_CHOICES:
        return _("Give between 2 and 20 answers to choose from, one on each line.")
    return None


@transaction.atomic
def set_questions(
    *, round: Round, questions: Iterable[QuestionInput], by: User | None, now: datetime
) -> Round:
    """This will replace the questions of a planned round.

    Raises PermissionDenied, ValidationError, and CannotChangeRound once people have the questions.
    """
    fresh = _opened(round, by, None)
    if fresh.state != RoundState.PLANNED:
        raise CannotChangeRound(_("The round is open: people are answering these questions already."))
    fresh.questions.all().delete()
    _store_questions(fresh, questions)
    return _written(fresh, "edited", by=by, now=now, fields=())


@transaction.atomic
def edit_round(
    *,
    round: Round,
    title: Translated,
    instructions: Translated,
    opens_on: date,
    closes_on: date,
    municipalities: Iterable[Municipality],
    by: User | None,
    now: datetime,
    meets_on: date | None = None,
    revision: int | None = None,
) -> Round:
    """This will change a round. Its first day stays once it is open; a later last day opens a closed round again.

    Another last day, or opening it again, gives the round another turn: whoever has not answered is reminded anew.
    A municipality can be added at any time, and left out until it has begun. Raises PermissionDenied,
    RoundChangedMeanwhile, CannotChangeRound and ValidationError by field.
    """
    fresh = _opened(round, by, revision)
    asked = list(municipalities)
    if fresh.state != RoundState.PLANNED:
        opens_on = fresh.opens_on
    _check(fresh.kind, title, opens_on, closes_on, meets_on, asked)
    days = {"opens_on": opens_on, "closes_on": closes_on, "meets_on": meets_on}
    changes = {
        name: [str(getattr(fresh, name) or ""), str(value or "")]
        for name, value in days.items()
        if getattr(fresh, name) != value
    }
    for name, value in days.items():
        setattr(fresh, name, value)
    fresh.title, fresh.instructions = as_translated(title), as_translated(instructions)
    _ask(fresh, asked)
    fields: tuple[str, ...] = ("title", "instructions", "turn", *days)
    is_opened_again = fresh.state == RoundState.CLOSED and closes_on >= localdate(now)
    if is_opened_again or (fresh.state == RoundState.OPEN and "closes_on" in changes):
        fresh.turn += 1
    if is_opened_again:
        fresh.state, fresh.closed_at = RoundState.OPEN, None
        fields = (*fields, "state", "closed_at")
        changes["state"] = ["closed", "open"]
    return _written(fresh, "edited", by=by, now=now, fields=fields, changes=changes)


def _ask(round: Round, asked: Sequence[Municipality]) -> None:
    """Ask exactly these municipalities; what somebody has begun is not thrown away."""
    wanted = {one.pk for one in asked}
    there = {task.municipality_id: task for task in round.tasks.select_related("municipality")}
    left_out = [task for key, task in there.items() if key not in wanted]
    if begun := [task for task in left_out if task.state != "not_started"]:
        raise CannotChangeRound(
            _("%(name)s has begun to answer and cannot be left out.") % {"name": begun[0].municipality}
        )
    RoundTask.objects.filter(pk__in=[task.pk for task in left_out]).delete()
    RoundTask.objects.bulk_create(
        RoundTask(round=round, municipality=one) for one in asked if one.pk not in there
    )


@transaction.atomic
def open_round(*, round: Round, by: User | None, now: datetime) -> Round:
    """This will open a planned round, today at the latest; the stewards are told.

    Raises PermissionDenied, and CannotChangeRound when it has no questions to ask or is not planned.
    """
    fresh = _opened(round, by, None)
    if fresh.state != RoundState.PLANNED:
        raise CannotChangeRound(_("The round has been opened already."))
    if fresh.kind == RoundKind.ANNUAL and not fresh.questions.exists():
        raise CannotChangeRound(_("Write the questions first: an annual round asks nothing else."))
    if fresh.closes_on <= localdate(now):
        raise CannotChangeRound(_("Its last day is over. Give the round a later one first."))
    fresh.state, fresh.opened_at = RoundState.OPEN, now
    fresh.opens_on = min(fresh.opens_on, localdate(now))
    changes = {"state": ["planned", "open"]}
    return _written(
        fresh, "opened", by=by, now=now, fields=("state", "opened_at", "opens_on"), changes=changes
    )


@transaction.atomic
def close_round(*, round: Round, by: User | None, now: datetime) -> Round:
    """This will close an open round; what is missing is told to the coordinator and the deputies.

    For a week what comes late is still taken. Raises PermissionDenied and CannotChangeRound.
    """
    fresh = _opened(round, by, None)
    if fresh.state != RoundState.OPEN:
        raise CannotChangeRound(_("Only an open round can be closed."))
    fresh.state, fresh.closed_at = RoundState.CLOSED, now
    changes = {"state": ["open", "closed"]}
    return _written(fresh, "closed", by=by, now=now, fields=("state", "closed_at"), changes=changes)


@transaction.atomic
def drop_round(*, round: Round, by: User, now: datetime) -> None:
    """This will remove a round that was only planned; raises PermissionDenied and CannotChangeRound."""
    fresh = _opened(round, by, None)
    if fresh.state != RoundState.PLANNED:
        raise CannotChangeRound(_("A round that people have seen cannot be removed. Close it instead."))
    record_round(fresh, "dropped", by=by, now=now)
    fresh.delete()


@transaction.atomic
def move_rounds_on(*, now: datetime) -> list[Round]:
    """This will open and close the rounds whose day has come; returns those that were moved.

    A planned annual round without questions stays planned: the coordinator's day says so.
    """
    today = localdate(now)
    moved = []
    for round in Round.objects.filter(state=RoundState.PLANNED, opens_on__lte=today, closes_on__gt=today):
        if round.kind != RoundKind.ANNUAL or round.questions.exists():
            moved.append(open_round(round=round, by=None, now=now))
    for round in Round.objects.filter(state=RoundState.OPEN, closes_on__lt=today):
        moved.append(close_round(round=round, by=None, now=now))
    return moved


def _opened(round: Round, by: User | None, revision: int | None) -> Round:
    """The row as it is now, held until the transaction ends."""
    _must_run(by)
    fresh = Round.objects.select_for_update().get(pk=round.pk)
    if revision is not None and fresh.revision != revision:
        raise RoundChangedMeanwhile(
            _(
                "Somebody else changed this round while you had it open. Look at it again, then repeat your change."
            )
        )
    return fresh


def _written(
    fresh: Round,
    event: str,
    *,
    by: User | None,
    now: datetime,
    fields: tuple[str, ...],
    changes: Mapping[str, Any] | None = None,
) -> Round:
    fresh.revision += 1
    fresh.save(update_fields=["revision", *fields])
    record_round(fresh, event, by=by, now=now, changes=changes)
    return fresh


def record_round(
    round: Round, event: str, *, by: User | None, now: datetime, changes: Mapping[str, Any] | None = None
) -> None:
    """This will record one fact about a round, told to the organisations of the municipalities asked."""
    asked = round.tasks.values_list("municipality_id", flat=True)
    told = [one for key in asked if (one := municipality_organisation(key))]
    record(
        f"collection.round.{event}",
        actor=by,
        kind="round",
        code=round.code,
        now=now,
        changes=changes,
        data={"is_example": round.is_example},
        organisations=told,
    )
