"""The pages of a saved search: without script, without an account, and nothing confirmed by a program that opens links."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from tests.factories.sites import make_site
from vetovoima.messaging.models import Mail
from vetovoima.syndication.alerts.links import Purpose, token
from vetovoima.syndication.models import SavedSearch

pytestmark = pytest.mark.django_db
FORM = "/en/alerts/"
TYPED = {
    "email": "ada@investor.example",
    "frequency": "daily",
    "search": "kind=plot&min_area=2&page=3&sort=name",
}


@pytest.fixture(autouse=True)
def forget_counts() -> None:
    """Limits are counted in a cache that outlives a test."""
    cache.clear()


@pytest.fixture(autouse=True)
def site():
    return make_site(state="published", area_m2=30_000)


@pytest.fixture
def strict() -> Client:
    """A client that enforces CSRF, as a browser without our cookies meets the service."""
    return Client(enforce_csrf_checks=True)


def asked(client: Client) -> SavedSearch:
    client.post(FORM, TYPED)
    return SavedSearch.objects.get()


def address(search: SavedSearch, purpose: Purpose, part: str = "") -> str:
    return f"{FORM}{part}{token(search.key, purpose)}/"


def test_the_search_page_offers_it_in_a_form_of_its_own(client):
    text = client.get("/en/sites/?kind=plot&sort=name").content.decode()

    assert '<form id="alert-form" method="post" action="/en/alerts/"' in text
    assert '<input type="hidden" form="alert-form" name="search" value="kind=plot">' in text


def test_a_search_in_place_brings_the_new_search_and_leaves_the_form_alone(client):
    page = client.get("/en/sites/?kind=plot").content.decode()
    parts = client.get("/en/sites/?kind=plot&fragment=parts").content.decode()

    assert 'id="alert_email"' in page
    assert 'id="alert_email"' not in parts, "a half-typed address would be lost with the part it stands in"
    assert '<input type="hidden" form="alert-form" name="search" value="kind=plot">' in parts


def test_the_form_says_what_is_searched(client):
    text = client.get(f"{FORM}?kind=plot&min_area=2").content.decode()

    assert "Plot" in text
    assert "2 ha" in text
    assert "no-store" in client.get(FORM)["Cache-Control"]


def test_asking_keeps_the_search_without_page_and_order(strict):
    answer = strict.post(FORM, TYPED)

    assert (answer.status_code, answer["Location"]) == (302, "/en/alerts/sent/")
    assert not answer.cookies
    search = SavedSearch.objects.get()
    assert (search.query, search.terms) == (
        "kind=plot&min_area=2",
        {"kinds": ["plot"], "min_area_m2": 20_000},
    )
    assert (search.confirmed_at, search.language) == (None, "en")


@pytest.mark.parametrize(
    "wrong", [{"email": "nobody"}, {"email": ""}, {"frequency": "hourly"}, {"email": "a\x00@b.example"}]
)
def test_what_is_wrong_is_said_and_nothing_is_lost(client, wrong):
    answer = client.post(FORM, {**TYPED, **wrong})

    text = answer.content.decode()
    assert answer.status_code == 422
    assert "There is a problem" in text
    assert 'name="search" value="kind=plot&amp;min_area=2"' in text
    assert SavedSearch.objects.count() == 0


def test_a_machine_sees_the_same_page(client):
    assert client.post(FORM, {**TYPED, "website": "x"})["Location"] == "/en/alerts/sent/"
    assert SavedSearch.objects.count() == 0


def test_opening_the_link_confirms_nothing_and_the_button_does(strict):
    search = asked(strict)
    link = address(search, Purpose.CONFIRM, "confirm/")

    page = strict.get(link)
    search.refresh_from_db()
    assert (search.confirmed_at, page["Cache-Control"]) == (None, "no-store")
    assert page["Referrer-Policy"] == "same-origin"

    answer = strict.post(link)
    search.refresh_from_db()
    assert search.confirmed_at is not None
    assert answer["Location"] == f"{address(search, Purpose.MANAGE)}?did=confirmed"
    assert "Confirmed." in strict.get(answer["Location"]).content.decode()
    assert "confirmed already" in strict.get(link).content.decode()


def test_an_old_link_says_so(client):
    search = asked(client)
    SavedSearch.objects.update(asked_at=search.asked_at - timedelta(hours=49))

    answer = client.post(address(search, Purpose.CONFIRM, "confirm/"))

    assert answer.status_code == 404
    assert "valid for 48 hours" in answer.content.decode()


def test_how_often_can_be_changed_and_the_address_is_masked(client):
    search = asked(client)
    client.post(address(search, Purpose.CONFIRM, "confirm/"))

    text = client.get(address(search, Purpose.MANAGE)).content.decode()
    assert "ada@investor" not in text
    assert "a…@investor.example" in text
    client.post(address(search, Purpose.MANAGE), {"frequency": "weekly"})
    search.refresh_from_db()
    assert search.frequency == "weekly"
    assert client.post(address(search, Purpose.MANAGE), {"frequency": "never"}).status_code == 422


def test_one_post_without_anything_else_ends_it(strict):
    search = asked(strict)
    link = address(search, Purpose.MANAGE, "stop/")

    assert strict.get(link).status_code == 200
    assert SavedSearch.objects.count() == 1
    answer = strict.post(link, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded")

    assert answer.status_code == 200
    assert (SavedSearch.objects.count(), Mail.objects.count()) == (0, 0)
    assert strict.post(link).status_code == 200
    assert strict.get(link).status_code == 404


def test_the_link_to_confirm_shows_and_stops_nothing(client):
    search = asked(client)

    assert client.get(address(search, Purpose.CONFIRM)).status_code == 404
    client.post(address(search, Purpose.CONFIRM, "stop/"))
    assert SavedSearch.objects.count() == 1


def test_too_many_forms_from_one_network_are_told_to_wait(client, monkeypatch):
    monkeypatch.setattr("vetovoima.syndication.alerts.services.FORMS_AN_HOUR", 1)
    client.post(FORM, TYPED)

    answer = client.post(FORM, {**TYPED, "email": "other@investor.example"})

    assert answer.status_code == 422
    assert "Try again in an hour" in answer.content.decode()


def test_nobody_has_us_carry_a_message_to_a_stranger(client):
    message = (
        "Your invoice 4711 is overdue, pay it today at https://evil.example/pay or write to us@evil.example"
    )
    other = "Read www.evil.example"
    client.post(FORM, {**TYPED, "search": f"kind=plot&q={other}&q={message}"})

    (letter,) = Mail.objects.all()
    said = letter.body.partition("If you want these letters")[0]
    assert "“Your invoice 4711 is overdue, pay it today at  evil e…” · Plot" in said
    assert not any(part in said for part in ("evil.example", "://", "@", "Read www"))
