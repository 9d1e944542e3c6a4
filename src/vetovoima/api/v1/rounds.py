"""Collection rounds with a key: what is asked, a municipality's answer, and how collecting stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema
from pydantic import ConfigDict

from vetovoima.accounts.rights import Action, Kind
from vetovoima.collection.rounds import answers as services
from vetovoima.collection.rounds import queries
from vetovoima.collection.rounds.enums import Certainty, Obstacle, RoundKind

from .doors import ApiRequest, key_door
from .lists import Page, data, listed_part
from .offer import moment, revision_of
from .payloads import Comment, ItemList, Strict
from .problems import Problem, field_error, invalid

if TYPE_CHECKING:
    from vetovoima.collection.models import Round, RoundTask

router = Router(tags=["rounds"])
READ, ANSWER = key_door(Kind.COLLECTION, Action.VIEW), key_door(Kind.COLLECTION, Action.ANSWER)
JUDGE = key_door(Kind.COLLECTION, Action.EDIT)


class RoundShape(Schema):
    """A round: what is asked, until when, and how each municipality within reach stands."""

    model_config = ConfigDict(extra="allow")
    code: str
    kind: str
    state: str
    title: dict[str, str]
    opens_on: str
    closes_on: str
    is_example: bool


class AnswerShape(Schema):
    """A municipality's part of a round: as it is typed, and as it was handed in."""

    model_config = ConfigDict(extra="allow")
    round: str
    municipality: str
    state: str
    revision: int
    draft: dict[str, Any]
    answers: dict[str, Any]


class OutlookRow(Strict):
    """A planned investment, as it would be typed: the amount in millions of euros."""

    what: str | None = Field(None, max_length=300)
    amount: str | int | float | None = None
    year: str | int | None = None
    sector: str | None = Field(None, max_length=60, description="Slug of a sector.")
    certainty: Literal[None, "", *Certainty.values] = None  # type: ignore[valid-type]
    obstacle: Literal[None, "", *Obstacle.values] = None  # type: ignore[valid-type]
    note: str | None = Field(None, max_length=10_000)


class AnswerInput(Strict):
    """An answer: texts by question, planned investments of an outlook, who answered."""

    answers: dict[str, str | int | float | None] = Field(
        {}, max_length=200, description="By code of the question."
    )
    rows: list[OutlookRow] = Field([], max_length=200, description="Planned investments, of an outlook.")
    respondents: str = Field("", max_length=300)
    no_plans: bool = False
    hand_in: bool = Field(False, description="Check the answer and hand it in; else it is kept as a draft.")


def _round(one: Round) -> dict[str, Any]:
    return {
        "code": one.code, "kind": one.kind, "state": one.state, "title": one.title, "opens_on": one.opens_on,
        "closes_on": one.closes_on, "meets_on": one.meets_on, "is_example": one.is_example,
    }  # fmt: skip


def _task(task: RoundTask) -> dict[str, Any]:
    return {
        "round": task.round.code, "municipality": task.municipality.slug, "state": task.state,
        "revision": task.revision, "answered_at": moment(task.answered_at), "answered_by": task.answered_name,
        "accepted_at": moment(task.accepted_at), "comment": task.comment,
    }  # fmt: skip


def _whole(task: RoundTask) -> dict[str, Any]:
    return {**_task(task), "draft": task.draft, "answers": task.answers, "respondents": task.respondents}


def _answer(task: RoundTask) -> HttpResponse:
    return data(_whole(task), ETag=f'"{task.revision}"')


def _writer(request: ApiRequest) -> services.Writer:
    return services.Writer(user=request.user, page=f"key:{request.key.prefix}"[:40])


@router.get("/rounds", auth=READ, response=ItemList, url_name="rounds", summary="Collection rounds")
def rounds(request: ApiRequest, asked: Query[Page]) -> HttpResponse:
    """This will list the rounds within the key's reach, the newest first."""
    return listed_part(request, queries.rounds_for(request.user), asked, _round)


@router.get("/rounds/{slug:code}", auth=READ, response=RoundShape, url_name="round", summary="One round")
def one_round(request: ApiRequest, code: str) -> HttpResponse:
    """This will answer a round with its questions and where each municipality within reach is."""
    found = queries.round_for(request.user, code)
    questions = [
        {
            "code": one.code, "type": one.type, "text": one.text, "choices": one.choices, "is_required": one.is_required,
        }
        for one in found.questions.all()
    ]  # fmt: skip
    return data({
        **_round(found),
        "instructions": found.instructions,
        "questions": questions,
        "has_outlook": found.kind == RoundKind.OUTLOOK,
        "answers": [_task(task) for task in queries.tasks_of(request.user, found)],
    })  # fmt: skip


@router.get(
    "/rounds/{slug:code}/answers/{slug:municipality}",
    auth=READ,
    response=AnswerShape,
    url_name="round_answer",
    summary="A municipality's answer",
)
def round_answer(request: ApiRequest, code: str, municipality: str) -> HttpResponse:
    """This will answer a municipality's part of a round: the draft, and what was handed in."""
    return _answer(queries.task_for(request.user, code, municipality))


@router.put(
    "/rounds/{slug:code}/answers/{slug:municipality}",
    auth=ANSWER,
    response=AnswerShape,
    url_name="round_answer",
    summary="Answer a round",
)
def answer_round(request: ApiRequest, code: str, municipality: str, payload: AnswerInput) -> HttpResponse:
    """This will keep an answer as a draft, or check it and hand it in. If-Match guards what somebody else wrote."""
    task, now = queries.task_for(request.user, code, municipality), timezone.now()
    asked = {one.code for one in task.round.questions.all()}
    if unknown := sorted(set(payload.answers) - asked):
        sentence = _("The round has no such question.")
        raise invalid(field_error(f"/answers/{one[:60]}", sentence, "unknown") for one in unknown)
    draft = payload.dict(exclude={"hand_in"})
    given: dict[str, Any] = {
        "task": task,
        "draft": draft,
        "writer": _writer(request),
        "now": now,
        "revision": revision_of(request),
    }
    try:
        if payload.hand_in:
            return _answer(services.answer(**given, language=_language(request)))
        return _answer(services.save_draft(**given))
    except services.AnswerChangedMeanwhile as changed:
        theirs = changed.theirs
        differences = [
            {"field": name, "theirs": theirs.draft.get(name), "yours": value}
            for name, value in services.tidy_draft(draft).items()
            if theirs.draft.get(name) != value
        ]
        detail = _("The answer is at revision %(revision)s by now. Read it again and decide.")
        raise Problem(
            "changed", detail % {"revision": theirs.revision}, headers={"ETag": f'"{theirs.revision}"'},
            revision=theirs.revision, differences=differences,
        ) from None  # fmt: skip


def _language(request: HttpRequest) -> str:
    return getattr(request, "LANGUAGE_CODE", "en")


@router.post(
    "/rounds/{slug:code}/answers/{slug:municipality}/take-back",
    auth=ANSWER,
    response=AnswerShape,
    url_name="round_take_back",
    summary="Take an answer back",
)
def take_back(request: ApiRequest, code: str, municipality: str) -> HttpResponse:
    """This will take a handed-in answer back for a change, until it is accepted."""
    task = queries.task_for(request.user, code, municipality)
    return _answer(services.take_back(task=task, writer=_writer(request), now=timezone.now()))


@router.post(
    "/rounds/{slug:code}/answers/{slug:municipality}/accept",
    auth=JUDGE,
    response=AnswerShape,
    url_name="round_accept",
    summary="Accept an answer",
)
def accept(request: ApiRequest, code: str, municipality: str) -> HttpResponse:
    """This will accept a handed-in answer."""
    task = queries.task_for(request.user, code, municipality)
    return _answer(
        services.accept_answer(task=task, by=request.user, now=timezone.now(), revision=revision_of(request))
    )


@router.post(
    "/rounds/{slug:code}/answers/{slug:municipality}/return",
    auth=JUDGE,
    response=AnswerShape,
    url_name="round_return",
    summary="Return an answer",
)
def give_back_answer(request: ApiRequest, code: str, municipality: str, payload: Comment) -> HttpResponse:
    """This will give an answer back with a comment; the steward is told."""
    task = queries.task_for(request.user, code, municipality)
    return _answer(
        services.return_answer(
            task=task,
            comment=payload.comment,
            by=request.user,
            now=timezone.now(),
            revision=revision_of(request),
        )
    )


@router.get("/board", auth=READ, response=ItemList, url_name="board", summary="Status board")
def board(request: ApiRequest, asked: Query[Page]) -> HttpResponse:
    """This will answer how collecting stands in each municipality within reach: duties, open rounds, quality."""
    return listed_part(request, queries.board(request.user, localdate()), asked, _standing)


def _standing(row: Any) -> dict[str, Any]:
    return {
        "municipality": row.municipality.slug,
        "steward": str(row.stewardship.steward) if row.stewardship else None,
        "deputy": str(row.stewardship.deputy) if row.stewardship else None,
        "records": row.records, "completeness": row.completeness, "freshness": row.freshness, "gaps": row.gaps,
        "duties": [
            {"duty": one.duty.code, "state": one.state, "due_on": one.due_on, "reason": str(one.reason)}
            for one in row.duties
        ],
        "rounds": [{"round": task.round.code, "state": task.state} for task in row.tasks],
    }  # fmt: skip
