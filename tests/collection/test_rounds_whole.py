"""One round from its plan to its end, and opened again: every letter, every word of the status board, day by day."""

from __future__ import annotations

import re
from datetime import date, datetime

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from tests.collection.rounds_world import QUESTIONS, Town, at, letters, make_coordinator, make_round, task_of
from tests.desk.conftest import signed_in
from tests.desk.reading import words
from vetovoima.accounts.models import User
from vetovoima.collection.models import Round, RoundNotice
from vetovoima.collection.rounds import links, services
from vetovoima.collection.rounds.reminders import run_reminders

pytestmark = pytest.mark.django_db
FILLED = {"q-q1": "Speed", "q-q2": "2,5", "q-q3": "2", "q-q4": "yes", "respondents": "The team"}


def told(moment: datetime) -> list[tuple[str, str]]:
    """This will let the worker do its hour and return the letters that went out."""
    before = len(letters())
    run_reminders(moment)
    assert run_reminders(moment) == 0, "a letter goes out once"
    return [(one.template, one.to.partition("@")[0]) for one in letters()[before:]]


def board(coordinator: User, moment: datetime) -> str:
    """What the status board says of Kuhmo's open round."""
    cache.clear()
    with time_machine.travel(moment, tick=False):
        page = signed_in(coordinator).get("/desk/collection/", headers={"accept-language": "en"})
        row = next(
            one for one in page.content.decode().split("<tr>") if "/towns/kuhmo/" in one or ">Kuhmo<" in one
        )
        cell = re.search(r'data-label="Open rounds">(.*?)</td>', row, re.DOTALL)
        assert cell is not None
        return " ".join(re.sub(r"<[^>]+>", " ", cell[1]).split())


def act(user: User | None, path: str, moment: datetime, data: dict[str, str] | None = None) -> str:
    """This will open a page, or send a form with what the page carries, as a person does."""
    cache.clear()
    with time_machine.travel(moment, tick=False):
        client = signed_in(user) if user else Client()
        page = client.get(path)
        if data is None:
            return words(page)
        text = page.content.decode()
        carried = {
            name: found[1]
            for name in ("revision", "page")
            if (found := re.search(rf'name="{name}" value="([^"]*)"', text))
        }
        return words(client.post(path, {**carried, **data}, follow=True))


def extend(round: Round, closes_on: date, moment: datetime) -> Round:
    """This will give a round another last day."""
    return services.edit_round(
        round=round, title=round.title, instructions=round.instructions, opens_on=round.opens_on, closes_on=closes_on,
        municipalities=[one.municipality for one in round.tasks.all()], by=None, now=moment,
    )  # fmt: skip


def test_a_round_from_its_plan_to_its_end_with_every_letter_and_word_of_the_board() -> None:
    coordinator, kuhmo = make_coordinator(language="en"), Town("kuhmo")
    kuhmo.name_them()
    round = make_round(kuhmo, is_open=False, questions=QUESTIONS)
    task = f"/desk/collection/rounds/{round.code}/towns/kuhmo/"
    assert told(at(1, 13)) == []
    assert board(coordinator, at(1, 13)) == "–"

    assert told(at(2, 1)) == [("round_opened", "kuhmo1")]
    assert board(coordinator, at(2, 2)) == "Annual municipal round Not started"
    assert told(at(11, 23)) == []
    assert told(at(12, 1)) == [("round_reminder", "kuhmo1")]
    assert told(at(20, 1)) == [("round_reminder", "kuhmo1")]
    assert board(coordinator, at(21)) == "Annual municipal round Not started"

    # Nothing came: it closes by itself, coordinator and deputy hear of it, and for a week it is late.
    assert told(at(22, 1)) == [("round_closed", "kaisa"), ("round_missing", "kuhmo2")]
    assert told(at(23, 1)) == []
    assert board(coordinator, at(23)) == "–"
    round.refresh_from_db()
    assert round.state == "closed"

    # The coordinator gives it another end: it is reminded of and escalated anew, but not announced again.
    extend(round, date(2026, 4, 10), at(24))
    assert board(coordinator, at(24)) == "Annual municipal round Not started"
    assert told(at(24, 13)) == [("round_reminder", "kuhmo1")]
    assert told(at(8, 1, month=4)) == [("round_reminder", "kuhmo1")]
    assert told(at(11, 1, month=4)) == [("round_closed", "kaisa"), ("round_missing", "kuhmo2")]
    assert told(at(12, 1, month=4)) == []
    assert RoundNotice.objects.filter(step="closed").count() == 2
    assert len({one.key for one in letters()}) == len(letters())

    # The answer comes by a link, is returned, handed in again, and accepted.
    round.refresh_from_db()
    extend(round, date(2026, 4, 30), at(13, month=4))
    _link, secret = links.make_link(
        task=task_of(round, kuhmo), holder="Mayor", by=kuhmo.steward, now=at(13, month=4)
    )
    act(None, f"/answer/{secret}/", at(14, month=4), {**FILLED, "hand_in": "1"})
    assert task_of(round, kuhmo).answered_name == "Mayor, by link"
    assert board(coordinator, at(14, month=4)) == "Annual municipal round Answered"
    assert told(at(28, 1, month=4)) == []

    before = len(letters())
    act(coordinator, f"{task}return/", at(28, month=4), {"comment": "Say how many months."})
    assert [(one.template, one.to) for one in letters()[before:]] == [
        ("round_returned", "kuhmo1@town.example")
    ]
    assert board(coordinator, at(28, month=4)) == "Annual municipal round Returned for completion"
    act(kuhmo.steward, task, at(29, month=4), {**FILLED, "q-q2": "3", "hand_in": "1"})
    assert board(coordinator, at(29, month=4)) == "Annual municipal round Answered"
    act(coordinator, f"{task}accept/", at(29, month=4), {"accept": "1"})
    assert board(coordinator, at(29, month=4)) == "Annual municipal round Accepted"

    assert told(at(1, 1, month=5)) == []
    round.refresh_from_db()
    assert (round.state, task_of(round, kuhmo).state) == ("closed", "accepted")
    assert board(coordinator, at(1, month=5)) == "–"


def test_a_round_closed_by_hand_and_opened_again_with_the_same_end_escalates_again() -> None:
    make_coordinator()
    kuhmo = Town("kuhmo")
    kuhmo.name_them()
    round = services.close_round(round=make_round(kuhmo), by=None, now=at(10))
    assert told(at(10, 13)) == [("round_closed", "kaisa"), ("round_missing", "kuhmo2")]
    extend(round, round.closes_on, at(11))
    assert told(at(22, 1)) == [("round_closed", "kaisa"), ("round_missing", "kuhmo2")]


def test_an_open_round_that_is_extended_reminds_by_its_new_days_and_other_edits_do_not() -> None:
    kuhmo = Town("kuhmo")
    kuhmo.name_them()
    round = make_round(kuhmo)
    assert told(at(12, 1)) == [("round_reminder", "kuhmo1")]
    round = extend(round, round.closes_on, at(13))
    assert told(at(13, 13)) == []
    extend(round, date(2026, 4, 30), at(14))
    assert told(at(15)) == []  # a quarter of its time has passed
    assert told(at(1, 1, month=4)) == [("round_reminder", "kuhmo1")]
