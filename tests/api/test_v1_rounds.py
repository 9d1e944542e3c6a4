"""Collection rounds by key: what is asked, answered, handed in, accepted; and the status board."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from django.utils.timezone import localdate

from tests.api.conftest import Caller, caller_for, problem, read
from tests.factories import make_municipality, make_person, make_region
from vetovoima.accounts.enums import Role
from vetovoima.collection.models import Round
from vetovoima.collection.rounds.enums import QuestionType, RoundKind
from vetovoima.collection.rounds.services import QuestionInput, create_round, open_round
from vetovoima.common.fields import Translated
from vetovoima.reference.models import Municipality

pytestmark = pytest.mark.django_db


@pytest.fixture
def judge(db: None) -> Caller:
    """The coordinator's program."""
    make_region()
    return caller_for(make_person(Role.COORDINATOR), "collection:read", "collection:manage")


@pytest.fixture
def asked(town: Caller) -> Round:
    """An open round that asks Kuhmo one question; Sotkamo is asked too."""
    today = localdate()
    made = create_round(
        kind=RoundKind.ANNUAL, title=Translated(en="Annual round"), instructions=Translated(),
        opens_on=today - timedelta(days=1), closes_on=today + timedelta(days=20), meets_on=None, by=None,
        now=timezone.now(), municipalities=[make_municipality("kuhmo"), make_municipality("sotkamo")],
        questions=[QuestionInput(text=Translated(en="How many plots?"), type=QuestionType.NUMBER, is_required=True)],
    )  # fmt: skip
    return made if made.state == "open" else open_round(round=made, by=None, now=timezone.now())


def code_of(round_: Round) -> str:
    return round_.questions.get().code


def test_a_round_is_read_answered_handed_in_and_accepted(town: Caller, judge: Caller, asked: Round) -> None:
    assert [one["code"] for one in read(town.get("rounds"))["items"]] == [asked.code]
    found = read(town.get(f"rounds/{asked.code}"))
    assert [one["text"]["en"] for one in found["questions"]] == ["How many plots?"]
    assert [one["municipality"] for one in found["answers"]] == ["kuhmo"], "a neighbour's part is not told"
    path = f"rounds/{asked.code}/answers/kuhmo"
    draft = town.call("PUT", path, {"answers": {code_of(asked): "ten"}})
    assert (read(draft)["state"], draft.headers["ETag"]) == ("started", '"2"')
    wrong = problem(
        town.call("PUT", path, {"answers": {code_of(asked): "ten"}, "hand_in": True}), 422, "invalid"
    )
    assert code_of(asked) in wrong["errors"][0]["field"]
    handed = read(town.call("PUT", path, {"answers": {code_of(asked): 10}, "hand_in": True}))
    assert (handed["state"], handed["answers"]) == ("answered", {code_of(asked): 10})
    problem(town.call("PUT", path, {"answers": {}}), 409, "conflict")
    problem(town.post(f"{path}/accept"), 403, "scope-missing")
    assert read(judge.post(f"{path}/return", {"comment": "Say which."}))["comment"] == "Say which."
    read(town.call("PUT", path, {"answers": {code_of(asked): 11}, "hand_in": True}))
    assert read(town.post(f"{path}/take-back"))["state"] == "started"
    read(town.call("PUT", path, {"answers": {code_of(asked): 12}, "hand_in": True}))
    assert read(judge.post(f"{path}/accept"))["state"] == "accepted"


def test_two_who_answer_at_once_see_each_other(town: Caller, asked: Round, officer: Any) -> None:
    path = f"rounds/{asked.code}/answers/kuhmo"
    etag = town.get(path).headers["ETag"]
    other = caller_for(officer, "collection:write")
    read(other.call("PUT", path, {"answers": {code_of(asked): "5"}}))
    found = problem(town.call("PUT", path, {"answers": {code_of(asked): "6"}}, if_match=etag), 412, "changed")
    assert found["differences"][0]["field"] == "answers"


def test_a_question_that_is_not_asked_is_refused(town: Caller, asked: Round) -> None:
    response = town.call("PUT", f"rounds/{asked.code}/answers/kuhmo", {"answers": {"no-such": 1}})
    assert problem(response, 422, "invalid")["errors"][0]["pointer"] == "/answers/no-such"


def test_a_neighbours_answer_is_not_there(town: Caller, asked: Round) -> None:
    for response in (
        town.get(f"rounds/{asked.code}/answers/sotkamo"),
        town.call("PUT", f"rounds/{asked.code}/answers/sotkamo", {"answers": {}}),
        town.post(f"rounds/{asked.code}/answers/sotkamo/take-back"),
        town.get("rounds/no-such"),
    ):
        problem(response, 404, "not-found")


def test_the_board_shows_what_is_within_reach(town: Caller, judge: Caller, asked: Round) -> None:
    assert [row["municipality"] for row in read(town.get("board"))["items"]] == ["kuhmo"]
    rows = read(judge.get("board"))["items"]
    assert [row["municipality"] for row in rows] == sorted(
        Municipality.objects.values_list("slug", flat=True)
    )
    assert rows[0]["rounds"] == [{"round": asked.code, "state": "not_started"}]
