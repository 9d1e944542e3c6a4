"""A form whose token has grown old: nothing is lost, and no other site can use the way back."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.desk.reading import form, words
from tests.factories import make_person, make_region
from vetovoima.accounts.enums import Role
from vetovoima.accounts.models import User


@pytest.fixture
def person(db: None) -> User:
    make_region()
    return make_person(Role.BOARD_MEMBER, display_name="Ada")


@pytest.fixture
def browser(person: User) -> Client:
    client = Client(enforce_csrf_checks=True, headers={"host": "testserver"})
    client.force_login(person)
    return client


def test_what_was_typed_is_kept_and_can_be_sent_again(browser: Client, person: User) -> None:
    typed = {"display_name": "Ada <b>\nAsker", "language": "sv", "csrfmiddlewaretoken": "x" * 64}
    page = browser.post("/desk/me/", typed, headers={"origin": "http://testserver"})
    assert page.status_code == 403
    assert "What you wrote is kept. Nothing was saved yet." in words(page)
    again = form(page, "/desk/me/")
    assert (again["display_name"], again["language"]) == ("Ada <b>\nAsker", "sv")
    answer = browser.post("/desk/me/", again.dict(), headers={"origin": "http://testserver"})
    assert answer.status_code == 302
    person.refresh_from_db()
    assert person.language == "sv"


@pytest.mark.parametrize(
    "headers", [{"origin": "https://evil.example"}, {"referer": "https://testserver.evil.example/"}, {}]
)
def test_another_site_puts_no_words_into_a_form(browser: Client, headers: dict[str, str]) -> None:
    page = browser.post("/desk/me/", {"display_name": "Mallory", "language": "sv"}, headers=headers)
    assert page.status_code == 403
    assert b"Mallory" not in page.content
    assert "Nothing was changed." in words(page)


def test_passwords_are_not_written_back(browser: Client) -> None:
    typed = {"oldpassword": "old-secret-word", "password1": "new-secret-word", "login": "ada@example.org"}
    page = browser.post("/accounts/login/", typed, headers={"origin": "http://testserver"})
    assert page.status_code == 403
    assert b"secret-word" not in page.content
    assert form(page, "/accounts/login/")["login"] == "ada@example.org"
