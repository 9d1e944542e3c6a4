"""The board of pages that show the offer, in a real browser: a page that is taken away turns red, and green when it is back."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest

from .conftest import Demonstration, Open, check_page, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]
#: the demonstration's page that a municipality's own server puts together
TITLE = "Esittelysivu: palvelimen hakema osa"
CONTACT = "verkkosivut@kunta.example"
GOOD, BAD = "good", "bad"


@pytest.fixture
def municipal_page(demonstration: Demonstration, open_window: Open) -> Iterator[Any]:
    """A reader's window on the municipality's own page, which is there again when the test is over."""
    page = open_window()
    page.goto(f"{demonstration.municipality}/?lang=fi")
    page.locator("section.vetovoima-sites li a").first.wait_for()
    yield page
    page.goto(f"{demonstration.municipality}/?lang=fi")
    if (button := page.get_by_role("button", name="Palauta sivu")).count():
        button.click()


def look(desk: Any) -> None:
    """This will have the page visited, as the council does from the board."""
    desk.goto("/desk/channels/")
    desk.get_by_role("link", name=TITLE).click()
    desk.get_by_role("button", name="Tarkista nyt").click()
    desk.wait_for_load_state()
    desk.wait_for_timeout(2000)


def board_says(desk: Any, mark: str) -> str:
    """This will have the page visited until its row on the board carries a mark; returns the row's words."""
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline:
        desk.goto("/desk/channels/")
        row = desk.locator("tr").filter(has=desk.get_by_role("link", name=TITLE))
        if row.locator(f".tag-{mark}").count():
            return str(row.inner_text())
        look(desk)
    raise AssertionError(f"the board never said {mark}:\n{desk.inner_text('main')}")


def is_told(desk: Any, demonstration: Demonstration, before: int) -> bool:
    """Whether the mail about the broken page comes: with the second visit that finds it so, a stumble is nobody's news."""
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline:
        if mails_of(demonstration, CONTACT) > before:
            return True
        look(desk)
    return False


def mails_of(demonstration: Demonstration, words: str) -> int:
    """How many mails of the demonstration say something."""
    written = (demonstration.folder / "mail").glob("*")
    return sum(path.read_text(encoding="utf-8", errors="replace").count(words) for path in written)


@pytest.mark.parametrize(("width", "scheme", "other"), [(320, "dark", "light"), (1280, "light", "dark")])
def test_the_board_turns_red_when_the_page_is_taken_away_and_green_when_it_is_back(
    demonstration: Demonstration, open_window: Open, municipal_page: Any, width: int, scheme: str, other: str
) -> None:
    desk = open_window(width=width, scheme=scheme)
    sign_in(desk, "coordinator")
    assert "Ajan tasalla" in board_says(desk, GOOD)
    told = mails_of(demonstration, CONTACT)

    municipal_page.get_by_role("button", name="Poista sivu kokeeksi").click()
    municipal_page.get_by_text("Sivu on poistettu kokeeksi").wait_for()
    check_page(municipal_page)
    assert "Julkaise sivu uudelleen" in board_says(desk, BAD)
    check_page(desk, other_scheme=other)
    assert is_told(desk, demonstration, told)

    municipal_page.get_by_role("button", name="Palauta sivu").click()
    municipal_page.locator("section.vetovoima-sites li a").first.wait_for()
    assert "Ajan tasalla" in board_says(desk, GOOD)
    check_page(desk, other_scheme=other)
