"""From a messy file to the council's review and back, as a steward does it in the browser."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.collection import messy
from tests.desk.conftest import signed_in
from tests.desk.reading import form, words
from tests.factories import make_municipality, make_person
from tests.factories.sites import make_site
from vetovoima.accounts.enums import Role
from vetovoima.accounts.models import User
from vetovoima.activity.outbox import work_through
from vetovoima.catalogue.models import Site
from vetovoima.collection.models import Import, ImportRow

pytestmark = pytest.mark.django_db


def upload(client: Client, content: bytes, name: str = "tontit.xlsx", **values: str) -> Any:
    """This will choose a file and press the button; the answer is the page after it."""
    page = client.get("/desk/collection/imports/")
    sent = form(page, "/new/").dict()
    sent.update({"kind": "plot", "file": SimpleUploadedFile(name, content), **values})  # type: ignore[dict-item]
    return client.post("/desk/collection/imports/new/", sent, follow=True)


def confirm(client: Client, page: Any, **chosen: str) -> Any:
    """This will send the page of columns as it is, with some choices changed."""
    sent = form(page, "").dict() | chosen
    return client.post(page.request["PATH_INFO"], sent, follow=True)


def csv(text: str) -> bytes:
    return text.encode()


@pytest.fixture
def checked(town: Client) -> Import:
    """The messy workbook, read, its columns confirmed as they were guessed, and checked."""
    confirm(town, upload(town, messy.make_workbook("kuhmo").content))
    return Import.objects.get()


def test_a_messy_workbook_is_in_review_after_three_clicks(town: Client, council: Client) -> None:
    columns = upload(town, messy.make_workbook("kuhmo").content)
    assert "Pinta-ala (ha)" in words(columns) and "guessed from the header" in words(columns)
    preview = confirm(town, columns)
    assert "All rows 22 New 16 Changes a record 0 The same 1 Error 4 Left out 1" in words(preview)
    done = town.post(
        f"{preview.request['PATH_INFO']}commit/",
        form(preview, "commit").dict() | {"submit": "yes"},
        follow=True,
    )
    assert "16 new records." in words(done) and "16 wait for review." in words(done)
    assert Site.objects.filter(state="submitted").count() == 16
    assert "16 records" in words(council.get("/desk/sites/?state=submitted"))


def test_nothing_is_written_before_it_is_taken_in(checked: Import) -> None:
    assert checked.state == "ready"
    assert not Site.objects.exists()


def test_the_preview_shows_old_new_and_the_figure_as_the_file_has_it(town: Client, checked: Import) -> None:
    page = words(town.get(f"/desk/collection/imports/{checked.pk}/"))
    assert "Total area New: 121,405.69 m² in the file: 30 acres" in page
    assert "“vapaanna” is not on the list. Did you mean “vapaana”?" in page
    assert "“Kumo” was read as Kuhmo." in page.replace("Kuho", "Kumo")


def test_an_error_is_mended_in_the_preview(town: Client, checked: Import) -> None:
    address = f"/desk/collection/imports/{checked.pk}/"
    for name, (header, text) in messy.MENDS.items():
        row = checked.rows.get(name=name)
        column = next(one["index"] for one in checked.columns if one["header"].endswith(header))
        town.post(f"{address}rows/{row.number}/mend/", {f"cell_{column}": text, "back": "state=error"})
    assert "New 20" in words(town.get(address)) and "Error 0" in words(town.get(address))


def test_rows_are_filtered_by_state_field_and_what_is_said(town: Client, checked: Import) -> None:
    address = f"/desk/collection/imports/{checked.pk}/"
    errors = words(town.get(address + "?state=error"))
    assert "4 rows" in errors and "Kylänpuro" in errors and "Nivu" not in errors
    assert "Kylänpuro" in words(town.get(address + "?field=availability&said=any"))
    assert "No row fits" in words(town.get(address + "?state=changed"))


def test_a_row_left_out_is_not_taken_in(town: Client, checked: Import) -> None:
    row = checked.rows.get(name="Nivu")
    town.post(f"/desk/collection/imports/{checked.pk}/skip/", {"rows": str(row.number), "do": "skip"})
    town.post(f"/desk/collection/imports/{checked.pk}/commit/", {})
    assert Site.objects.count() == 15
    assert not Site.objects.filter(name__fi="Nivu").exists()


def test_an_import_is_undone_and_done_again(town: Client, checked: Import) -> None:
    address = f"/desk/collection/imports/{checked.pk}/"
    town.post(f"{address}commit/", {"submit": "yes"})
    undone = town.post(f"{address}undo/", {}, follow=True)
    assert "16 new records removed." in words(undone)
    assert not Site.objects.exists()
    preview = words(town.post(f"{address}redo/", {}, follow=True))
    assert "Take in 16 rows" in preview
    assert not Site.objects.exists()
    again = town.post(f"{address}commit/", {"submit": "yes"}, follow=True)
    assert "16 new records." in words(again)
    assert Site.objects.count() == 16


def test_what_was_edited_since_is_left_and_said(town: Client, checked: Import) -> None:
    address = f"/desk/collection/imports/{checked.pk}/"
    town.post(f"{address}commit/", {})
    site = Site.objects.get(name__fi="Nivu")
    sent = form(town.get(f"/desk/sites/{site.code}/edit/"), "").dict() | {"locality": "Keskusta"}
    town.post(f"/desk/sites/{site.code}/edit/", sent)
    undone = words(town.post(f"{address}undo/", {}, follow=True))
    assert f"1 record was edited since and is left as it is {site.code}" in undone
    assert [one.code for one in Site.objects.all()] == [site.code]


def test_the_workbook_comes_back_with_the_errors_marked_and_takes_the_mends(
    town: Client, checked: Import
) -> None:
    town.post(f"/desk/collection/imports/{checked.pk}/commit/", {})
    answer = town.get(f"/desk/collection/imports/{checked.pk}/marked.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    sheet = book.active
    header = [cell.value for cell in sheet[1]]
    by_name = {row[1].value: row for row in sheet.iter_rows(min_row=2)}
    for name, (column, text) in messy.MENDS.items():
        cell = by_name[name][next(i for i, one in enumerate(header) if one.endswith(column))]
        assert cell.fill.fgColor.rgb == "FFF6D9D9" and cell.comment is not None, name
        cell.value = text
    assert by_name["Kylänpuro"][header.index("Result")].value == "Error"
    assert "vapaana" in by_name["Kylänpuro"][header.index("What to do")].value
    buffer = io.BytesIO()
    book.save(buffer)

    page = upload(town, buffer.getvalue(), "korjattu.xlsx")

    assert "as last time" in words(page)
    assert "New 4 Changes a record 0 The same 17 Error 0" in words(confirm(town, page))


def test_the_choice_of_a_column_is_remembered(town: Client) -> None:
    content = csv("Nimi;Mystinen;Turha\nTontti A;12,5;x\n")
    confirm(town, upload(town, content, "a.csv"), field_1="area_m2", unit_1="ha", rule_1="fill")
    page = upload(town, content, "b.csv")
    sent = form(page, "").dict()
    assert (sent["field_1"], sent["unit_1"], sent["rule_1"], sent["field_2"]) == ("area_m2", "ha", "fill", "")


def test_two_columns_cannot_go_to_one_field(town: Client) -> None:
    page = confirm(
        town, upload(town, csv("Nimi;A;B\nTontti;1;2\n"), "a.csv"), field_1="area_m2", field_2="area_m2"
    )
    assert "B: The column “A” goes there already. Choose one of the two." in words(page)
    assert form(page, "").dict()["field_1"] == "area_m2"


def test_a_file_that_cannot_be_read_says_why_and_stays_on_the_form(town: Client) -> None:
    page = upload(town, b"%PDF-1.4 nothing", "tontit.xlsx")
    assert "This is a PDF, from which a table cannot be read safely." in words(page)
    assert not Import.objects.exists()


def test_a_municipality_sees_and_touches_only_its_own_imports(town: Client, checked: Import) -> None:
    other = signed_in(make_person(Role.MUNICIPALITY_OFFICER, "sotkamo"))
    assert "tontit.xlsx" not in words(other.get("/desk/collection/imports/"))
    for address in ("", "columns/", "rows/6/", "marked.xlsx"):
        assert other.get(f"/desk/collection/imports/{checked.pk}/{address}").status_code == 404
    for address in ("commit/", "cancel/", "undo/", "redo/", "skip/", "tell/", "rows/6/mend/", "read/"):
        assert other.post(f"/desk/collection/imports/{checked.pk}/{address}").status_code == 404
    assert not Site.objects.exists()


def test_an_officer_cannot_import_into_another_municipality(town: Client) -> None:
    make_municipality("sotkamo")
    page = upload(town, csv("Nimi\nTontti\n"), "a.csv", municipality="sotkamo")
    assert "Something has to be mended" in words(page)
    assert not Import.objects.exists()


def test_the_coordinator_imports_for_the_whole_region(council: Client) -> None:
    make_municipality("kuhmo"), make_municipality("sotkamo")
    page = upload(
        council, csv("Nimi;Kunta\nTontti;Kuhmo\nToinen;Sotkamo\nKolmas;\n"), "a.csv", municipality=""
    )
    preview = words(confirm(council, page))
    assert "New 2" in preview and "Say which municipality the record is in" in preview


def test_long_work_is_done_by_the_worker_with_progress_and_a_mail(town: Client, officer: User) -> None:
    rows = "\n".join(f"Tontti {number};{number}" for number in range(400))
    page = confirm(town, upload(town, csv(f"Nimi;Pinta-ala m2\n{rows}\n"), "a.csv"))
    assert "0 of 400 rows" in words(page) and "Refresh" in words(page)
    found = Import.objects.get()
    town.post(f"/desk/collection/imports/{found.pk}/tell/", {})
    work_through("test")
    answer = town.get(f"/desk/collection/imports/{found.pk}/?progress=1", headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"] == f"/desk/collection/imports/{found.pk}/"
    from vetovoima.messaging.models import Mail

    assert Mail.objects.get(template="import_ended").to == officer.email


def test_long_work_can_be_stopped(town: Client) -> None:
    rows = "\n".join(f"Tontti {number};{number}" for number in range(400))
    confirm(town, upload(town, csv(f"Nimi;Pinta-ala m2\n{rows}\n"), "a.csv"))
    found = Import.objects.get()
    town.post(f"/desk/collection/imports/{found.pk}/cancel/", {})
    work_through("test")
    assert "Nothing was written." in words(town.get(f"/desk/collection/imports/{found.pk}/"))


def test_a_row_like_a_record_that_is_there_asks_and_takes_the_answer(town: Client) -> None:
    site = make_site("kuhmo", name={"fi": "Kantolan teollisuusalue"})
    preview = confirm(town, upload(town, csv("Nimi;Pinta-ala ha\nKantolan teolisuusalue;4\n"), "a.csv"))
    assert f"Perhaps the same as {site.code}?" in words(preview) and "New 1" in words(preview)
    found = Import.objects.get()
    row = ImportRow.objects.get()
    town.post(f"/desk/collection/imports/{found.pk}/rows/{row.number}/mend/", {"cell_code": site.code})
    town.post(f"/desk/collection/imports/{found.pk}/commit/", {})
    site.refresh_from_db()
    assert (site.area_m2, Site.objects.count()) == (40_000, 1)


def test_the_page_of_a_row_shows_every_cell(town: Client, checked: Import) -> None:
    row = checked.rows.get(name="Otanmäki")
    page = words(town.get(f"/desk/collection/imports/{checked.pk}/rows/{row.number}/"))
    assert "Row 8" in page and "Total area" in page and "→ Free electric power" in page


def test_many_columns_do_not_make_the_page_endless(town: Client) -> None:
    header = ";".join(f"Sarake {number}" for number in range(200))
    page = upload(town, csv(f"Nimi;{header}\nTontti;{';'.join('x' * 200)}\n"), "a.csv")
    assert page.status_code == 200
    assert len(page.content) < 1_500_000
    assert "Show the lists of the other columns too" in words(page)
