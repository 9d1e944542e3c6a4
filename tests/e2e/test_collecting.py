"""Collecting, as its people do it: a messy spreadsheet becomes public plots; a round is run to its end."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

from tests.collection.messy import BROKEN, MENDS, NAMES, make_workbook

from .conftest import Demonstration, Open, check_page, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]


class Clicks:
    """Counts what a person clicks."""

    def __init__(self, page: Any) -> None:
        self.page, self.count = page, 0

    def on(self, selector: str) -> None:
        """This will click and wait for what comes."""
        self.count += 1
        self.page.click(selector)
        self.page.wait_for_load_state()


def public_names(demonstration: Demonstration, municipality: str) -> set[str]:
    with urlopen(
        f"{demonstration.address}/feeds/sites.json?lang=fi&municipality={municipality}&limit=500"
    ) as answer:
        return {item["name"]["text"] for item in json.load(answer)["items"]}


def wait_for_import(page: Any, state: str) -> None:
    """Reload until the import has got so far: the worker does it."""
    page.wait_for_selector(state, timeout=90_000)


def upload(page: Any, clicks: Clicks, town: str, folder: Path) -> None:
    file = folder / "tontit.xlsx"
    file.write_bytes(make_workbook(town).content)
    page.goto("/desk/collection/imports/")
    check_page(page)
    page.set_input_files("[name=file]", str(file))
    clicks.on("form[action$='/imports/new/'] button")
    check_page(page)
    clicks.on("form.form .save-bar button")
    wait_for_import(page, "form[action$='/commit/'] button")
    check_page(page)


def test_a_messy_spreadsheet_is_public_after_six_clicks(
    demonstration: Demonstration, open_window: Open, tmp_path: Path
) -> None:
    began = time.monotonic()
    town, council = open_window(), open_window()
    sign_in(town, "puolanka")
    steward = Clicks(town)
    upload(town, steward, "puolanka", tmp_path)
    text = town.inner_text("main")
    assert all(name in text for name in BROKEN), "the rows with errors are not shown"
    steward.on("form[action$='/commit/'] .button")
    wait_for_import(town, "form[action$='/undo/']")
    check_page(town)

    sign_in(council, "coordinator")
    coordinator = Clicks(council)
    council.goto("/desk/sites/?state=submitted&municipality=puolanka")
    check_page(council)
    coordinator.on("[data-checks=codes]")
    council.select_option("#action", "publish")
    coordinator.on("form[action='/desk/sites/bulk/'] .desk-toolbar button")
    check_page(council)
    coordinator.on("form.form .form-actions .button")
    council.wait_for_url("**/desk/sites/bulk/apply/", timeout=60_000)

    assert steward.count + coordinator.count <= 6
    assert time.monotonic() - began < 300
    names = public_names(demonstration, "puolanka")
    good = {name for name in NAMES if name not in BROKEN}
    assert good <= names, f"not public: {sorted(good - names)}"
    assert not names & set(BROKEN), "a row with an error came through"


def test_errors_are_mended_in_the_preview_and_an_import_is_undone(
    demonstration: Demonstration, open_window: Open, tmp_path: Path
) -> None:
    town = open_window()
    sign_in(town, "ristijarvi")
    upload(town, Clicks(town), "ristijarvi", tmp_path)
    preview = town.url
    for name, (header, text) in MENDS.items():
        town.goto(preview)
        town.locator("#import-rows tr", has=town.locator("th", has_text=name)).first.locator(
            "td.num a"
        ).click()
        town.wait_for_url("**/rows/*/")
        cell = town.locator("form[action$='/mend/'] .field", has_text=f"{header} →")
        cell.locator("input").first.fill(text)
        town.click("form[action$='/mend/'] .form-actions button")
        town.wait_for_load_state()
    town.goto(preview)
    town.click("form[action$='/commit/'] .button")
    wait_for_import(town, "form[action$='/undo/']")
    town.goto("/desk/sites/?text=Honkavaara")
    assert "Honkavaara" in town.inner_text("#site-table"), "a mended row was not taken in"

    town.goto(preview)
    town.click("form[action$='/undo/'] button")
    wait_for_import(town, "form[action$='/redo/']")
    check_page(town)
    town.goto("/desk/sites/?text=Honkavaara")
    assert town.locator("#site-table tbody tr").count() == 0, "an undone record is still there"
