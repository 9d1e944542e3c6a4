"""A collection round as its people run it: planned, opened, answered in three ways, returned once, accepted, closed."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from .conftest import PROJECT, Demonstration, Open, check_page, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]
TODAY = datetime.now(UTC).date()
TITLE = "Syksyn investointinäkymät"
TOWNS = ("hyrynsalmi", "puolanka", "ristijarvi")
#: below the title, the key, the advice and the header of the workbook
OUTLOOK_FIRST_ROW = 6
COACH = """
from django.utils import timezone
from vetovoima.collection.rounds.coach import send_coach_mails
print(send_coach_mails(timezone.now()))
"""


def plan(council: Any) -> str:
    """The coordinator plans a round for three towns and opens it; its address comes back."""
    council.goto("/desk/collection/rounds/new/")
    check_page(council)
    council.select_option("[name=kind]", "outlook")
    council.fill("[name=title_fi]", TITLE)
    council.fill("[name=title_en]", "Investment outlook of the autumn")
    council.fill("[name=title_sv]", "Höstens investeringsutsikter")
    council.fill("[name=opens_on]", TODAY.isoformat())
    council.fill("[name=closes_on]", (TODAY + timedelta(days=14)).isoformat())
    for box in council.locator("[name=municipalities]").all():
        box.set_checked(box.get_attribute("value") in TOWNS)
    council.click("form.form .save-bar button")
    council.wait_for_url(re.compile(r"/rounds/(?!new/)[^/]+/$"))
    address: str = council.url
    if council.locator("form[action$='/open/']").count():
        council.click("form[action$='/open/'] button")
        council.wait_for_load_state()
    check_page(council)
    return address


def states(council: Any, address: str) -> dict[str, str]:
    """What the round's table says of each town."""
    council.goto(address)
    rows = council.locator("tbody tr").all()
    return {
        row.locator("th a").get_attribute("href").rstrip("/").rsplit("/", 1)[1]: row.locator("td")
        .first.inner_text()
        .strip()
        for row in rows
        if row.locator("th a").count()
    }


def letters(folder: Path, subject: str, page: Any) -> list[str]:
    """The letters whose text names something, once the worker has sent them."""
    for _attempt in range(60):
        parsed = [
            message_from_bytes(path.read_bytes(), policy=policy.default)
            for path in (folder / "mail").glob("*")
        ]
        texts = [f"{one['subject']}\n{one.get_body(('plain',)).get_content()}" for one in parsed]
        found = [text for text in texts if subject in text]
        if found:
            return found
        page.wait_for_timeout(500)
    raise AssertionError(f"no letter about {subject} was sent")


def complete(town: Any) -> None:
    """What every planned investment must tell, and hand in."""
    town.fill("[name=row-0-amount]", "2,5")
    town.fill("[name=row-0-year]", str(TODAY.year + 1))
    town.locator("[name=row-0-certainty]").select_option(index=1)
    town.click("button[name=hand_in]")


def answer_by_form(town: Any, task: str) -> None:
    town.goto(task)
    check_page(town)
    town.fill("[name=row-0-what]", "Biokaasulaitoksen laajennus")
    complete(town)
    town.wait_for_load_state()


def answer_by_workbook(town: Any, task: str, folder: Path) -> None:
    town.goto(task)
    with town.expect_download() as waiting:
        town.locator("a[href$='form.xlsx']").first.click()
    file = folder / "form.xlsx"
    waiting.value.save_as(file)
    book = load_workbook(file)
    sheet = book.worksheets[0]
    sheet.cell(OUTLOOK_FIRST_ROW, 1).value = "Majoituksen laajennus"
    book.save(file)
    town.set_input_files("[name=file]", str(file))
    town.locator("form[action$='/upload/'] button").click()
    town.wait_for_load_state()
    assert "Majoituksen laajennus" in town.locator("form#answer").inner_html(), "the workbook was not read"
    complete(town)
    town.wait_for_load_state()


def test_a_round_is_run_to_its_end(demonstration: Demonstration, open_window: Open, tmp_path: Path) -> None:
    council = open_window()
    sign_in(council, "coordinator")
    address = plan(council)
    assert set(states(council, address)) == set(TOWNS)
    assert letters(demonstration.folder, TITLE, council)

    # One town by the form, one by the workbook, one by a link for somebody without an account.
    towns = {name: open_window() for name in TOWNS}
    for name, window in towns.items():
        sign_in(window, name)
        assert TITLE in window.inner_text("main"), f"the round does not wait on the day of {name}"
    answer_by_form(towns["hyrynsalmi"], f"{address}towns/hyrynsalmi/")
    check_page(towns["hyrynsalmi"])
    answer_by_workbook(towns["puolanka"], f"{address}towns/puolanka/", tmp_path)
    steward = towns["ristijarvi"]
    steward.goto(f"{address}towns/ristijarvi/")
    steward.fill("form[action$='/links/'] [name$=holder]", "Elinkeinojohtaja")
    steward.click("form[action$='/links/'] button")
    steward.wait_for_load_state()
    link = steward.locator(".notice code").first.inner_text()
    stranger = open_window()
    stranger.goto(link)
    check_page(stranger)
    stranger.check("[name=no_plans]")
    stranger.click("button[name=hand_in]")
    stranger.wait_for_load_state()
    check_page(stranger)
    answered = states(council, address)
    assert len(set(answered.values())) == 1, answered

    # The council returns one, gets it again, accepts all and closes; nobody writes after that.
    council.goto(f"{address}towns/hyrynsalmi/")
    check_page(council)
    assert "Biokaasulaitoksen laajennus" in council.inner_text("main")
    council.fill("form[action$='/return/'] [name$=comment]", "Lisätkää toimiala.")
    council.click("form[action$='/return/'] button")
    council.wait_for_load_state()
    town = towns["hyrynsalmi"]
    town.goto(f"{address}towns/hyrynsalmi/")
    assert "Lisätkää toimiala." in town.inner_text("main")
    town.locator("[name=row-0-sector]").select_option(index=1)
    town.click("button[name=hand_in]")
    town.wait_for_load_state()
    for name in TOWNS:
        council.goto(f"{address}towns/{name}/")
        council.click("form[action$='/accept/'] button")
        council.wait_for_load_state()
    accepted = states(council, address)
    assert len(set(accepted.values())) == 1 and set(accepted.values()) != set(answered.values())
    council.goto(f"{address}summary/")
    check_page(council)
    assert "5 milj. €" in council.inner_text("main"), "the two plans of 2.5 million are not added up"
    council.locator("main details summary").first.click()
    assert "Biokaasulaitoksen laajennus" in council.inner_text("main")
    council.goto(address)
    council.click("form[action$='/close/'] button")
    council.wait_for_load_state()
    check_page(council)
    board = open_window()
    sign_in(board, "coordinator")
    board.goto("/desk/collection/")
    check_page(board)
    assert TITLE not in board.inner_text("tbody"), "a closed round is still open on the status board"


def test_the_coach_writes_of_real_gaps_and_its_links_lead_to_the_field(
    demonstration: Demonstration, open_window: Open
) -> None:
    environment = {
        **os.environ,
        "PYTHONPATH": str(PROJECT / "src"),
        "DJANGO_SETTINGS_MODULE": "vetovoima.config.settings.demo",
        "VETOVOIMA_VAR_DIR": str(demonstration.folder),
    }
    command = [sys.executable, "-m", "django", "shell", "-v", "0", "-c", COACH]
    subprocess.run(command, env=environment, check=True, capture_output=True, timeout=120)
    town = open_window()
    letter = letters(demonstration.folder, "KAI-SOT-", town)[-1]
    links = re.findall(r"/desk/sites/(KAI-SOT-\d{4})/edit/#(\w+)", letter)
    assert len(links) == 3
    sign_in(town, "sotkamo")
    for code, group in links:
        town.goto(f"/desk/sites/{code}/")
        assert "ESIMERKKI" not in town.locator(".desk-head").inner_text(), "the coach speaks of an example"
        town.goto(f"/desk/sites/{code}/edit/#{group}")
        assert town.locator(f"#{group}").count() == 1, "the link leads to no part of the form"
