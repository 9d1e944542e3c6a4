"""A workbook instead of a form: an import that begins at a round's page, and answers the round."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests.collection.rounds_world import Town
from tests.desk.conftest import signed_in
from tests.desk.reading import form, words
from tests.desk.test_collection import address, running
from tests.desk.test_imports import confirm, csv
from tests.factories.sites import make_site
from vetovoima.activity.models import Fact
from vetovoima.collection.imports import services
from vetovoima.collection.models import Import, Round, RoundTask
from vetovoima.collection.rounds import answers
from vetovoima.collection.rounds.services import QuestionInput
from vetovoima.common.fields import Translated

pytestmark = pytest.mark.django_db
FILE = "Nimi;Kylä\nTontti A;Keskusta\n"


@pytest.fixture
def kuhmo(db: None) -> Town:
    return Town("kuhmo")


@pytest.fixture
def round(kuhmo: Town) -> Round:
    return running(kuhmo, kind="site_update")


@pytest.fixture
def town(kuhmo: Town) -> Client:
    return signed_in(kuhmo.steward)


def upload_page(town: Client, round: Round, kuhmo: Town) -> Any:
    """The page of the upload, by the link on the round's page."""
    page = town.get(address(round, kuhmo)).content.decode()
    link = re.search(r'href="(/desk/collection/imports/\?[^"]+)"', page)
    assert link
    return town.get(link[1].replace("&amp;", "&"))


def send(town: Client, page: Any, text: str = FILE, **values: str) -> Any:
    sent = {**form(page, "/new/").dict(), "file": SimpleUploadedFile("a.csv", csv(text)), **values}
    return town.post("/desk/collection/imports/new/", sent, follow=True)


def take_in(town: Client, preview: Any) -> Any:
    return town.post(f"{preview.request['PATH_INFO']}commit/", form(preview, "commit").dict(), follow=True)


def test_the_link_of_the_round_chooses_the_municipality_the_kind_and_the_task(
    town: Client, round: Round, kuhmo: Town
) -> None:
    make_site("kuhmo", kind="premises")
    page = upload_page(town, round, kuhmo)
    assert "This file answers the round “The round”" in words(page)
    assert form(page, "/new/").dict() | {"csrfmiddlewaretoken": ""} == {
        "task": f"{round.code}/kuhmo", "kind": "premises", "municipality": "kuhmo", "csrfmiddlewaretoken": "",
    }  # fmt: skip


def test_taking_the_file_in_answers_the_round(town: Client, round: Round, kuhmo: Town) -> None:
    preview = confirm(town, send(town, upload_page(town, round, kuhmo)))
    assert "Taking the rows in also hands in the answer to the round “The round”." in words(preview)
    assert RoundTask.objects.get().state == "not_started", "not before it is taken in"
    done = take_in(town, preview)
    assert "The answer to “The round” was handed in." in words(done)
    task = RoundTask.objects.get()
    assert (task.state, task.answered_by) == ("answered", kuhmo.steward)
    assert Fact.objects.filter(type="collection.answer.answered").count() == 1


def test_an_import_of_its_own_answers_no_round(town: Client, round: Round) -> None:
    take_in(town, confirm(town, send(town, town.get("/desk/collection/imports/"))))
    assert Import.objects.get().state == "committed"
    assert RoundTask.objects.get().state == "not_started"


def test_a_round_with_questions_says_what_is_still_to_do(town: Client, kuhmo: Town) -> None:
    question = QuestionInput(Translated(en="Who checked?"), is_required=True)
    round = running(kuhmo, kind="annual")
    round.questions.all().delete()
    Round.objects.filter(pk=round.pk).update(kind="site_update")
    round.questions.create(code="q1", position=1, type=question.type, text=question.text, is_required=True)
    done = take_in(town, confirm(town, send(town, upload_page(town, round, kuhmo))))
    assert Import.objects.get().state == "committed", "the records are taken in either way"
    assert "The round is not answered yet The round has questions besides." in words(done)
    assert RoundTask.objects.get().state == "not_started"


def test_a_round_that_is_answered_already_is_left_as_it_is(town: Client, round: Round, kuhmo: Town) -> None:
    preview = confirm(town, send(town, upload_page(town, round, kuhmo)))
    answers.answer(
        task=RoundTask.objects.get(), writer=answers.Writer(kuhmo.deputy), now=timezone.now(), language="en"
    )
    assert "has been handed in by Kuhmo 2" in words(take_in(town, preview))
    assert RoundTask.objects.get().answered_by == kuhmo.deputy


@pytest.mark.parametrize(
    "task", ["{code}/sotkamo", "{code}/nowhere", "no-such/kuhmo", "kuhmo", "/", "x" * 200]
)
def test_a_foreign_task_is_refused_and_the_choices_are_kept(town: Client, kuhmo: Town, task: str) -> None:
    sotkamo = Town("sotkamo")
    round = running(kuhmo, sotkamo, kind="site_update")
    task = task.format(code=round.code)
    page = town.get(
        "/desk/collection/imports/", {"task": task, "municipality": "sotkamo", "kind": "resource"}
    )
    assert "This file answers" not in words(page)
    assert form(page, "/new/").dict()["municipality"] == "kuhmo"
    refused = send(town, page, task=task, kind="resource")
    assert not Import.objects.exists()
    assert form(refused, "/new/").dict()["kind"] == "resource"
    if len(task) < 100:
        assert "This round is not asked of you." in words(refused)


def test_the_service_refuses_other_peoples_tasks_other_places_and_other_rounds(kuhmo: Town) -> None:
    sotkamo = Town("sotkamo")
    sites, annual = running(kuhmo, sotkamo, kind="site_update"), running(kuhmo)
    given = {"content": csv(FILE), "filename": "a.csv", "kind": "plot", "municipality": kuhmo.municipality,
             "by": kuhmo.steward, "now": timezone.now()}  # fmt: skip
    with pytest.raises(PermissionDenied):
        services.start_import(**given, round_task=sites.tasks.get(municipality=sotkamo.municipality))
    with pytest.raises(ValidationError):
        services.start_import(**given, round_task=annual.tasks.get())
    with pytest.raises(ValidationError):
        services.start_import(
            **{**given, "by": None, "municipality": sotkamo.municipality},
            round_task=sites.tasks.get(municipality=kuhmo.municipality),
        )
    assert not Import.objects.exists()


def test_whoever_has_no_table_yet_finds_an_empty_one_of_each_kind(town: Client) -> None:
    page = town.get("/desk/collection/imports/").content.decode()
    links = re.findall(r'href="(/schema/site-template\.xlsx\?[^"]+)"', page)
    assert len(links) == 6
    assert town.get(links[0].replace("&amp;", "&")).status_code == 200
