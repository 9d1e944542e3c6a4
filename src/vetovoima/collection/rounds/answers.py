"""Every change of a municipality's part of a round: drafts, handing in, accepting, returning.

Whoever answers is a person of the municipality, the coordinator, or somebody with a link. Facts say that it happened
and who did it, never what was answered.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from vetovoima.accounts.queries import municipality_organisation
from vetovoima.activity.services import record
from vetovoima.collection.models.rounds import OutlookEntry, RoundTask
from vetovoima.reference.queries import sectors

from . import rules
from .days import closing, takes_answers
from .enums import HANDED_IN, RoundKind, TaskState
from .validators import MAX_ROWS, MAX_TEXT, ROW_FIELDS, Cleaned, clean_draft, is_blank

if TYPE_CHECKING:
    from vetovoima.accounts.models import User
    from vetovoima.collection.models.rounds import AnswerLink


class CannotAnswer(Exception):
    """The answer cannot be changed or handed in so now; the text says why."""


class AnswerChangedMeanwhile(CannotAnswer):
    """Somebody else saved this answer meanwhile. `theirs` is the task as it is now; nothing of either is lost."""

    def __init__(self, theirs: RoundTask) -> None:
        self.theirs = theirs
        super().__init__(
            _(
                "%(name)s has saved this answer while you had it open. What you wrote is still here: compare, then save "
                "again."
            )
            % {"name": theirs.saved_name or theirs.answered_name or "–"}
        )


class CannotJudge(Exception):
    """The answer cannot be accepted or returned now."""


@dataclass(frozen=True)
class Writer:
    """Who writes: a person who is signed in, or the holder of a link."""

    user: User | None = None
    link: AnswerLink | None = None
    #: names the open page, so that a page does not stand in its own way
    page: str = ""

    @property
    def name(self) -> str:
        """What others read."""
        if self.link is not None:
            return _("%(holder)s, by link") % {"holder": self.link.holder}
        return str(self.user) if self.user else ""


@transaction.atomic
def save_draft(
    *,
    task: RoundTask,
    draft: Mapping[str, Any],
    writer: Writer,
    now: datetime,
    revision: int | None = None,
) -> RoundTask:
    """This will keep what was typed as it is, right or wrong; the first time the task counts as started.

    Raises PermissionDenied, CannotAnswer, and AnswerChangedMeanwhile when another page saved after `revision`.
    """
    fresh = _writable(task, writer, now, revision)
    kept = tidy_draft(draft)
    if kept == fresh.draft:
        return fresh
    return _keep(fresh, kept, writer, now)


def tidy_draft(draft: Mapping[str, Any]) -> dict[str, Any]:
    """This will bring a draft into its shape: known parts only, bounded; rows without a word fall away."""
    rows = [
        {name: _plain(row.get(name)) for name in ROW_FIELDS if row.get(name) not in (None, "")}
        for row in (draft.get("rows") or [])[: MAX_ROWS + 1]
        if not is_blank(row)
    ]
    answers = {
        str(code)[:20]: _plain(value)
        for code, value in (draft.get("answers") or {}).items()
        if value not in (None, "")
    }
    return {
        "answers": answers,
        "respondents": str(draft.get("respondents") or "").strip()[:300],
        "rows": rows,
        "no_plans": bool(draft.get("no_plans")),
    }


def _plain(value: Any) -> Any:
    return value if isinstance(value, int | float) else str(value)[: MAX_TEXT + 1]


def _keep(fresh: RoundTask, kept: dict[str, Any], writer: Writer, now: datetime) -> RoundTask:
    fresh.draft = kept
    fresh.saved_by, fresh.saved_name, fresh.saved_at = writer.user, writer.name, now
    fresh.saved_page = writer.page[:40]
    fresh.revision += 1
    fields = ["draft", "saved_by", "saved_name", "saved_at", "saved_page", "revision"]
    if fresh.state == TaskState.NOT_STARTED:
        fresh.state, fresh.started_at = TaskState.STARTED, now
        record_task(fresh, "started", writer=writer, now=now)
        fields += ["state", "started_at"]
    fresh.save(update_fields=fields)
    return fresh


@transaction.atomic
def answer(
    *,
    task: RoundTask,
    writer: Writer,
    now: datetime,
    language: str,
    draft: Mapping[str, Any] | None = None,
    revision: int | None = None,
) -> RoundTask:
    """This will check an answer and hand it in; `draft` None hands in what was saved. The coordinator is then asked.

    Raises PermissionDenied, CannotAnswer, AnswerChangedMeanwhile, and ValidationError that names every wrong place
    (see `validators`); nothing is stored then, so save the draft first.
    """
    fresh = _writable(task, writer, now, revision)
    kept = tidy_draft(fresh.draft if draft is None else draft)
    cleaned = checked(fresh, kept, now=now, language=language)
    fresh.draft, fresh.answers, fresh.respondents = kept, cleaned.answers, cleaned.respondents
    fresh.state, fresh.comment = TaskState.ANSWERED, ""
    fresh.answered_by, fresh.answered_name, fresh.answered_at = writer.user, writer.name, now
    fresh.saved_by, fresh.saved_name, fresh.saved_at = writer.user, writer.name, now
    fresh.started_at = fresh.started_at or now
    fresh.revision += 1
    fresh.save()
    _store_outlook(fresh, cleaned)
    record_task(fresh, "answered", writer=writer, now=now, data={"is_late": now >= closing(fresh.round)})
    return fresh


def checked(task: RoundTask, draft: Mapping[str, Any], *, now: datetime, language: str) -> Cleaned:
    """This will check a draft as it would be handed in; raises ValidationError."""
    return clean_draft(
        draft,
        questions=list(task.round.questions.all()),
        sectors={one.slug: one for one in sectors()},
        has_outlook=task.round.kind == RoundKind.OUTLOOK,
        this_year=localdate(now).year,
        language=language,
    )


def _store_outlook(task: RoundTask, cleaned: Cleaned) -> None:
    task.outlook.all().delete()
    OutlookEntry.objects.bulk_create(
        OutlookEntry(task=task, position=number, **{**row, "obstacle": row["obstacle"] or ""})
        for number, row in enumerate(cleaned.rows, start=1)
    )


@transaction.atomic
def take_back(*, task: RoundTask, writer: Writer, now: datetime) -> RoundTask:
    """This will take a handed-in answer back for a change, until it is accepted; what was written stays.

    Raises PermissionDenied and CannotAnswer.
    """
    fresh = _locked(task)
    _must_answer(fresh, writer)
    if fresh.state != TaskState.ANSWERED:
        raise CannotAnswer(_("Only an answer that waits for the council can be taken back."))
    if not takes_answers(fresh.round, now):
        raise CannotAnswer(
            _("The round has ended, so the answer stays as it is. Ask the council to return it.")
        )
    return _moved(fresh, TaskState.STARTED, "taken_back", writer=writer, now=now)


@transaction.atomic
def copy_previous(*, task: RoundTask, earlier: RoundTask, writer: Writer, now: datetime) -> RoundTask:
    """This will begin an answer with what the municipality answered in an earlier round of the same kind.

    Questions are matched by their text. Raises PermissionDenied, and CannotAnswer when something is written already.
    """
    fresh = _writable(task, writer, now, None)
    if fresh.municipality_id != earlier.municipality_id or fresh.round.kind != earlier.round.kind:
        raise PermissionDenied
    if fresh.draft.get("answers") or fresh.draft.get("rows"):
        raise CannotAnswer(_("Something is written here already. The earlier answer was not copied over it."))
    typed = earlier.draft.get("answers") or {}
    before = {str(one.text): typed.get(one.code) for one in earlier.round.questions.all()}
    answers = {one.code: before.get(str(one.text)) for one in fresh.round.questions.all()}
    draft = {"answers": answers, "rows": earlier.draft.get("rows") or [], "respondents": earlier.respondents}
    return _keep(fresh, tidy_draft(draft), writer, now)


@transaction.atomic
def accept_answer(*, task: RoundTask, by: User, now: datetime, revision: int | None = None) -> RoundTask:
    """This will accept a handed-in answer: it counts in the summary from now on as accepted.

    Raises PermissionDenied, and CannotJudge when it is not handed in or was changed after `revision`.
    """
    fresh = _judged(task, by, revision)
    if fresh.state != TaskState.ANSWERED:
        raise CannotJudge(_("Only a handed-in answer can be accepted."))
    fresh.accepted_by, fresh.accepted_at = by, now
    return _moved(
        fresh,
        TaskState.ACCEPTED,
        "accepted",
        writer=Writer(by),
        now=now,
        fields=("accepted_by", "accepted_at"),
    )


@transaction.atomic
def return_answer(
    *, task: RoundTask, comment: str, by: User, now: datetime, revision: int | None = None
) -> RoundTask:
    """This will give an answer back with a comment; the steward is told.

    Raises PermissionDenied, and CannotJudge without a comment or when nothing is handed in.
    """
    fresh = _judged(task, by, revision)
    if fresh.state not in HANDED_IN:
        raise CannotJudge(_("Only a handed-in answer can be returned."))
    if not comment.strip():
        raise CannotJudge(_("Say what should be completed."))
    fresh.comment, fresh.returned_at = comment.strip()[:MAX_TEXT], now
    fresh.accepted_by = fresh.accepted_at = None
    fields = ("comment", "returned_at", "accepted_by", "accepted_at")
    return _moved(fresh, TaskState.RETURNED, "returned", writer=Writer(by), now=now, fields=fields)


@transaction.atomic
def set_visit_day(*, task: RoundTask, meets_on: date | None, by: User, now: datetime) -> RoundTask:
    """This will note the day on which the council visits this municipality; raises PermissionDenied."""
    fresh = _judged(task, by, None)
    if fresh.meets_on == meets_on:
        return fresh
    changes = {"meets_on": [str(fresh.meets_on or ""), str(meets_on or "")]}
    fresh.meets_on = meets_on
    fresh.save(update_fields=["meets_on"])
    record_task(fresh, "visit_set", writer=Writer(by), now=now, changes=changes)
    return fresh


def _locked(task: RoundTask) -> RoundTask:
    return (
        RoundTask.objects.select_for_update(of=("self",))
        .select_related("round", "municipality")
        .get(pk=task.pk)
    )


def _must_answer(fresh: RoundTask, writer: Writer) -> None:
    """A link opens its own task alone; a person needs the right. A writer who is nobody is the system."""
    if writer.link is not None and writer.link.task_id != fresh.pk:
        raise PermissionDenied
    if writer.user is not None and not rules.can_answer(writer.user, fresh):
        raise PermissionDenied


def _writable(task: RoundTask, writer: Writer, now: datetime, revision: int | None) -> RoundTask:
    """The row as it is now, held until the transaction ends, when this writer may write into it."""
    fresh = _locked(task)
    _must_answer(fresh, writer)
    is_own_page = bool(writer.page) and fresh.saved_page == writer.page
    if revision is not None and fresh.revision != revision and not is_own_page:
        raise AnswerChangedMeanwhile(fresh)
    if not rules.is_writable(fresh):
        raise CannotAnswer(
            _("The answer has been handed in by %(name)s. Take it back first to change it.")
            % {"name": fresh.answered_name or "–"}
        )
    if not takes_answers(fresh.round, now):
        raise CannotAnswer(_("The round has ended and takes no more answers. Ask the council to extend it."))
    return fresh


def _judged(task: RoundTask, by: User, revision: int | None) -> RoundTask:
    if not rules.can_run_rounds(by):
        raise PermissionDenied
    fresh = _locked(task)
    if revision is not None and fresh.revision != revision:
        raise CannotJudge(_("The answer changed after you opened it. Look at it again, then decide."))
    return fresh


def _moved(
    fresh: RoundTask,
    state: str,
    event: str,
    *,
    writer: Writer,
    now: datetime,
    fields: tuple[str, ...] = (),
) -> RoundTask:
    before, fresh.state = fresh.state, state
    fresh.revision += 1
    fresh.save(update_fields=["state", "revision", *fields])
    record_task(fresh, event, writer=writer, now=now, changes={"state": [str(before), str(state)]})
    return fresh


def record_task(
    task: RoundTask,
    event: str,
    *,
    writer: Writer,
    now: datetime,
    changes: Mapping[str, Any] | None = None,
    data: Mapping[str, Any] | None = None,
) -> None:
    """This will record one fact about a municipality's part of a round: states and names of writers alone."""
    organisation = municipality_organisation(task.municipality_id)
    record(
        f"collection.answer.{event}",
        actor=writer.user,
        kind="round_task",
        code=task_code(task),
        now=now,
        changes=changes,
        data={"is_example": task.round.is_example, "by_link": writer.link is not None, **(data or {})},
        organisations=[organisation] if organisation else [],
    )


def task_code(task: RoundTask) -> str:
    """How a task is named in facts: the round and the municipality."""
    return f"{task.round.code}/{task.municipality.slug}"[:60]
