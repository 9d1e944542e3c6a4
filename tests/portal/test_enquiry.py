"""The enquiry form: without cookies, nothing lost, every refusal in words."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories import make_region
from vetovoima.pipeline.intake import new_submission_token
from vetovoima.pipeline.models import Enquiry

pytestmark = pytest.mark.django_db
FORM = "/en/enquiry/"
TYPED = {
    "name": "Ada Asker", "email": "ada@asker.example", "company": "Asker Ltd", "country": "Sweden",
    "message": "Six hectares near a railway.",
}  # fmt: skip


@pytest.fixture(autouse=True)
def region() -> None:
    make_region()


@pytest.fixture
def strict() -> Client:
    """A client that enforces CSRF, as a browser without our cookies meets the service."""
    return Client(enforce_csrf_checks=True)


def token(age: timedelta = timedelta(minutes=1)) -> str:
    return new_submission_token(timezone.now() - age)


def send(client: Client, **values: Any) -> Any:
    return client.post(FORM, {"token": token(), **TYPED, **values})


def test_five_fields_are_required_and_ten_are_there(client: Client) -> None:
    response = client.get(FORM)
    shown = response.content.decode()
    names = re.findall(r'name="(\w+)"', shown[shown.index('<form class="form"') :])
    assert sorted(set(names) - {"token", "website"}) == sorted(
        [*TYPED, "phone", "sector", "municipality", "size", "site"]
    )
    assert shown.count("(optional)") == 4
    assert "no-store" in response.headers["Cache-Control"]
    assert not response.cookies


def test_an_enquiry_gets_its_reference_at_once_without_a_cookie(strict: Client) -> None:
    response = send(strict)
    assert response.status_code == 302
    enquiry = Enquiry.objects.get()
    thanks = strict.get(response.headers["Location"])
    assert enquiry.reference in thanks.content.decode()
    assert "no-store" in thanks.headers["Cache-Control"]
    assert not thanks.cookies


def test_a_receipt_cannot_be_made_up(client: Client) -> None:
    assert client.get("/en/enquiry/received/KAI-2026-0001/").status_code == 404


def test_sending_twice_makes_one_enquiry(client: Client) -> None:
    same = token()
    for _time in range(2):
        assert client.post(FORM, {"token": same, **TYPED}).status_code == 302
    assert Enquiry.objects.count() == 1


@pytest.mark.parametrize("old", ["", "made-up", token(timedelta(hours=5))])
def test_an_expired_form_keeps_everything_and_can_be_sent_again(client: Client, old: str) -> None:
    response = client.post(FORM, {**TYPED, "token": old})
    shown = response.content.decode()
    assert response.status_code == 422
    assert "The form was open for a long time" in shown
    assert TYPED["message"] in shown
    assert 'value="ada@asker.example"' in shown
    fresh = re.search(r'name="token" value="([^"]+)"', shown)
    assert fresh is not None
    assert client.post(FORM, {**TYPED, "token": fresh[1]}).status_code == 302


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", "", "Write your name."),
        ("email", "ada", "Enter a valid email address."),
        ("message", "x" * 1_000_000, "at most 5000 characters"),
        ("message", "a\x00b", "Null characters are not allowed."),
        ("company", "a\x07b", "The text has characters that cannot be read."),
        ("sector", "castles", "Select a valid choice."),
    ],
)
def test_a_wrong_field_is_named_and_the_others_are_kept(
    client: Client, field: str, value: str, words: str
) -> None:
    response = send(client, **{field: value})
    shown = response.content.decode()
    assert response.status_code == 422
    assert f'href="#id_{field}"' in shown
    assert words in shown
    assert "Sweden" in shown
    assert not Enquiry.objects.exists()


def test_what_fills_the_hidden_field_is_held_and_thanked_like_the_rest(client: Client) -> None:
    assert send(client, website="https://spam.example").status_code == 302
    assert Enquiry.objects.get().state == "held"
