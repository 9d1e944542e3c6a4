"""People, invitations, one's own settings, mail."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.desk.conftest import signed_in
from tests.desk.reading import words
from tests.factories import make_organisation, make_person, make_region
from vetovoima.accounts.enums import Role
from vetovoima.accounts.models import Invitation, User
from vetovoima.activity.models import Fact
from vetovoima.messaging.services import mark_refused, queue_mail

INVITED = {
    "email": "New@Example.org",
    "organisation": "kuhmo",
    "role": "municipality_officer",
    "language": "en",
}


@pytest.fixture
def admin(db: None) -> Client:
    make_region()
    make_organisation("kuhmo", "municipality")
    return signed_in(make_person(Role.ADMIN))


def invite(admin: Client) -> str:
    """This will invite somebody and return the address shown."""
    page = words(admin.post("/desk/people/invite/", INVITED))
    found = re.search(r"/accounts/invitation/[\w-]+/", page)
    assert found
    return found.group()


def test_an_invitation_is_shown_once_and_lets_in_once(admin: Client) -> None:
    address = invite(admin)
    assert address not in words(admin.get("/desk/people/"))
    assert "new@example.org" in words(admin.get("/desk/people/"))

    page = Client().get(address)
    assert "You are invited" in words(page)
    assert page.headers["Cache-Control"] == "no-store"
    typed = {"display_name": "Nelli New", "password": "a quiet northern lake"}
    assert Client().post(address, typed).headers["Location"] == "/accounts/login/"
    person = User.objects.get(email="new@example.org")
    assert person.check_password("a quiet northern lake")
    assert Client().get(address).status_code == 410


def test_a_weak_password_is_refused_and_the_invitation_stays(admin: Client) -> None:
    address = invite(admin)
    page = Client().post(address, {"display_name": "Nelli New", "password": "short"})
    assert "Password: This password is too short." in words(page)
    assert 'value="Nelli New"' in page.content.decode()
    assert "You are invited" in words(Client().get(address))


def test_whoever_has_an_account_signs_in_first_and_keeps_their_password(admin: Client) -> None:
    person = make_person(Role.COMPANY, email="new@example.org", password="the old password is kept")
    address, browser = invite(admin), Client()
    page = browser.get(address)
    assert "There is an account for new@example.org already. Sign in with it" in words(page)
    assert f'href="/accounts/login/?next={address}"' in page.content.decode()
    browser.post(address, {"password": "another one altogether"})
    assert person.memberships.count() == 1, "the address alone gives no role to an account"

    typed = {"login": "new@example.org", "password": "the old password is kept", "next": address}
    assert browser.post("/accounts/login/", typed).headers["Location"] == address
    assert "You have an account already and keep your password." in words(browser.get(address))
    assert browser.post(address).headers["Location"] == "/desk/"
    person.refresh_from_db()
    assert person.check_password("the old password is kept")
    assert person.memberships.count() == 2


def test_an_invitation_is_not_accepted_in_somebody_elses_browser(admin: Client, town: Client) -> None:
    address = invite(admin)
    page = town.get(address)
    assert "Sign out; you then come back to this page." in words(page)
    town.post(address, {"display_name": "Nelli New", "password": "a quiet northern lake"})
    assert not User.objects.filter(email="new@example.org").exists()
    assert town.post("/accounts/logout/", {"next": address}).headers["Location"] == address
    assert "Make the account" in words(town.get(address))


def test_an_invitation_to_a_closed_account_says_so(admin: Client) -> None:
    make_person(Role.COMPANY, email="new@example.org", is_active=False)
    address = invite(admin)
    assert "is closed. Ask whoever invited you" in words(Client().get(address))
    assert (
        Client().post(address, {"display_name": "N", "password": "a quiet northern lake"}).status_code == 200
    )
    assert not User.objects.get(email="new@example.org").is_active


def test_the_administrator_ends_a_role_and_closes_an_account(
    admin: Client, officer: User, town: Client
) -> None:
    page = f"/desk/people/{officer.pk}/"
    assert f'href="{page}"' in admin.get("/desk/people/").content.decode()
    assert "Olli Officer" in words(admin.get(page))
    admin.post(f"{page}close/")
    assert town.get("/desk/").status_code == 302
    assert "Open the account again" in words(admin.get(page))
    admin.post(f"{page}open/")
    answer = admin.post(f"/desk/people/roles/{officer.memberships.get().pk}/end/", follow=True)
    assert "The role is ended." in words(answer)
    assert "A new role comes by invitation." in words(answer)


def test_the_last_administrator_stays_and_the_page_says_why(admin: Client) -> None:
    person = User.objects.get(memberships__role=Role.ADMIN)
    for address in (f"roles/{person.memberships.get().pk}/end/", f"{person.pk}/close/"):
        answer = admin.post(f"/desk/people/{address}")
        assert answer.status_code == 409
    assert "This is the last administrator. Invite another one first." in words(
        admin.post(f"/desk/people/roles/{person.memberships.get().pk}/end/")
    )
    assert person.memberships.exists()


def test_the_coordinator_ends_the_roles_of_municipalities_alone(
    admin: Client, council: Client, officer: User
) -> None:
    administrator = User.objects.get(memberships__role=Role.ADMIN)
    shown = council.get("/desk/people/").content.decode()
    assert f'href="/desk/people/{officer.pk}/"' in shown
    assert f'href="/desk/people/{administrator.pk}/"' not in shown
    assert council.get(f"/desk/people/{administrator.pk}/").status_code == 404
    assert council.post(f"/desk/people/roles/{administrator.memberships.get().pk}/end/").status_code == 404
    answer = council.post(f"/desk/people/roles/{officer.memberships.get().pk}/end/")
    assert answer.headers["Location"] == "/desk/people/"
    assert not officer.memberships.exists()


def test_an_expired_invitation_says_so(admin: Client) -> None:
    address = invite(admin)
    Invitation.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    page = Client().get(address)
    assert page.status_code == 410
    assert "The invitation is no longer valid" in words(page)


def test_the_coordinator_sees_people_and_does_not_invite(council: Client) -> None:
    assert council.get("/desk/people/").status_code == 200
    assert "Invite a person" not in words(council.get("/desk/people/"))
    assert council.post("/desk/people/invite/", INVITED).status_code == 403


def test_mail_is_counted_and_not_shown(admin: Client, town: Client) -> None:
    invite(admin)
    page = admin.get("/desk/mail/")
    assert "invitation-" in words(page)
    assert "/accounts/invitation/" not in page.content.decode()
    assert town.get("/desk/mail/").status_code == 403


def test_a_refused_mail_is_sent_again_by_whoever_runs_the_service(admin: Client, council: Client) -> None:
    refused = queue_mail(
        key="task:1", to="officer@fenland.example", language="en", template="enquiry_received",
        context={"reference": "TUU-2026-0001", "due_at": timezone.now(), "contact": ""},
    )  # fmt: skip
    assert "Send again" not in words(admin.get("/desk/mail/"))
    mark_refused(mail=refused)
    address = f"/desk/mail/{refused.pk}/again/"
    assert address in admin.get("/desk/mail/").content.decode()

    assert council.post(address).status_code == 403
    assert "The mail is on its way again." in words(admin.post(address, follow=True))
    assert "It was not sent again" in words(admin.post(address, follow=True))

    refused.refresh_from_db()
    assert refused.state == "waiting"
    assert [(one.code, one.actor) for one in Fact.objects.filter(type="messaging.mail.sent_again")] == [
        (str(refused.pk), User.objects.get(memberships__role=Role.ADMIN))
    ]
    assert admin.post("/desk/mail/0/again/").status_code == 404


def test_the_language_follows_the_person_and_leads_back(town: Client, officer: User) -> None:
    answer = town.post("/desk/me/language/", {"language": "sv", "next": "/desk/sites/?state=draft"})
    assert answer.headers["Location"] == "/desk/sites/?state=draft"
    officer.refresh_from_db()
    assert officer.language == "sv"
    assert 'lang="sv"' in town.get("/desk/").content.decode()[:200]


@pytest.mark.parametrize("away", ["https://evil.example/", "//evil.example/desk/", "/accounts/logout/", ""])
def test_the_language_leads_to_no_other_place(town: Client, away: str) -> None:
    assert town.post("/desk/me/language/", {"language": "en", "next": away}).headers["Location"] == "/desk/"


def test_the_keys_can_be_switched_off(town: Client) -> None:
    assert 'data-keys="on"' in town.get("/desk/").content.decode()
    town.post("/desk/me/keys/", {"keys": "off"})
    assert 'data-keys="off"' in town.get("/desk/").content.decode()
