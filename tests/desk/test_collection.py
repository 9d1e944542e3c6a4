"""Collecting at the desk: the board, stewards, rounds and their answers, as people click through them."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from tests.collection.rounds_world import QUESTIONS, Town, make_coordinator
from tests.desk.conftest import signed_in
from tests.factories.sites import make_site
from vetovoima.collection.models import AnswerLink, Duty, Question, Round, RoundTask, Stewardship
from vetovoima.collection.rounds import links, services, stewards
from vetovoima.common.fields import Translated
from vetovoima.messaging.models import Mail

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_counts() -> None:
    cache.clear()


def running(*towns: Town, kind: str = "annual", **values: Any) -> Round:
    """This will make a round that is open now and asks these towns."""
    now, today = timezone.now(), timezone.localdate()
    round = services.create_round(
        kind=kind, title=Translated(fi="Kierros", en="The round"), instructions=Translated(en="Answer together."),
        opens_on=today, closes_on=today + timedelta(days=14), municipalities=[one.municipality for one in towns],
        questions=QUESTIONS if kind == "annual" else (), by=None, now=now, **values,
    )  # fmt: skip
    return services.open_round(round=round, by=None, now=now)


def hidden(response: Any) -> dict[str, str]:
    """The revision and the page that a form carries."""
    text = response.content.decode()
    return {
        name: found[1] if (found := re.search(rf'name="{name}" value="([^"]*)"', text)) else ""
        for name in ("revision", "page")
    }


def address(round: Round, town: Town, end: str = "") -> str:
    """Where a town's part of a round is."""
    return f"/desk/collection/rounds/{round.code}/towns/{town.municipality.slug}/{end}"


FILLED = {"q-q1": "Speed", "q-q2": "2,5", "q-q3": "2", "q-q4": "yes", "respondents": "The team"}


def test_the_board_shows_every_town_to_the_council_and_orders_by_what_is_asked() -> None:
    council, kuhmo, _paltamo = signed_in(make_coordinator()), Town("kuhmo"), Town("paltamo")
    kuhmo.name_them()
    make_site("paltamo", area_m2=100.0)
    page = council.get("/desk/collection/?sort=gaps").content.decode()
    assert page.index(">Paltamo<") < page.index(">Kuhmo<")
    assert 'aria-sort="descending"' in page
    assert "nobody named" in page  # Paltamo
    page = council.get("/desk/collection/").content.decode()
    assert page.index(">Kuhmo<") < page.index(">Paltamo<")


def test_a_town_sees_its_own_as_a_list_of_what_to_do_and_nothing_of_another() -> None:
    kuhmo, paltamo = Town("kuhmo"), Town("paltamo")
    kuhmo.name_them()
    round = running(kuhmo, paltamo)
    make_site("kuhmo", area_m2=100.0)
    town = signed_in(kuhmo.steward)
    page = town.get("/desk/collection/").content.decode()
    assert "What to do" in page
    assert address(round, kuhmo) in page
    assert "paltamo" not in page.lower()
    assert "The most valuable gaps" in page
    assert page.count("/edit/#") >= 3
    assert town.get("/desk/collection/towns/paltamo/").status_code == 404
    assert town.get(address(round, paltamo)).status_code == 404


def test_my_day_tells_of_rounds_duties_and_answers_to_accept() -> None:
    coordinator, kuhmo = make_coordinator(), Town("kuhmo")
    kuhmo.name_them()
    round = running(kuhmo)
    town, council = signed_in(kuhmo.steward), signed_in(coordinator)
    assert "Answer the round" in town.get("/desk/").content.decode()
    town.post(address(round, kuhmo), {**FILLED, "hand_in": "yes"})
    assert "Answer the round" not in town.get("/desk/").content.decode()
    assert "Answer to accept or return" in council.get("/desk/").content.decode()


def test_the_coordinator_runs_a_round_to_its_end() -> None:
    coordinator, kuhmo, _paltamo = make_coordinator(), Town("kuhmo"), Town("paltamo")
    kuhmo.name_them()
    council, town, today = signed_in(coordinator), signed_in(kuhmo.steward), timezone.localdate()
    made = council.post(
        "/desk/collection/rounds/new/",
        {"kind": "annual", "title_en": "Municipal round", "meets_on": today + timedelta(days=30), "days_ahead": "21",
         "municipalities": ["kuhmo", "paltamo"]},
    )  # fmt: skip
    round = Round.objects.get()
    assert (round.opens_on, round.closes_on) == (today + timedelta(days=9), today + timedelta(days=30))
    assert made.url == f"/desk/collection/rounds/{round.code}/questions/"
    council.post(
        made.url,
        {"count": "3", "q0_text_en": "What helps?", "q0_type": "text", "q0_required": "on", "q1_text_en": "",
         "q2_text_fi": "Mikä estää?", "q2_text_en": "What hinders?", "q2_type": "choice",
         "q2_choices": "Kaava | Planning | Plan\nVerkko | Grid | Nät"},
    )  # fmt: skip
    assert [(one.code, one.type, one.is_required) for one in Question.objects.all()] == [
        ("q1", "text", True), ("q2", "choice", False),
    ]  # fmt: skip
    council.post(f"/desk/collection/rounds/{round.code}/open/")
    assert list(
        Mail.objects.filter(template="round_opened", to="kuhmo1@town.example").values_list("to", flat=True)
    )

    town.post(address(round, kuhmo), {"q-q1": "Speed", "q-q2": "2", "hand_in": "yes"})
    task = RoundTask.objects.get(municipality=kuhmo.municipality)
    seen = council.get(address(round, kuhmo)).content.decode()
    assert "Speed" in seen
    assert "Grid" in seen
    done = council.post(address(round, kuhmo, "accept/"), {"revision": task.revision})
    assert done.status_code == 302
    council.post(f"/desk/collection/rounds/{round.code}/close/")
    page = council.get(f"/desk/collection/rounds/{round.code}/summary/").content.decode()
    assert "1 of 2 municipalities have answered. Accepted so far: 1." in page
    assert "Missing:" in page
    book = council.get(f"/desk/collection/rounds/{round.code}/summary.xlsx")
    assert openpyxl.load_workbook(io.BytesIO(book.content))["Questions"]["C2"].value == "Speed"
    paper = council.get(f"/desk/collection/rounds/{round.code}/print/").content.decode()
    assert "What helps?" in paper
    assert "Speed" not in paper
    assert town.get(f"/desk/collection/rounds/{round.code}/summary/").status_code == 403


def test_a_draft_is_kept_as_typed_and_what_is_wrong_stays_on_the_page() -> None:
    kuhmo = Town("kuhmo")
    round, town = running(kuhmo), signed_in(kuhmo.steward)
    saved = town.post(
        address(round, kuhmo, "save/"), {"q-q2": "many", **hidden(town.get(address(round, kuhmo)))}
    )
    assert "Saved" in saved.content.decode()
    refused = town.post(address(round, kuhmo), {"q-q2": "many", "hand_in": "yes", "page": "p"})
    assert refused.status_code == 422
    page = refused.content.decode()
    assert 'value="many"' in page
    assert 'href="#id_q-q1"' in page
    assert RoundTask.objects.get().state == "started"


def test_saving_by_itself_does_not_stand_in_its_own_way() -> None:
    kuhmo = Town("kuhmo")
    round, town = running(kuhmo), signed_in(kuhmo.steward)
    opened = hidden(town.get(address(round, kuhmo)))
    for text in ("S", "Sp", "Spe"):
        answer = town.post(address(round, kuhmo, "save/"), {"q-q1": text, **opened})
        assert "Press Save" not in answer.content.decode()
    done = town.post(address(round, kuhmo), {**FILLED, **opened, "hand_in": "yes"})
    assert (done.status_code, RoundTask.objects.get().state) == (302, "answered")


def test_two_at_once_the_second_sees_both_and_chooses() -> None:
    kuhmo = Town("kuhmo")
    round = running(kuhmo)
    one, two = signed_in(kuhmo.people[0]), signed_in(kuhmo.people[1])
    seen = hidden(two.get(address(round, kuhmo)))
    one.post(address(round, kuhmo), {"q-q1": "Mine", "q-q4": "no", **hidden(one.get(address(round, kuhmo)))})

    by_itself = two.post(address(round, kuhmo, "save/"), {"q-q1": "Ours", **seen})
    assert "Kuhmo 1 has saved this answer" in by_itself.content.decode()
    assert f'value="{seen["revision"]}"' in by_itself.content.decode()
    told = two.post(address(round, kuhmo), {"q-q1": "Ours", **seen})
    page = told.content.decode()
    assert told.status_code == 409
    assert "Kuhmo 1 has saved this answer meanwhile" in page
    assert (page.count("Mine"), "Ours" in page) == (1, True)
    assert RoundTask.objects.get().draft["answers"] == {"q1": "Mine", "q4": "no"}

    again = {"q-q1": "Ours", "q-q4": "", "theirs": ["q-q4"], **hidden(told)}
    assert two.post(address(round, kuhmo), again).status_code == 302
    assert RoundTask.objects.get().draft["answers"] == {"q1": "Ours", "q4": "no"}


def test_planned_investments_are_written_row_by_row_without_script() -> None:
    kuhmo = Town("kuhmo")
    round, town = running(kuhmo, kind="outlook"), signed_in(kuhmo.steward)
    rows = {
        "row-0-what": "Mill", "row-0-amount": "12,5", "row-0-year": str(timezone.localdate().year + 1),
        "row-0-certainty": "likely", "row-2-what": "Hall",
    }  # fmt: skip
    town.post(address(round, kuhmo), {**rows, "page": "p"})
    page = town.get(address(round, kuhmo)).content.decode()
    assert 'name="row-4-what"' in page  # two are written, three are empty
    refused = town.post(address(round, kuhmo), {**rows, "page": "p", "hand_in": "yes"})
    assert 'href="#id_row-1-amount"' in refused.content.decode()
    del rows["row-2-what"]
    town.post(address(round, kuhmo), {**rows, "page": "p", "hand_in": "yes"})
    assert [(one.what, one.amount_eur) for one in RoundTask.objects.get().outlook.all()] == [
        ("Mill", 12_500_000)
    ]


def test_the_workbook_goes_out_and_comes_back() -> None:
    kuhmo = Town("kuhmo")
    round, town = running(kuhmo), signed_in(kuhmo.steward)
    book = openpyxl.load_workbook(io.BytesIO(town.get(address(round, kuhmo, "form.xlsx")).content))
    book["Questions"]["D6"] = "From the workbook"
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    file.name = "form.xlsx"
    assert town.post(address(round, kuhmo, "upload/"), {"file": file}).status_code == 302
    assert RoundTask.objects.get().draft["answers"] == {"q1": "From the workbook"}

    wrong = io.BytesIO(b"no workbook")
    wrong.name = "form.xlsx"
    refused = town.post(address(round, kuhmo, "upload/"), {"file": wrong})
    assert refused.status_code == 200
    assert "error-summary" in refused.content.decode()
    assert RoundTask.objects.get().draft["answers"] == {"q1": "From the workbook"}


def test_a_link_answers_without_an_account_and_shows_nothing_else() -> None:
    kuhmo = Town("kuhmo")
    round, town = running(kuhmo), signed_in(kuhmo.steward)
    made = town.post(address(round, kuhmo, "links/"), {"holder": "The mayor"}).content.decode()
    secret = re.search(r"/answer/([\w-]{43})/", made)[1]
    # the answer's own form leads to the answer, on whatever page it stands
    assert f'id="answer" method="post" action="{address(round, kuhmo)}"' in made
    assert secret not in town.get(address(round, kuhmo)).content.decode()  # shown once

    stranger = Client()
    page = stranger.get(f"/answer/{secret}/?lang=en")
    assert (page["Cache-Control"], page["X-Robots-Tag"]) == ("no-store", "noindex, nofollow")
    assert "What do you wish?" in page.content.decode()
    assert f'action="/answer/{secret}/?lang=en"' in page.content.decode()
    assert "/desk/" not in page.content.decode()
    saved = stranger.post(f"/answer/{secret}/save/", {"q-q1": "By link", **hidden(page)})
    assert "The mayor, by link" in saved.content.decode()
    stranger.post(f"/answer/{secret}/?lang=en", {**FILLED, **hidden(page), "hand_in": "yes"})
    task = RoundTask.objects.get()
    assert (task.state, task.answered_name, task.answers["q1"]) == ("answered", "The mayor, by link", "Speed")
    assert stranger.get(f"/answer/{secret}/form.xlsx").status_code == 200
    assert stranger.get("/desk/").status_code == 302

    town.post(address(round, kuhmo, f"links/{AnswerLink.objects.get().pk}/revoke/"))
    for path in ("", "save/", "upload/", "form.xlsx"):
        assert stranger.get(f"/answer/{secret}/{path}").status_code == 404


def test_wrong_links_are_counted_and_slowed_down() -> None:
    kuhmo = Town("kuhmo")
    task = RoundTask.objects.get(round=running(kuhmo))
    _link, secret = links.make_link(task=task, holder="x", by=kuhmo.steward, now=timezone.now())
    stranger = Client()
    answers = [stranger.get(f"/answer/{number:043d}/").status_code for number in range(33)]
    assert (answers[0], answers[-1]) == (404, 429)
    assert stranger.get("/answer/no-secret-at-all/").status_code == 429
    assert stranger.get(f"/answer/{secret}/").status_code == 429
    assert Client(REMOTE_ADDR="192.0.2.7").get(f"/answer/{secret}/").status_code == 200


def test_the_post_is_handed_over_at_the_desk_but_not_emptied() -> None:
    kuhmo = Town("kuhmo")
    kuhmo.name_them()
    town, one, two = signed_in(kuhmo.steward), *(str(person.pk) for person in kuhmo.people)
    url = "/desk/collection/towns/kuhmo/steward/"
    refused = town.post(url, {"steward": "", "deputy": two, "revision": "1"}).content.decode()
    assert "Name a successor before somebody leaves the post." in refused
    town.post(url, {"steward": two, "deputy": one, "revision": "1"})
    assert Stewardship.objects.get().steward == kuhmo.deputy
    today = timezone.localdate()
    town.post(
        "/desk/collection/towns/kuhmo/absence/", {"away_from": today, "away_until": today + timedelta(days=3)}
    )
    assert "is asked now" in town.get("/desk/collection/").content.decode()
    refused = town.post("/desk/collection/towns/kuhmo/absence/", {"away_from": today, "away_until": ""})
    assert "neither" in refused.content.decode()
    town.post("/desk/collection/towns/kuhmo/coach/", {"wanted": "no"})
    assert Stewardship.objects.get().wants_coach_mail is False


def test_a_duty_by_hand_is_ticked_off() -> None:
    kuhmo = Town("kuhmo")
    Duty.objects.create(
        code="talk", title=Translated(en="Talk with companies"), measure="hand", rhythm_months=6
    )
    town = signed_in(kuhmo.steward)
    assert "Mark as done" in town.get("/desk/collection/").content.decode()
    town.post("/desk/collection/towns/kuhmo/duties/talk/", {"done_on": timezone.localdate(), "note": ""})
    page = town.get("/desk/collection/").content.decode()
    assert 'tag-good">Kept' in page


def test_planning_keeps_what_was_typed_when_refused() -> None:
    council = signed_in(make_coordinator())
    Town("kuhmo")
    page = council.post(
        "/desk/collection/rounds/new/", {"kind": "outlook", "title_fi": "Näkymät", "closes_on": "2026-13-40"}
    )
    text = page.content.decode()
    assert "Näkymät" in text
    assert 'href="#id_opens_on"' in text
    assert Round.objects.count() == 0


def test_a_town_cannot_plan_open_or_close() -> None:
    kuhmo = Town("kuhmo")
    round, town = running(kuhmo), signed_in(kuhmo.steward)
    for path in ("new/", f"{round.code}/edit/", f"{round.code}/close/", f"{round.code}/questions/"):
        assert town.post(f"/desk/collection/rounds/{path}").status_code == 403
    assert town.post(address(round, kuhmo, "accept/")).status_code == 403
    assert town.get(f"/desk/collection/rounds/{round.code}/").url == address(round, kuhmo)


def test_the_rail_has_at_most_eight_areas_for_anybody() -> None:
    from vetovoima.accounts.enums import Role
    from vetovoima.accounts.rights import RIGHTS, Reach
    from vetovoima.desk.areas import AREAS

    for role in Role:
        seen = [
            one for one in AREAS if RIGHTS[role].get(one.kind, {}).get(one.action, Reach.NONE) > Reach.NONE
        ]
        assert len(seen) <= 8, role


def test_a_site_round_lists_the_records_and_is_answered_by_saying_so() -> None:
    kuhmo = Town("kuhmo")
    site = make_site("kuhmo", area_m2=100.0)
    round, town = running(kuhmo, kind="site_update"), signed_in(kuhmo.steward)
    page = town.get(address(round, kuhmo)).content.decode()
    assert f"/desk/sites/{site.code}/edit/" in page
    town.post(address(round, kuhmo), {"hand_in": "yes"})
    assert RoundTask.objects.get().state == "answered"
    assert stewards.own_people(kuhmo.municipality)


@pytest.mark.parametrize("language", ["fi", "en", "sv"])
def test_every_tab_of_collecting_leads_somewhere_in_the_persons_language(language: str) -> None:
    kuhmo = Town("kuhmo", language=language)
    town = signed_in(kuhmo.steward)
    page = town.get("/desk/collection/").content.decode()
    tabs = re.search(r'<nav class="segmented no-print".*?</nav>', page, re.DOTALL)
    assert tabs
    links = re.findall(r'href="([^"]+)"', tabs[0])
    assert f"/schema/?lang={language}" in links
    assert len(links) == 6
    for link in links:
        answer = town.get(link)
        assert answer.status_code == 200, link
        assert f'<html lang="{language}"' in answer.content.decode(), link


def test_the_summary_of_what_is_wrong_says_truly_what_is_kept() -> None:
    kuhmo = Town("kuhmo")
    round, town = running(kuhmo), signed_in(kuhmo.steward)
    path = address(round, kuhmo)
    start = hidden(town.get(path))
    refused = town.post(path, {**start, "q-q2": "many", "hand_in": "yes"}).content.decode()
    assert "Everything you wrote is kept as a draft and stands below; it is not handed in yet." in refused
    assert "nothing was saved yet" not in refused
    assert RoundTask.objects.get().draft["answers"]["q2"] == "many"
    other = signed_in(kuhmo.deputy)
    late = other.post(path, {**start, "page": "another", "q-q1": "Mine", "hand_in": "yes"}).content.decode()
    assert "kept as a draft" not in late, "another page saved meanwhile: this one is stored nowhere"


def test_the_list_of_rounds_says_how_ones_own_answer_stands_and_leads_to_it() -> None:
    kuhmo, sotkamo = Town("kuhmo"), Town("sotkamo")
    round, town = running(kuhmo, sotkamo, kind="site_update"), signed_in(kuhmo.steward)
    page = town.get("/desk/collection/rounds/").content.decode()
    assert "Your answer" in page and "Not started" in page
    assert f'href="{address(round, kuhmo)}"' in page
    town.post(address(round, kuhmo), {"hand_in": "yes"})
    page = town.get("/desk/collection/rounds/").content.decode()
    assert f'href="{address(round, kuhmo)}"' not in page, "nothing is waiting any more"
    assert "0/2" not in page and "1/2" not in page, "how many others have answered is the council's"
