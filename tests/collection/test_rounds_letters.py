"""Letters about rounds: at the right moment, to the right person, once."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from django.core.management import call_command

from tests.collection.rounds_world import (
    ANNUAL,
    Town,
    at,
    hand_in,
    letters,
    make_coordinator,
    make_round,
    task_of,
)
from vetovoima.activity.schedule import chores
from vetovoima.collection.models import RoundNotice
from vetovoima.collection.rounds import answers, services, stewards
from vetovoima.collection.rounds.answers import Writer
from vetovoima.collection.rounds.reminders import run_reminders

pytestmark = pytest.mark.django_db


def sent(template: str = "") -> list[tuple[str, str]]:
    """(template, to) of each letter in order."""
    return [(one.template, one.to) for one in letters(template)]


def test_half_and_nine_tenths_remind_once_and_only_who_has_not_answered() -> None:
    make_coordinator()
    kuhmo, paltamo = Town("kuhmo"), Town("paltamo")
    for town in (kuhmo, paltamo):
        town.name_them()
    round = make_round(kuhmo, paltamo)
    assert sent() == [("round_opened", "kuhmo1@town.example"), ("round_opened", "paltamo1@town.example")]
    hand_in(round, paltamo, ANNUAL, now=at(4))

    moments = [
        (at(11, 23), 0),
        (at(12, 1), 1),
        (at(12, 2), 0),
        (at(19, 23), 0),
        (at(20, 1), 1),
        (at(20, 9), 0),
    ]
    assert [run_reminders(moment) for moment, _expected in moments] == [
        expected for _moment, expected in moments
    ]
    assert sent("round_reminder") == [("round_reminder", "kuhmo1@town.example")] * 2
    assert sorted(RoundNotice.objects.values_list("task__municipality__slug", "step")) == [
        ("kuhmo", "half"), ("kuhmo", "last"), ("kuhmo", "opened"), ("paltamo", "opened"),
    ]  # fmt: skip


def test_a_worker_that_was_away_sends_the_later_reminder_alone() -> None:
    kuhmo = Town("kuhmo")
    kuhmo.name_them()
    make_round(kuhmo)
    assert run_reminders(at(21, 9)) == 1
    assert run_reminders(at(21, 10)) == 0
    assert list(RoundNotice.objects.values_list("step", flat=True)) == ["opened", "last"]


def test_the_letter_says_what_is_missing_and_never_what_was_written() -> None:
    kuhmo = Town("kuhmo")
    kuhmo.name_them()
    round = make_round(kuhmo)
    draft = {"answers": {"q2": "SECRETWORD"}}
    answers.save_draft(task=task_of(round, kuhmo), draft=draft, writer=Writer(kuhmo.steward), now=at(4))
    run_reminders(at(12, 1))
    body = letters("round_reminder")[0].body
    assert "3 questions of 4 are not answered." in body
    assert f"/desk/collection/rounds/{round.code}/towns/kuhmo/" in body
    assert "SECRETWORD" not in body


def test_while_the_steward_is_away_the_deputy_is_asked_and_told_why() -> None:
    kuhmo = Town("kuhmo")
    post = kuhmo.name_them()
    make_round(kuhmo)
    stewards.set_absence(
        stewardship=post,
        away_from=date(2026, 3, 10),
        away_until=date(2026, 3, 15),
        by=kuhmo.steward,
        now=at(9),
    )
    run_reminders(at(12, 1))
    letter = letters("round_reminder")[0]
    assert letter.to == "kuhmo2@town.example"
    assert "because Kuhmo 1, the steward, cannot be asked now (away until 15 March)" in letter.body
    run_reminders(at(20, 1))
    last = letters("round_reminder")[1]
    assert (last.to, "cannot be asked" in last.body) == ("kuhmo1@town.example", False)


def test_a_steward_who_cannot_sign_in_any_more_is_not_asked() -> None:
    kuhmo = Town("kuhmo")
    kuhmo.name_them()
    kuhmo.steward.is_active = False
    kuhmo.steward.save()
    make_round(kuhmo)
    assert sent() == [("round_opened", "kuhmo2@town.example")]


def test_without_a_steward_the_council_is_asked() -> None:
    coordinator = make_coordinator()
    make_round(Town("kuhmo"))
    assert sent() == [("round_opened", coordinator.email)]


def test_at_the_end_coordinator_and_deputy_hear_once_what_is_missing() -> None:
    make_coordinator(language="fi")
    kuhmo, paltamo = Town("kuhmo", language="sv"), Town("paltamo")
    for town in (kuhmo, paltamo):
        town.name_them()
    round = make_round(kuhmo, paltamo)
    hand_in(round, paltamo, ANNUAL, now=at(4))
    before = len(letters())
    assert run_reminders(at(22, 1)) == 2
    assert run_reminders(at(22, 2)) == 0
    assert [(one.template, one.to, one.language) for one in letters()[before:]] == [
        ("round_closed", "kaisa@council.example", "fi"), ("round_missing", "kuhmo2@town.example", "sv"),
    ]  # fmt: skip
    told = letters("round_closed")[0].body
    assert "Kuhmo" in told
    assert "Paltamo" not in told


def test_a_deputy_of_the_council_is_told_by_the_coordinators_letter_alone() -> None:
    coordinator, kuhmo = make_coordinator(), Town("kuhmo", people=1)
    stewards.name_steward(
        municipality=kuhmo.municipality, steward=kuhmo.steward, deputy=coordinator, by=None, now=at(1)
    )
    make_round(kuhmo)
    before = len(letters())
    run_reminders(at(22, 1))
    run_reminders(at(22, 2))
    assert sent()[before:] == [("round_closed", coordinator.email)]


def test_closing_by_hand_escalates_too_and_what_the_coordinator_returned_does_not() -> None:
    coordinator, kuhmo, paltamo = make_coordinator(), Town("kuhmo"), Town("paltamo")
    kuhmo.name_them()
    paltamo.name_them()
    round = make_round(kuhmo, paltamo)
    task = hand_in(round, paltamo, ANNUAL, now=at(4))
    services.close_round(round=round, by=coordinator, now=at(10))
    answers.return_answer(task=task, comment="More.", by=coordinator, now=at(11))
    run_reminders(at(11, 13))
    assert sent("round_missing") == [("round_missing", "kuhmo2@town.example")]


def test_about_an_example_nobody_gets_mail() -> None:
    make_coordinator()
    kuhmo = Town("kuhmo")
    kuhmo.name_them()
    make_round(kuhmo, is_example=True)
    for moment in (at(12, 1), at(20, 1), at(22, 1), at(23, 1)):
        assert run_reminders(moment) == 0
    assert letters() == []


def test_a_town_added_later_is_told_and_the_others_not_again() -> None:
    kuhmo, paltamo = Town("kuhmo"), Town("paltamo")
    kuhmo.name_them()
    paltamo.name_them()
    round = make_round(kuhmo)
    services.edit_round(
        round=round, title=round.title, instructions=round.instructions, opens_on=round.opens_on,
        closes_on=round.closes_on, municipalities=[kuhmo.municipality, paltamo.municipality], by=None, now=at(4),
    )  # fmt: skip
    assert sent() == [("round_opened", "kuhmo1@town.example"), ("round_opened", "paltamo1@town.example")]


@pytest.mark.parametrize(
    ("language", "words"), [("fi", "Mitä puuttuu"), ("en", "What is missing"), ("sv", "Det som saknas")]
)
def test_each_is_written_to_in_their_language(language: str, words: str) -> None:
    kuhmo = Town("kuhmo", language=language)
    kuhmo.name_them()
    make_round(kuhmo)
    run_reminders(at(12, 1))
    assert words in letters("round_reminder")[0].body


def test_the_command_and_the_chores_do_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    kuhmo = Town("kuhmo")
    kuhmo.name_them()
    make_round(kuhmo)
    with time_machine.travel(at(12, 1), tick=False):
        call_command("remind")
        call_command("remind")
    assert capsys.readouterr().out.splitlines() == ["1 letter queued.", "0 letters queued."]
    turns = {one.name: one for one in chores()}
    assert turns["collection.coach"].turn(at(16, 6)) == "2026-03-09"
    assert turns["collection.coach"].turn(at(16, 7)) == "2026-03-16"


def test_the_list_of_rounds_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    import json

    kuhmo = Town("kuhmo")
    hand_in(make_round(kuhmo), kuhmo, {**ANNUAL, "answers": {**ANNUAL["answers"], "q1": "SECRETWORD"}})
    call_command("rounds", "--json")
    printed = capsys.readouterr().out
    found = json.loads(printed)["items"][0]
    assert (found["code"], found["state"], found["municipalities"]) == (
        "annual-2026",
        "open",
        {"kuhmo": "answered"},
    )
    assert "SECRETWORD" not in printed
