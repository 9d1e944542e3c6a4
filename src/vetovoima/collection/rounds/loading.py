"""Storing a data pack's duties, and its example rounds with their answers: all labelled as examples, no mail goes out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from vetovoima.accounts.enums import Role
from vetovoima.accounts.loading import DEMO_DOMAIN
from vetovoima.accounts.queries import people_with_role
from vetovoima.catalogue.registry import GROUP_LABELS
from vetovoima.collection.models.rounds import Duty, Round, RoundTask, Stewardship
from vetovoima.common.fields import as_translated
from vetovoima.reference.loading import merge_row

from . import answers, services, stewards
from .enums import Measure, RoundKind, RoundState
from .services import QuestionInput

if TYPE_CHECKING:
    from vetovoima.accounts.models import User
    from vetovoima.reference.loading import LoadReport
    from vetovoima.reference.models import Municipality
    from vetovoima.reference.pack import Pack, Row

DUTIES = "duties.csv"
ROUNDS = "examples/rounds.json"


def load_duties(pack: Pack, report: LoadReport) -> list[Duty]:
    """This will store `duties.csv`: what every municipality keeps, in which rhythm, and by what fact it is kept."""
    rows = pack.table(DUTIES, ("code", "measure", "rhythm_months"), key=("code",))
    parsed = [(row.text("code"), _duty(row)) for row in rows]
    pack.check()
    return [
        merge_row(Duty, report, kind="duty", code=code, key={"code": code}, values=values)
        for code, values in parsed
    ]


def _duty(row: Row) -> dict[str, Any]:
    for group in row.items("groups"):
        if group not in GROUP_LABELS:
            row.refuse("groups", f"{group!r} is no group of fields of the standard")
    months = row.whole_or_none("rhythm_months") or 0
    if months < 1:
        row.refuse("rhythm_months", "must be at least 1")
    return {
        "title": row.translated("title", required=True),
        "advice": row.translated("advice"),
        "measure": row.choice("measure", Measure.values, Measure.HAND),
        "groups": row.items("groups"),
        "threshold": row.whole_or_none("threshold"),
        "rhythm_months": months,
        "first_due_on": row.day_or_none("first_due_on"),
        "position": row.whole_or_none("position") or 0,
        "is_rhythm_proposed": row.choice("rhythm_basis", ("strategy", "proposal"), "proposal") == "proposal",
        "source": row.source(),
    }


def load_example_rounds(
    pack: Pack, report: LoadReport, municipalities: Mapping[str, Municipality], now: datetime
) -> list[Round]:
    """This will name the demonstration's stewards and store `examples/rounds.json`, led through the services.

    What was loaded before is left as it is: people try things with examples. Returns the rounds that were added.
    """
    _name_stewards(report, municipalities, now)
    wanted = pack.document(ROUNDS) or []
    _check(pack, wanted, municipalities)
    pack.check()
    added = []
    for given in wanted:
        if Round.objects.filter(is_example=True, title__en=given["title"]["en"]).exists():
            report.note("example round", "same")
            continue
        added.append(_round(given, municipalities, now))
        report.note("example round", "added")
    return added


def _name_stewards(report: LoadReport, municipalities: Mapping[str, Municipality], now: datetime) -> None:
    """Each municipality's demonstration sign-in is its steward; it has nobody else, so the council is the deputy."""
    coordinator = _coordinator()
    kept = set(Stewardship.objects.values_list("municipality_id", flat=True))
    for municipality in municipalities.values():
        own = [one for one in stewards.own_people(municipality) if one.email.endswith(f"@{DEMO_DOMAIN}")]
        if municipality.pk in kept or not own or coordinator is None:
            report.note("steward", "same")
            continue
        stewards.name_steward(municipality=municipality, steward=own[0], deputy=coordinator, by=None, now=now)
        report.note("steward", "added")


def _coordinator() -> User | None:
    return people_with_role(Role.COORDINATOR).filter(email=f"coordinator@{DEMO_DOMAIN}").first()


def _check(pack: Pack, wanted: Any, municipalities: Mapping[str, Municipality]) -> None:
    for number, given in enumerate(wanted, start=1):
        if given.get("kind") not in RoundKind.values:
            pack.refuse(ROUNDS, f"round {number}: {given.get('kind')!r} is no kind of round", column="kind")
        for slug in given.get("answers", {}):
            if slug not in municipalities:
                pack.refuse(ROUNDS, f"round {number}: {slug!r} is not known", column="answers")


def _round(given: Mapping[str, Any], municipalities: Mapping[str, Municipality], now: datetime) -> Round:
    """One round: opened on its day, answered as given, closed when its last day is over."""
    today = localdate(now)
    opened_at = now - timedelta(days=given["opened_days_ago"])
    round = services.create_round(
        kind=given["kind"],
        title=as_translated(given["title"]),
        instructions=as_translated(given.get("instructions")),
        opens_on=localdate(opened_at),
        closes_on=today + timedelta(days=given["closes_in_days"]),
        municipalities=list(municipalities.values()),
        questions=[_question(one) for one in given.get("questions", [])],
        is_example=True,
        by=None,
        now=opened_at,
    )
    round = services.open_round(round=round, by=None, now=opened_at)
    for slug, answer in given.get("answers", {}).items():
        _answer(round, municipalities[slug], answer, opened_at)
    if round.closes_on < today:
        round = services.close_round(round=round, by=None, now=now + timedelta(days=given["closes_in_days"]))
        assert round.state == RoundState.CLOSED
    return round


def _question(given: Mapping[str, Any]) -> QuestionInput:
    return QuestionInput(
        text=as_translated(given["text"]),
        type=given.get("type", "text"),
        choices=given.get("choices", ()),
        is_required=bool(given.get("is_required")),
    )


def _answer(round: Round, municipality: Municipality, given: Mapping[str, Any], opened_at: datetime) -> None:
    """A draft, handed in and accepted as far as the example says."""
    task = RoundTask.objects.select_related("round", "municipality").get(
        round=round, municipality=municipality
    )
    people = stewards.own_people(municipality)
    writer = answers.Writer(people[0] if people else None)
    moment = opened_at + timedelta(days=given.get("after_days", 3))
    task = answers.save_draft(task=task, draft=_draft(given["draft"], now=moment), writer=writer, now=moment)
    state = given.get("state", "started")
    if state == "started":
        return
    try:
        task = answers.answer(task=task, writer=writer, now=moment + timedelta(hours=1), language="en")
    except ValidationError as error:
        raise ValueError(f"{ROUNDS}: {round.code}, {municipality.slug}: {error.message_dict}") from error
    coordinator = _coordinator()
    if state == "accepted" and coordinator is not None:
        answers.accept_answer(task=task, by=coordinator, now=moment + timedelta(days=1))


def _draft(given: Mapping[str, Any], *, now: datetime) -> dict[str, Any]:
    """A draft with its years: "+1" is the year after the one in which the example is loaded."""
    this_year = localdate(now).year
    rows = [{**row, "year": str(this_year + int(row["year"]))} for row in given.get("rows", [])]
    return {**given, "rows": rows}
