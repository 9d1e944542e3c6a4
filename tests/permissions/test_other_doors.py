"""Doors that are not ours: the content editor and the account pages let in nobody by another way."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

import pytest
from allauth import urls as allauth_urls
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.test import Client
from django.urls import get_resolver, resolve, reverse

from tests.factories import make_person, make_region
from vetovoima.accounts.enums import Role
from vetovoima.accounts.models import User
from vetovoima.accounts.rights import Action, Kind, Reach, reach_of_role
from vetovoima.accounts.services import set_editing
from vetovoima.config.doors import closed

from .addresses import patterns
from .world import World, build_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return build_world()


def test_the_content_editor_opens_to_those_who_may_edit_pages_only(world: World) -> None:
    for role, person in world.people.items():
        client = Client()
        client.force_login(person)
        status = client.get("/cms/").status_code
        may_edit = reach_of_role(role, Kind.PAGES, Action.EDIT) > Reach.NONE
        assert (status == 200) is may_edit, f"{role}: {status}"


def test_nobody_manages_users_in_the_content_editor(world: World) -> None:
    for person in world.people.values():
        client = Client()
        client.force_login(person)
        assert client.get("/cms/users/").status_code in (302, 403, 404)


def test_there_is_one_sign_in() -> None:
    client = Client()
    assert client.get("/cms/login/").headers["Location"].startswith("/accounts/login/")
    assert client.get("/cms/").headers["Location"].startswith(("/accounts/login/", "/cms/login/"))
    assert client.get("/cms/password_reset/").headers["Location"].startswith("/accounts/password/reset/")
    assert not [name for name, _pattern in patterns() if name.startswith("admin:")]


def test_sign_up_is_closed() -> None:
    response = Client().post(
        "/accounts/signup/", {"email": "new@example.com", "password1": "x" * 20, "password2": "x" * 20}
    )
    assert response.status_code == 404
    assert not User.objects.filter(email="new@example.com").exists()


def test_confidential_records_do_not_live_in_wagtail_models() -> None:
    from django.apps import apps
    from wagtail.models import Page
    from wagtail.snippets.models import get_snippet_models

    closed = {"pipeline", "accounts", "messaging", "activity", "catalogue"}
    models = [model for model in apps.get_models() if issubclass(model, Page)] + list(get_snippet_models())
    assert [model.__name__ for model in models if model._meta.app_label in closed] == []


# The account pages of allauth

#: written here anew, so that opening one more in the code is a decision that a test asks for
OPEN_PAGES = {
    "account_login", "account_logout", "account_inactive", "account_reauthenticate", "account_change_password",
    "account_reset_password", "account_reset_password_done", "account_reset_password_from_key",
    "account_reset_password_from_key_done", "mfa_index", "mfa_authenticate", "mfa_reauthenticate",
    "mfa_activate_totp", "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
}  # fmt: skip
PARTS = {"key": "a-key", "uidb36": "1"}
SECRET = "a quiet northern lake"


@pytest.fixture
def company() -> User:
    make_region()
    return make_person(Role.COMPANY, email="mallory@example.org", password=SECRET)


@pytest.fixture
def browser(company: User) -> Client:
    client = Client()
    client.force_login(company)
    return client


def account_addresses() -> Iterator[tuple[str, str]]:
    """Every address that allauth has in this installation, read from allauth itself, by name."""

    class Everything:
        urlpatterns = allauth_urls.urlpatterns

    for name, pattern in patterns(get_resolver(Everything)):  # type: ignore[arg-type]
        parts = {part: PARTS[part] for part in pattern.pattern.regex.groupindex}
        yield name, reverse(name, kwargs=parts)


def test_only_the_account_pages_that_the_product_uses_are_open(browser: Client) -> None:
    found = dict(account_addresses())
    assert {"account_email", "account_signup", "account_confirm_email"} < set(found)
    assert set(found) >= OPEN_PAGES
    for name, address in found.items():
        for client in (browser, Client()):
            statuses = (client.get(address).status_code, client.post(address).status_code)
            assert statuses == (404, 404) or name in OPEN_PAGES, f"{name}: {statuses}"
        assert (resolve(address).func is closed) is (name not in OPEN_PAGES), name
        browser.force_login(User.objects.get(email="mallory@example.org"))  # one of them is the sign-out


def test_nobody_takes_another_address_by_any_door(browser: Client, company: User) -> None:
    victim = {"email": "victim@example.org"}
    browser.post("/accounts/email/", {"action_add": "", **victim})
    browser.post("/accounts/email/", {"action_primary": "", **victim})
    browser.post("/desk/me/", {"display_name": "Mallory", "language": "en", **victim})
    company.refresh_from_db()
    assert company.email == "mallory@example.org"
    assert not EmailAddress.objects.filter(email="victim@example.org").exists()


def test_the_content_editor_changes_neither_address_nor_password() -> None:
    make_region()
    person = make_person(Role.COORDINATOR, email="kaisa@example.org", password=SECRET)
    set_editing(person)
    client = Client()
    client.force_login(person)
    page = client.get("/cms/account/")
    assert page.status_code == 200
    assert "-email" not in page.content.decode().split("<form", 1)[1].replace("name_email-email_", "")
    assert "password" not in page.content.decode().split("<form", 1)[1]
    fields = {"email": "victim@example.org", "first_name": "K", "last_name": "C"}
    new = {
        "old_password": SECRET,
        "new_password1": "another quiet lake",
        "new_password2": "another quiet lake",
    }
    client.post(
        "/cms/account/",
        {**{f"name_email-{name}": value for name, value in fields.items()},
         **{f"password-{name}": value for name, value in new.items()}},
    )  # fmt: skip
    person.refresh_from_db()
    assert (person.email, person.check_password(SECRET)) == ("kaisa@example.org", True)


def test_the_account_front_leads_to_the_sign_in() -> None:
    assert Client().get("/accounts/").headers["Location"] == "/accounts/login/"


def test_an_unknown_address_on_the_password_page_is_sent_nothing(
    mailoutbox: list[object], company: User
) -> None:
    answers = [
        Client().post("/accounts/password/reset/", {"email": email})
        for email in (company.email, "stranger@example.org")
    ]
    assert [answer.headers["Location"] for answer in answers] == ["/accounts/password/reset/done/"] * 2
    assert [mail.to for mail in mailoutbox] == [[company.email]]  # type: ignore[attr-defined]


# Wagtail's own ways in

WAGTAIL_SIGN_INS = (
    "/en/_util/login/",
    "/fi/_util/login/",
    "/sv/_util/login/",
    "/_util/login/",
    "/cms/login/",
)


def test_wagtails_own_sign_in_lets_in_nobody(company: User) -> None:
    for address in WAGTAIL_SIGN_INS:
        client = Client()
        for names in ("username", "login", "email"):
            client.post(address, {names: company.email, "password": SECRET})
        assert "_auth_user_id" not in client.session, address
        assert client.get("/desk/").status_code == 302, address


def test_wagtails_own_password_pages_are_closed() -> None:
    for address in ("done/", "confirm/MQ/set-password/", "complete/"):
        assert Client().get(f"/cms/password_reset/{address}").status_code == 404


def test_the_sign_in_asks_for_the_second_step_and_wagtail_is_no_way_round(company: User) -> None:
    totp = import_module("allauth.mfa.totp.internal.auth")
    totp.TOTP.activate(company, totp.generate_totp_secret())
    for address in ("/accounts/login/", *WAGTAIL_SIGN_INS):
        client = Client()
        answer = client.post(address, {"login": company.email, "username": company.email, "password": SECRET})
        if address == "/accounts/login/":
            assert answer.headers["Location"] == "/accounts/2fa/authenticate/"
        assert client.get("/desk/").status_code == 302, address


def test_wrong_passwords_are_counted_by_the_network_they_come_from(company: User) -> None:
    cache.clear()
    pages = [
        Client().post(
            "/accounts/login/", {"login": f"nobody{number}@example.org", "password": "x"},
            REMOTE_ADDR=f"2001:db8:1:2::{number:x}",
        ).status_code
        for number in range(1, 60)
    ]  # fmt: skip
    cache.clear()
    assert 429 in pages
