"""Links without an account, and answers by workbook."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tests.collection.rounds_world import (
    ANNUAL,
    OUTLOOK,
    Town,
    at,
    hand_in,
    make_coordinator,
    make_round,
    task_of,
)
from vetovoima.collection.models import AnswerLink
from vetovoima.collection.rounds import answers, links
from vetovoima.collection.rounds.answers import Writer
from vetovoima.collection.rounds.summary import summary
from vetovoima.collection.rounds.summary_workbook import write_summary
from vetovoima.collection.rounds.workbook import NotThisForm, read_form, write_form

pytestmark = pytest.mark.django_db


def test_a_link_opens_its_own_task_until_a_week_after_the_end() -> None:
    kuhmo = Town("kuhmo")
    round = make_round(kuhmo)
    link, secret = links.make_link(task=task_of(round, kuhmo), holder=" Mayor ", by=kuhmo.steward, now=at(3))
    assert (len(secret), link.holder) == (43, "Mayor")
    assert secret not in str(AnswerLink.objects.values())

    opened = links.open_link(secret, at(28, 23))
    task = answers.answer(
        task=opened.task, draft=ANNUAL, writer=Writer(link=opened), now=at(28), language="en"
    )
    assert (task.answered_by, task.answered_name) == (None, "Mayor, by link")
    with pytest.raises(links.LinkNotValid):
        links.open_link(secret, at(29, 1))


@pytest.mark.parametrize("secret", ["", "x", "A" * 43, "A" * 42 + "é", "../" * 20])
def test_a_wrong_secret_opens_nothing(secret: str) -> None:
    with pytest.raises(links.LinkNotValid):
        links.open_link(secret, at(3))


def test_a_revoked_link_opens_nothing_and_another_towns_task_never() -> None:
    kuhmo, paltamo = Town("kuhmo"), Town("paltamo")
    round = make_round(kuhmo, paltamo)
    link, secret = links.make_link(task=task_of(round, kuhmo), holder="x", by=kuhmo.steward, now=at(3))
    with pytest.raises(PermissionDenied):
        answers.save_draft(task=task_of(round, paltamo), draft=ANNUAL, writer=Writer(link=link), now=at(4))
    with pytest.raises(PermissionDenied):
        links.revoke_link(link=link, by=paltamo.steward, now=at(4))
    links.revoke_link(link=link, by=kuhmo.deputy, now=at(4))
    with pytest.raises(links.LinkNotValid):
        links.open_link(secret, at(4))


def test_who_may_not_answer_may_not_make_a_link_and_ten_are_enough() -> None:
    kuhmo, paltamo = Town("kuhmo"), Town("paltamo")
    round = make_round(kuhmo)
    with pytest.raises(PermissionDenied):
        links.make_link(task=task_of(round, kuhmo), holder="x", by=paltamo.steward, now=at(3))
    with pytest.raises(links.CannotMakeLink):
        links.make_link(task=task_of(round, kuhmo), holder=" ", by=kuhmo.steward, now=at(3))
    for _number in range(links.MAX_LINKS):
        links.make_link(task=task_of(round, kuhmo), holder="x", by=kuhmo.steward, now=at(3))
    with pytest.raises(links.CannotMakeLink, match="ten links"):
        links.make_link(task=task_of(round, kuhmo), holder="x", by=kuhmo.steward, now=at(3))


def _filled(content: bytes, cells: dict[str, dict[str, object]]) -> bytes:
    """The workbook with some cells filled in, as a spreadsheet program saves it."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for sheet, values in cells.items():
        for place, value in values.items():
            book[sheet][place] = value
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("language", "sheet", "choice", "yes"),
    [
        ("en", "Questions", "Grid", "Yes"),
        ("en", "Questions", "Verkko", "yes"),
        ("en", "Questions", "nät", "NO"),
    ],
)
def test_questions_come_back_from_the_workbook(language: str, sheet: str, choice: str, yes: str) -> None:
    kuhmo = Town("kuhmo")
    task = task_of(make_round(kuhmo), kuhmo)
    content = _filled(
        write_form(task, language), {sheet: {"D6": "=A faster answer", "D7": 2.5, "D8": choice, "D9": yes}}
    )
    draft = read_form(task, _filled(content, {sheet: {"D6": "A faster answer"}}), "form.xlsx")
    assert draft["answers"] == {"q1": "A faster answer", "q2": 2.5, "q3": "2", "q4": yes.lower()}
    done = answers.answer(task=task, draft=draft, writer=Writer(kuhmo.steward), now=at(5), language="en")
    assert done.answers["q2"] == 2.5


def test_planned_investments_come_back_and_a_draft_goes_out_again() -> None:
    kuhmo = Town("kuhmo")
    task = task_of(make_round(kuhmo, kind="outlook"), kuhmo)
    sheet = "Planned investments"
    content = _filled(
        write_form(task, "en"),
        {
            sheet: {
                "A6": "Sawmill",
                "B6": 12.5,
                "C6": 2027,
                "E6": "Likely",
                "F6": "Electricity grid",
                "A8": "Hall",
            }
        },
    )
    draft = read_form(task, content, "form.xlsx")
    assert draft["rows"][0] == {
        "what": "Sawmill", "amount": 12.5, "year": 2027, "certainty": "likely", "obstacle": "grid",
    }  # fmt: skip
    saved = answers.save_draft(task=task, draft=draft, writer=Writer(kuhmo.steward), now=at(4))
    assert [row["what"] for row in saved.draft["rows"]] == ["Sawmill", "Hall"]
    with pytest.raises(ValidationError) as refused:
        answers.answer(task=saved, writer=Writer(kuhmo.steward), now=at(5), language="en")
    assert set(refused.value.message_dict) == {"rows.1.amount", "rows.1.year", "rows.1.certainty"}
    again = read_form(task_of(saved.round, kuhmo), write_form(saved, "en"), "form.xlsx")
    assert [row["what"] for row in again["rows"] if row] == ["Sawmill", "Hall"]
    assert again["rows"][0] == draft["rows"][0]


def test_the_form_of_another_town_or_round_is_refused_in_words() -> None:
    kuhmo, paltamo = Town("kuhmo"), Town("paltamo")
    round = make_round(kuhmo, paltamo)
    with pytest.raises(NotThisForm, match="annual-2026 / paltamo"):
        read_form(task_of(round, kuhmo), write_form(task_of(round, paltamo), "en"), "form.xlsx")
    outlook = make_round(kuhmo, kind="outlook")
    with pytest.raises(NotThisForm, match="not the form of this round"):
        read_form(task_of(round, kuhmo), write_form(task_of(outlook, kuhmo), "en"), "form.xlsx")
    with pytest.raises(ValidationError):
        read_form(task_of(round, kuhmo), b"this is no workbook \x00\x01", "form.xlsx")


def test_a_missing_column_is_named() -> None:
    kuhmo = Town("kuhmo")
    task = task_of(make_round(kuhmo), kuhmo)
    with pytest.raises(NotThisForm, match="Answer"):
        read_form(task, _filled(write_form(task, "en"), {"Questions": {"D5": "Something else"}}), "form.xlsx")


def test_what_somebody_wrote_never_becomes_a_formula() -> None:
    kuhmo = Town("kuhmo")
    round = make_round(kuhmo)
    draft = {"answers": {**ANNUAL["answers"], "q1": '=HYPERLINK("http://x")'}}
    hand_in(round, kuhmo, draft)
    book = openpyxl.load_workbook(io.BytesIO(write_summary(summary(make_coordinator(), round), "en")))
    cell = book["Questions"]["C2"]
    assert (cell.data_type, cell.value) == ("s", '=HYPERLINK("http://x")')


def test_the_summary_as_a_workbook() -> None:
    kuhmo, paltamo = Town("kuhmo"), Town("paltamo")
    round = make_round(kuhmo, paltamo, kind="outlook", closes_on=date(2026, 4, 1))
    hand_in(round, kuhmo, OUTLOOK)
    book = openpyxl.load_workbook(io.BytesIO(write_summary(summary(make_coordinator(), round), "en")))
    assert book.sheetnames == ["Planned investments", "Sums by year", "Who has answered"]
    sums = [[cell.value for cell in row] for row in book["Sums by year"].iter_rows(min_row=2)]
    assert sums == [
        [2027, 4_000_000, 12_500_000, 0, 0, 16_500_000, 2],
        [2028, 0, 0, 0, 20_000_000, 20_000_000, 1],
        ["Together", 4_000_000, 12_500_000, 0, 20_000_000, 36_500_000, 3],
    ]
    assert [row[1].value for row in book["Who has answered"].iter_rows(min_row=2)] == [
        "Answered",
        "Not started",
    ]
