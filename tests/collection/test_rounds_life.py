"""A round from its plan to its end."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tests.collection.rounds_world import (
    ANNUAL,
    OUTLOOK,
    Town,
    at,
    hand_in,
    letters,
    make_coordinator,
    make_round,
    task_of,
)
from vetovoima.activity.models import Fact
from vetovoima.activity.registry import in_words
from vetovoima.collection.models import OutlookEntry, Question
from vetovoima.collection.rounds import answers, queries, services
from vetovoima.collection.rounds.answers import Writer
from vetovoima.collection.rounds.services import QuestionInput
from vetovoima.collection.rounds.summary import summary
from vetovoima.common.fields import Translated

pytestmark = pytest.mark.django_db


def test_an_annual_round_from_plan_to_summary() -> None:
    coordinator, kuhmo, paltamo = make_coordinator(), Town("kuhmo"), Town("paltamo")
    kuhmo.name_them()
    round = make_round(kuhmo, paltamo, is_open=False)
    assert (round.code, round.state) == ("annual-2026", "planned")
    assert queries.rounds_for(kuhmo.steward).count() == 0

    services.move_rounds_on(now=at(2, 1))
    round.refresh_from_db()
    assert round.state == "open"
    assert [one.code for one in queries.rounds_for(kuhmo.steward)] == ["annual-2026"]

    task = answers.save_draft(
        task=task_of(round, kuhmo), draft={"answers": {"q1": "Hel"}}, writer=Writer(kuhmo.steward), now=at(3)
    )
    assert (task.state, task.started_at, task.saved_name) == ("started", at(3), "Kuhmo 1")
    task = hand_in(round, kuhmo, ANNUAL, now=at(4))
    assert task.answers == {"q1": "A faster answer", "q2": 2.5, "q3": "2", "q4": "yes"}
    assert (task.state, task.answered_name, task.respondents) == ("answered", "Kuhmo 1", "Management team")

    task = answers.return_answer(task=task, comment="Say how many months.", by=coordinator, now=at(5))
    assert [(one.to, "Say how many months." in one.body) for one in letters("round_returned")] == [
        ("kuhmo1@town.example", True)
    ]
    task = hand_in(round, kuhmo, {**ANNUAL, "answers": {**ANNUAL["answers"], "q2": "3"}}, now=at(6))
    task = answers.accept_answer(task=task, by=coordinator, now=at(7))
    assert (task.state, task.accepted_by, task.comment) == ("accepted", coordinator, "")

    services.move_rounds_on(now=at(22, 1))
    round.refresh_from_db()
    assert round.state == "closed"
    found = summary(coordinator, round)
    assert ([one.municipality.slug for one in found.answered], found.accepted) == (["kuhmo"], 1)
    assert [one.municipality.slug for one in found.missing] == ["paltamo"]
    assert [(one.total, one.counts) for one in found.questions] == [
        (None, []), (3.0, []), (None, [("1", 0), ("2", 1)]), (None, [("yes", 1), ("no", 0)]),
    ]  # fmt: skip


def test_every_fact_of_a_round_has_words_and_none_says_what_was_answered() -> None:
    coordinator, kuhmo = make_coordinator(), Town("kuhmo")
    round = make_round(kuhmo)
    task = hand_in(round, kuhmo, {**ANNUAL, "answers": {**ANNUAL["answers"], "q1": "SECRETWORD"}})
    task = answers.take_back(task=task, writer=Writer(kuhmo.steward), now=at(6))
    task = hand_in(round, kuhmo, ANNUAL)
    answers.return_answer(task=task, comment="SECRETCOMMENT", by=coordinator, now=at(7))
    services.close_round(round=round, by=coordinator, now=at(8))

    facts = list(Fact.objects.filter(type__startswith="collection."))
    assert {fact.type for fact in facts} >= {
        "collection.round.created", "collection.round.opened", "collection.round.closed",
        "collection.answer.answered", "collection.answer.taken_back", "collection.answer.returned",
    }  # fmt: skip
    for fact in facts:
        assert in_words(fact) != fact.type
        assert "SECRET" not in f"{fact.changes}{fact.data}"


def test_an_outlook_is_summed_by_year_and_certainty() -> None:
    coordinator, kuhmo, paltamo = make_coordinator(), Town("kuhmo"), Town("paltamo")
    round = make_round(kuhmo, paltamo, kind="outlook")
    hand_in(round, kuhmo, OUTLOOK)
    hand_in(round, paltamo, {"rows": [{"what": "Mill", "amount": 1.25, "year": 2027, "certainty": "likely"}]})
    # a draft never counts
    sotkamo = Town("sotkamo")
    services.edit_round(
        round=round, title=round.title, instructions=round.instructions, opens_on=round.opens_on,
        closes_on=round.closes_on, by=None, now=at(5),
        municipalities=[one.municipality for one in (kuhmo, paltamo, sotkamo)],
    )  # fmt: skip
    answers.save_draft(task=task_of(round, sotkamo), draft=OUTLOOK, writer=Writer(sotkamo.steward), now=at(6))

    found = summary(coordinator, round)
    assert [(one.year, one.total, one.count) for one in found.years] == [
        (2027, 17_750_000, 3),
        (2028, 20_000_000, 1),
    ]
    assert found.years[0].by_certainty == {
        "decided": 4_000_000, "likely": 13_750_000, "possible": 0, "idea": 0,
    }  # fmt: skip
    assert found.total.total == 37_750_000
    assert found.obstacles == [("funding", 1, 20_000_000), ("grid", 1, 12_500_000)]


def test_handing_in_again_replaces_the_planned_investments() -> None:
    kuhmo = Town("kuhmo")
    round = make_round(kuhmo, kind="outlook")
    task = hand_in(round, kuhmo, OUTLOOK)
    answers.take_back(task=task, writer=Writer(kuhmo.steward), now=at(6))
    hand_in(round, kuhmo, {"no_plans": True})
    assert OutlookEntry.objects.count() == 0


@pytest.mark.parametrize(
    ("draft", "wrong"),
    [
        ({}, {"rows"}),
        ({"rows": [{"what": "Mill"}]}, {"rows.0.amount", "rows.0.year", "rows.0.certainty"}),
        ({"rows": [{"what": "Mill", "amount": "2500000", "year": "2027", "certainty": "likely"}]}, {"rows.0.amount"}),
        ({"rows": [{"what": "Mill", "amount": "2", "year": "27", "certainty": "sure"}]}, {"rows.0.year", "rows.0.certainty"}),
        ({"rows": [{"what": "Mill", "amount": "-2", "year": "2027", "certainty": "idea", "sector": "magic"}]},
         {"rows.0.amount", "rows.0.sector"}),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_and_the_draft_stays(draft: dict, wrong: set[str]) -> None:
    kuhmo = Town("kuhmo")
    round = make_round(kuhmo, kind="outlook")
    task = answers.save_draft(
        task=task_of(round, kuhmo), draft=draft, writer=Writer(kuhmo.steward), now=at(4)
    )
    with pytest.raises(ValidationError) as refused:
        answers.answer(task=task, writer=Writer(kuhmo.steward), now=at(5), language="fi")
    assert set(refused.value.message_dict) == wrong
    assert task_of(round, kuhmo).state in ("started", "not_started")
    assert task_of(round, kuhmo).draft["rows"] == draft.get("rows", [])


def test_a_needed_question_and_a_wrong_number_are_named() -> None:
    kuhmo = Town("kuhmo")
    round = make_round(kuhmo)
    draft = {"answers": {"q2": "many", "q3": "7", "q4": "perhaps"}}
    with pytest.raises(ValidationError) as refused:
        hand_in(round, kuhmo, draft)
    assert set(refused.value.message_dict) == {"answers.q1", "answers.q2", "answers.q3", "answers.q4"}


def test_two_people_at_once_the_second_is_told_and_nothing_is_lost() -> None:
    kuhmo = Town("kuhmo")
    round = make_round(kuhmo)
    opened = task_of(round, kuhmo)
    first = Writer(kuhmo.people[0], page="page-one")
    second = Writer(kuhmo.people[1], page="page-two")
    answers.save_draft(task=opened, draft={"answers": {"q1": "mine"}}, writer=first, now=at(4), revision=1)

    with pytest.raises(answers.AnswerChangedMeanwhile, match="Kuhmo 1") as told:
        answers.save_draft(
            task=opened, draft={"answers": {"q1": "ours"}}, writer=second, now=at(4), revision=1
        )
    assert told.value.theirs.draft["answers"] == {"q1": "mine"}
    assert task_of(round, kuhmo).draft["answers"] == {"q1": "mine"}

    # one's own page does not stand in its own way, even with an old revision
    answers.save_draft(task=opened, draft={"answers": {"q1": "mine!"}}, writer=first, now=at(4), revision=1)
    assert task_of(round, kuhmo).draft["answers"] == {"q1": "mine!"}


def test_what_is_handed_in_rests_until_it_is_taken_back() -> None:
    kuhmo = Town("kuhmo")
    round = make_round(kuhmo)
    task = hand_in(round, kuhmo, ANNUAL)
    with pytest.raises(answers.CannotAnswer, match="Kuhmo 1"):
        answers.save_draft(task=task, draft={"answers": {"q1": "x"}}, writer=Writer(kuhmo.deputy), now=at(6))
    back = answers.take_back(task=task, writer=Writer(kuhmo.deputy), now=at(6))
    assert (back.state, back.draft["answers"]["q1"]) == ("started", "A faster answer")


def test_late_answers_come_for_a_week_and_are_marked() -> None:
    kuhmo, paltamo = Town("kuhmo"), Town("paltamo")
    round = make_round(kuhmo, paltamo)
    services.move_rounds_on(now=at(22, 1))
    hand_in(round, kuhmo, ANNUAL, now=at(27))
    assert Fact.objects.get(type="collection.answer.answered").data["is_late"] is True
    with pytest.raises(answers.CannotAnswer, match="extend"):
        hand_in(round, paltamo, ANNUAL, now=at(29, 1))

    services.edit_round(
        round=round, title=round.title, instructions=round.instructions, opens_on=round.opens_on,
        closes_on=date(2026, 4, 10), municipalities=[kuhmo.municipality, paltamo.municipality], by=None, now=at(29),
    )  # fmt: skip
    assert hand_in(round, paltamo, ANNUAL, now=at(30)).state == "answered"


def test_nobody_else_may_run_a_round_or_answer_for_another_town() -> None:
    kuhmo, paltamo = Town("kuhmo"), Town("paltamo")
    round = make_round(kuhmo, paltamo)
    with pytest.raises(PermissionDenied):
        services.close_round(round=round, by=kuhmo.steward, now=at(5))
    with pytest.raises(PermissionDenied):
        services.create_round(
            kind="outlook", title=Translated(en="x"), instructions=Translated(), opens_on=date(2026, 4, 1),
            closes_on=date(2026, 5, 1), municipalities=[kuhmo.municipality], by=kuhmo.steward, now=at(5),
        )  # fmt: skip
    with pytest.raises(PermissionDenied):
        answers.save_draft(
            task=task_of(round, paltamo), draft=ANNUAL, writer=Writer(kuhmo.steward), now=at(5)
        )
    task = hand_in(round, paltamo, ANNUAL)
    for refuse in (
        lambda: answers.accept_answer(task=task, by=paltamo.steward, now=at(6)),
        lambda: answers.return_answer(task=task, comment="x", by=kuhmo.steward, now=at(6)),
        lambda: summary(kuhmo.steward, round),
    ):
        with pytest.raises(PermissionDenied):
            refuse()
    with pytest.raises(queries.NoSuchRound):
        queries.task_for(kuhmo.steward, round.code, "paltamo")


def test_questions_rest_once_people_have_them() -> None:
    kuhmo = Town("kuhmo")
    round = make_round(kuhmo, is_open=False)
    services.set_questions(round=round, questions=[QuestionInput(Translated(en="Why?"))], by=None, now=at(1))
    assert [str(one.text) for one in Question.objects.all()] == ["Why?"]
    services.open_round(round=round, by=None, now=at(2))
    with pytest.raises(services.CannotChangeRound, match="answering"):
        services.set_questions(round=round, questions=[], by=None, now=at(3))


def test_an_annual_round_without_questions_does_not_open_and_the_coordinator_is_told() -> None:
    coordinator, kuhmo = make_coordinator(), Town("kuhmo")
    kuhmo.name_them()
    round = make_round(kuhmo, is_open=False, questions=())
    assert services.move_rounds_on(now=at(3)) == []
    with pytest.raises(services.CannotChangeRound, match="questions first"):
        services.open_round(round=round, by=coordinator, now=at(3))
    assert [one.why for one in queries.waiting_for(coordinator, at(3))] == ["questions"]


def test_a_choice_needs_answers_to_choose_from_and_a_round_needs_somebody_to_ask() -> None:
    with pytest.raises(ValidationError) as refused:
        make_round(
            Town("kuhmo"), questions=[QuestionInput(Translated(en="Which?"), "choice", [{"en": "one"}])]
        )
    assert set(refused.value.message_dict) == {"questions.0"}
    with pytest.raises(ValidationError) as refused:
        make_round(title=Translated(), closes_on=date(2026, 3, 1))
    assert set(refused.value.message_dict) == {"title", "closes_on", "municipalities"}


def test_who_has_begun_cannot_be_left_out() -> None:
    kuhmo, paltamo = Town("kuhmo"), Town("paltamo")
    round = make_round(kuhmo, paltamo)
    answers.save_draft(task=task_of(round, kuhmo), draft=ANNUAL, writer=Writer(kuhmo.steward), now=at(4))
    values = {"title": round.title, "instructions": round.instructions, "opens_on": round.opens_on,
              "closes_on": round.closes_on, "by": None, "now": at(5)}  # fmt: skip
    with pytest.raises(services.CannotChangeRound, match="begun"):
        services.edit_round(round=round, municipalities=[paltamo.municipality], **values)
    services.edit_round(round=round, municipalities=[kuhmo.municipality], **values)
    assert [one.municipality.slug for one in round.tasks.all()] == ["kuhmo"]


def test_beginning_with_last_years_answer() -> None:
    kuhmo = Town("kuhmo")
    hand_in(make_round(kuhmo), kuhmo, ANNUAL)
    later = make_round(kuhmo, opens_on=date(2026, 3, 4))
    task = task_of(later, kuhmo)
    earlier = queries.earlier_answer(task)
    assert earlier is not None
    task = answers.copy_previous(task=task, earlier=earlier, writer=Writer(kuhmo.steward), now=at(6))
    assert task.draft["answers"] == ANNUAL["answers"]
    with pytest.raises(answers.CannotAnswer, match="already"):
        answers.copy_previous(task=task, earlier=earlier, writer=Writer(kuhmo.steward), now=at(6))
