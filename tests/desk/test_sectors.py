"""The sectors at the desk: the map, the sheet, its parts, its judgements, its review and its homework."""

from __future__ import annotations

import pytest

from tests.desk.conftest import signed_in
from tests.desk.reading import form, words
from tests.factories import NOW, make_person
from tests.factories.sectors import fresh, make_sector, make_sheet
from vetovoima.accounts.enums import Role
from vetovoima.catalogue.models import SectorSheet
from vetovoima.catalogue.sectors import services

pytestmark = pytest.mark.django_db
SHEET = "/desk/facts/sectors/kites/"
EXPERT = {"name": "Eva Expert", "role": "professor", "organisation": "Kite School"}


def sent_to(client, path: str) -> dict[str, str]:
    return form(client.get(path), "")


def test_the_map_shows_each_sector_and_what_is_not_written(council):
    make_sheet()
    make_sector("planes", name={"en": "Planes"}, position=2)

    page = words(council.get("/desk/facts/sectors/"))

    assert "2 × 1" in page and "0 of 2 cells judged" in page and "evidence lacks in 1 cell" in page
    assert "Racing kites" in page and "Paper kites" not in page
    assert "Draft, not reviewed by an expert" in page and "0 of 6 steps" in page
    assert "Planes" in page and "no sheet yet" in page


def test_a_sheet_is_begun_for_a_sector_without_one(council, officer):
    make_sector()

    assert signed_in(officer).post(f"{SHEET}begin/").status_code in (302, 403)
    assert SectorSheet.objects.count() == 0
    answer = council.post(f"{SHEET}begin/", follow=True)

    assert answer.redirect_chain[-1][0] == f"{SHEET}edit/"
    assert SectorSheet.objects.get().code == "kites"


def test_the_matrix_is_a_table_whose_cells_say_what_lacks_and_who_judged(council):
    make_sheet()
    names = [name for name in sent_to(council, f"{SHEET}scores/") if name.startswith("score-")]
    first = next(name for name in names if not name.endswith("-reason"))

    council.post(f"{SHEET}scores/", {first: "3", f"{first}-reason": "Sold out"})

    page = council.get(SHEET)
    shown = words(page)
    assert "3: answers it well" in shown and "Sold out" in shown and "Kaisa Coordinator" in shown
    assert "The strength has no evidence." in shown
    html = page.content.decode()
    assert '<th scope="row" role="rowheader">' in html and 'data-label="Kites are wanted"' in html


def test_rows_are_written_in_three_languages_and_come_back_whole_when_refused(council):
    sheet = make_sheet()
    sent = sent_to(council, f"{SHEET}edit/strengths/")
    sent.update({"row2-text_fi": "Merituuli", "row2-text_en": "Sea wind", "row2-evidence": "no-such"})

    refused = council.post(f"{SHEET}edit/strengths/", sent)
    assert "The fact bank has no fact no-such." in words(refused)
    again = form(refused, "")
    assert again["row2-text_en"] == "Sea wind"
    again["row2-evidence"] = "mean-wind"
    council.post(f"{SHEET}edit/strengths/", again)

    assert [(str(one.text), one.evidence) for one in fresh(sheet).strengths.all()] == [
        ("Steady wind", ["mean-wind"]),
        ("Friendly people", []),
        ("Sea wind", ["mean-wind"]),
    ]


@pytest.mark.parametrize("part", ["strengths", "pulls", "niches", "questions", "homework"])
def test_a_form_sent_back_unchanged_changes_nothing(council, part):
    sheet = make_sheet()
    before = fresh(sheet).revision

    council.post(f"{SHEET}edit/{part}/", sent_to(council, f"{SHEET}edit/{part}/"))
    council.post(f"{SHEET}edit/", sent_to(council, f"{SHEET}edit/"))

    assert fresh(sheet).revision == before


def test_a_row_is_removed(council):
    sheet = make_sheet()
    sent = {**sent_to(council, f"{SHEET}edit/questions/"), "row1-is_removed": "on"}

    council.post(f"{SHEET}edit/questions/", sent)

    assert [str(one.question) for one in fresh(sheet).questions.all()] == ["How windy is it?"]


def test_the_second_editor_sees_what_the_first_changed_and_loses_nothing(council, coordinator):
    sheet = make_sheet()
    sent = sent_to(council, f"{SHEET}edit/")
    services.edit_sheet(sheet=sheet, values={"summary": {"en": "Theirs."}}, by=coordinator, now=NOW)
    sent["summary_en"] = "Mine."

    answer = council.post(f"{SHEET}edit/", sent)

    assert answer.status_code == 409
    assert "Theirs." in words(answer) and form(answer, "")["summary_en"] == "Mine."
    council.post(f"{SHEET}edit/", form(answer, ""))
    assert fresh(sheet).summary["en"] == "Mine."


def test_a_review_from_the_asking_to_the_portal(council):
    sheet = make_sheet()

    refused = council.post(f"{SHEET}ask/", {**EXPERT, "role": ""})
    assert refused.status_code == 422 and form(refused, f"{SHEET}ask/")["name"] == "Eva Expert"
    council.post(f"{SHEET}ask/", EXPERT)
    page = council.get(SHEET)
    assert "Reviewed by Eva Expert" in words(page)
    council.post(f"{SHEET}review/", form(page, f"{SHEET}review/"))

    assert fresh(sheet).state == "reviewed"
    assert "it leaves the portal until an expert has reviewed it anew" in words(council.get(f"{SHEET}edit/"))


def test_what_was_changed_while_the_expert_read_is_not_approved(council, coordinator):
    sheet = make_sheet()
    council.post(f"{SHEET}ask/", EXPERT)
    read = form(council.get(SHEET), f"{SHEET}review/")
    services.edit_sheet(sheet=sheet, values={"summary": {"en": "Other."}}, by=coordinator, now=NOW)
    council.post(f"{SHEET}ask/", EXPERT)

    answer = council.post(f"{SHEET}review/", read, follow=True)

    assert "was changed while you read it" in words(answer)
    assert fresh(sheet).state == "in_review"


def test_the_named_expert_sees_this_sheet_alone_and_says_so_themselves(council):
    sheet = make_sheet()
    expert = make_person(Role.RDI_PARTNER, email="eva@kites.example", display_name="Eva Expert")
    theirs = signed_in(expert)
    assert theirs.get(SHEET).status_code == 404

    unknown = council.post(f"{SHEET}ask/", {**EXPERT, "email": "nobody@kites.example"})
    assert "Nobody signs in with this address" in words(unknown)
    council.post(f"{SHEET}ask/", {**EXPERT, "email": expert.email})

    page = theirs.get(SHEET)
    assert page.status_code == 200 and "/desk/facts/fact/" not in page.content.decode()
    assert theirs.get("/desk/facts/sectors/").status_code == 403
    assert theirs.get(f"{SHEET}edit/").status_code == 403
    theirs.post(f"{SHEET}return/", {"comment": "Newer wind, please."})
    assert "Newer wind, please." in words(council.get(SHEET))
    council.post(f"{SHEET}ask/", {**EXPERT, "email": expert.email})
    theirs.post(f"{SHEET}review/", form(theirs.get(SHEET), f"{SHEET}review/"))
    assert fresh(sheet).state == "reviewed"


def test_an_officer_reads_and_neither_writes_nor_reviews(town):
    make_sheet()

    page = words(town.get(SHEET))

    assert "Steady wind" in page and "Send to an expert" not in page
    assert {town.get(f"{SHEET}{one}/").status_code for one in ("edit", "edit/pulls", "scores")} == {403}
    assert town.post(f"{SHEET}ask/", EXPERT).status_code == 403


def test_homework_is_ticked_off_with_what_shows_it(council):
    item = make_sheet().homework.get()
    path = f"{SHEET}homework/{item.pk}/"

    assert "Say what shows that it is done" in words(council.post(path, {"proof": ""}, follow=True))
    page = words(council.post(path, {"proof": "Contract 7"}, follow=True))

    assert "Contract 7" in page and "All of it is done." in page
    council.post(path, {"open": "1"})
    item.refresh_from_db()
    assert item.done_on is None
