"""API keys at the desk: made and shown once, revoked by their owner and by those who answer for all."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils import timezone

from tests.desk.conftest import signed_in
from tests.desk.reading import words
from tests.factories import make_person
from vetovoima.accounts.enums import Role
from vetovoima.accounts.models import ApiKey, User
from vetovoima.accounts.services import create_key

TYPED = {
    "name": "Map service",
    "organisation": "kuhmo",
    "scopes": ["sites:read", "sites:write"],
    "days": "90",
}
TOKEN = re.compile(r"vv_[0-9a-f]{8}_[\w-]{43}")


@pytest.fixture
def key(officer: User) -> ApiKey:
    organisation = officer.memberships.get().organisation
    return create_key(
        owner=officer, organisation=organisation, name="Map service", scopes=["sites:read"], days=30, by=officer,
        now=timezone.now(),
    )[0]  # fmt: skip


def test_a_key_is_made_shown_once_and_works(town: Client) -> None:
    page = town.post("/desk/me/api-keys/", TYPED)
    token = TOKEN.search(words(page))
    assert token
    assert page.headers["Cache-Control"] == "no-store"
    again = words(town.get("/desk/me/api-keys/"))
    assert token.group() not in again
    assert "Map service" in again
    answer = Client().get("/api/v1/offer", headers={"Authorization": f"Bearer {token.group()}"})
    assert answer.status_code == 200


def test_what_is_wrong_is_said_and_what_was_typed_is_kept(town: Client) -> None:
    page = town.post("/desk/me/api-keys/", {**TYPED, "scopes": []})
    assert "What it may be used for: This field is required." in words(page)
    assert 'value="Map service"' in page.content.decode()
    forged = town.post("/desk/me/api-keys/", {**TYPED, "scopes": ["sites:publish"]})
    assert "What it may be used for:" in words(forged), "a scope that is not offered is not taken either"
    assert not ApiKey.objects.exists()


def test_an_owner_revokes_their_key_and_nobody_elses(town: Client, key: ApiKey) -> None:
    other = signed_in(make_person(Role.MUNICIPALITY_OFFICER, "sotkamo"))
    address = f"/desk/me/api-keys/{key.prefix}/revoke/"
    assert other.post(address).status_code == 404
    assert town.get(address).status_code == 405
    page = words(town.post(address, follow=True))
    assert "The key is revoked." in page
    key.refresh_from_db()
    assert key.revoked_at is not None


def test_those_who_answer_for_keys_see_and_revoke_them(council: Client, town: Client, key: ApiKey) -> None:
    assert town.get("/desk/people/keys/").status_code == 403
    assert town.post(f"/desk/people/keys/{key.prefix}/revoke/").status_code == 403
    page = words(council.get("/desk/people/keys/"))
    assert "Map service" in page
    assert "Olli Officer" in page
    council.post(f"/desk/people/keys/{key.prefix}/revoke/")
    key.refresh_from_db()
    assert key.revoked_at is not None


def test_an_auditor_sees_keys_and_revokes_none(db: None, key: ApiKey) -> None:
    auditor = signed_in(make_person(Role.AUDITOR))
    page = auditor.get("/desk/people/keys/")
    assert "Map service" in words(page)
    assert "Revoke" not in words(page)
    assert auditor.post(f"/desk/people/keys/{key.prefix}/revoke/").status_code == 403


def test_somebody_whose_role_has_nothing_for_programs_is_told_so(db: None) -> None:
    board = signed_in(make_person(Role.BOARD_MEMBER))
    assert "Your roles hold nothing that programs can do." in words(board.get("/desk/me/api-keys/"))
