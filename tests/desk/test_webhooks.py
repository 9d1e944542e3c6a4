"""Webhooks at the desk, by API and by command: made, shown once, tested, replayed, and nobody else's."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from tests.common.loopback import Reply, Server, running_server
from tests.desk.meanwhile import gone_after_it_was_found
from tests.factories import make_municipality, make_organisation, make_person
from tests.syndication.webhook_world import ALL, allowed, deliveries, make_webhook, publish, verified, work
from vetovoima.accounts.enums import Role
from vetovoima.accounts.models import KeptAnswer
from vetovoima.accounts.services import create_key
from vetovoima.desk.webhooks import working
from vetovoima.syndication.models import Webhook

pytestmark = pytest.mark.django_db
FORM = {"title": "Own pages", "url": "https://receiver.example/hook", "events": ["record.published"],
        "content": "links", "language": "en"}  # fmt: skip


@pytest.fixture
def server(settings: Any) -> Iterator[Server]:
    with running_server() as running, allowed(settings, running.place):
        yield running


@pytest.fixture
def officer() -> Any:
    make_webhook("https://first.example/", town="kuhmo")
    Webhook.objects.all().delete()
    return make_person(Role.MUNICIPALITY_OFFICER, make_organisation("kuhmo", "municipality"))


@pytest.fixture
def browser(officer: Any) -> Client:
    client = Client()
    client.force_login(officer)
    return client


def test_made_at_the_desk_the_secret_is_in_that_answer_and_nowhere_else(browser, server):
    answer = browser.post("/desk/webhooks/new/", {**FORM, "url": server.url, "place": "kuhmo"})
    (webhook,) = Webhook.objects.all()
    secret = answer.content.decode().split("<code>whsec_")[1].split("</code>")[0]
    assert "no-store" in answer.headers["Cache-Control"]
    for path in ("/desk/webhooks/", f"/desk/webhooks/{webhook.key}/", f"/desk/webhooks/{webhook.key}/edit/"):
        shown = browser.get(path)
        assert shown.status_code == 200
        assert "whsec_" not in shown.content.decode()
    publish()
    work()
    assert verified(server.calls[0], f"whsec_{secret}")["type"] == "record.published"
    assert "Own pages" in browser.get("/desk/webhooks/").content.decode()


def test_a_form_with_mistakes_keeps_what_was_typed_and_says_what_to_mend(browser):
    answer = browser.post(
        "/desk/webhooks/new/", {**FORM, "url": "http://10.0.0.1/", "events": [], "place": "kuhmo"}
    )
    shown = answer.content.decode()
    assert (Webhook.objects.count(), answer.status_code) == (0, 200)
    for words in ("http://10.0.0.1/", "Choose what it is told of.", "Only plain https addresses"):
        assert words in shown


def test_an_officer_makes_none_for_another_town_or_the_region(browser):
    make_municipality("sotkamo")
    for place in ("sotkamo", "-"):
        browser.post("/desk/webhooks/new/", {**FORM, "place": place})
    assert Webhook.objects.count() == 0


def test_test_log_replay_pause_resume_secret_and_removal(browser, server):
    webhook, _secret = make_webhook(server.url)
    base = f"/desk/webhooks/{webhook.key}/"
    browser.post(f"{base}test/")
    work()
    log = browser.get(base).content.decode()
    assert "webhook.test" in log
    assert "Delivered (200)" in log.replace("\n", "")

    (delivery,) = deliveries(webhook)
    browser.post(f"{base}log/{delivery.key}/replay/")
    work()
    assert len(server.calls) == 2
    assert browser.post(f"{base}log/msg_none/replay/").status_code == 404

    publish()
    since = timezone.localtime(timezone.now() - timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M")
    browser.post(f"{base}replay/", {"since": since})
    work()
    assert len(server.calls) == 3
    late = browser.post(f"{base}replay/", {"since": "2020-01-01T10:00"}).content.decode()
    assert "Give a moment of the last 30 days." in late

    browser.post(f"{base}pause/")
    assert Webhook.objects.get().state == "paused"
    assert "A person paused it." in browser.get(base).content.decode()
    publish()
    browser.post(f"{base}resume/", {"missed": "yes"})
    work()
    assert len(server.calls) == 4

    answer = browser.post(f"{base}secret/", {"hours": "24"})
    assert answer.content.decode().count("whsec_") == 1
    assert Webhook.objects.get().previous_until is not None
    browser.post(f"{base}edit/", {**FORM, "url": server.url, "title": "Renamed", "revision": "2"})
    assert Webhook.objects.get().title == "Renamed"
    browser.post(f"{base}remove/")
    assert Webhook.objects.count() == 0


@pytest.mark.parametrize("button", ["secret", "pause", "resume", "test", "remove"])
def test_what_somebody_else_removed_meanwhile_is_said_in_words(browser, monkeypatch, button):
    webhook, _secret = make_webhook("https://receiver.example/hook")
    gone_after_it_was_found(monkeypatch, working, "webhook_or_404")
    answer = browser.post(f"/desk/webhooks/{webhook.key}/{button}/", {"hours": "24"}, follow=True)
    assert answer.status_code == 200
    assert "The webhook was removed meanwhile." in answer.content.decode()


def test_what_a_receiver_wrote_is_on_no_page(browser, server):
    server.answer = lambda call: Reply(b"CANARY", status=500, headers={"X-Note": "CANARY"})
    webhook, _secret = make_webhook(server.url)
    publish()
    work()
    shown = browser.get(f"/desk/webhooks/{webhook.key}/").content.decode()
    assert "The receiver answered with an error (500)" in shown.replace("\n", "")
    assert "CANARY" not in shown
    assert "A webhook does not arrive" in browser.get("/desk/").content.decode()


# by key


@pytest.fixture
def api(officer: Any) -> Any:
    """This will call the API as the officer's program."""
    _key, token = create_key(
        owner=officer, organisation=officer.memberships.get().organisation, name="Test",
        scopes=["webhooks:read", "webhooks:write"], days=30, by=officer, now=timezone.now(),
    )  # fmt: skip
    client = Client()

    def call(method: str, path: str, payload: Any = None, **headers: str) -> Any:
        return client.generic(
            method, f"/api/v1/webhooks{path}", json.dumps(payload) if payload is not None else "",
            content_type="application/json", headers={"Authorization": f"Bearer {token}", **headers},
        )  # fmt: skip

    return call


def test_a_program_makes_tests_and_replays(api, server):
    made = api("POST", "", {"municipality": "kuhmo", "title": "CMS", "url": server.url, "events": ALL})
    assert made.status_code == 201
    key, secret = made.json()["key"], made.json()["secret"]
    assert api("POST", f"/{key}/test").status_code == 202
    work()
    assert verified(server.calls[0], secret)["type"] == "webhook.test"
    (one,) = api("GET", f"/{key}/deliveries").json()["items"]
    assert (one["id"], one["state"], one["attempts"][0]["outcome"]) == (
        server.calls[0].headers["webhook-id"], "delivered", "delivered",
    )  # fmt: skip
    assert api("POST", f"/{key}/deliveries/{one['id']}/replay").status_code == 202
    since = (timezone.now() - timedelta(hours=1)).isoformat()
    assert api("POST", f"/{key}/replay", {"since": since}).json() == {"count": 0}
    assert api("POST", f"/{key}/replay", {"since": "2020-01-01T00:00:00Z"}).status_code == 422
    assert api("PATCH", f"/{key}", {"title": "New"}).json()["title"] == "New"
    assert api("PATCH", f"/{key}", {"url": "http://127.0.0.1/"}).status_code == 422
    assert api("POST", f"/{key}/pause").json()["state"] == "paused"
    assert api("POST", f"/{key}/test").status_code == 409
    assert api("POST", f"/{key}/resume", {}).json() == {"count": 0}
    assert api("POST", f"/{key}/secret", {"hours": 1}).json()["secret"].startswith("whsec_")
    assert "secret" not in api("GET", f"/{key}").json()
    assert api("DELETE", f"/{key}").status_code == 204
    assert api("GET", f"/{key}").status_code == 404


def test_an_answer_that_is_kept_holds_no_secret(api):
    payload = {"municipality": "kuhmo", "title": "CMS", "url": "https://receiver.example/", "events": ALL}
    first = api("POST", "", payload, **{"Idempotency-Key": "once"})
    again = api("POST", "", payload, **{"Idempotency-Key": "once"})

    assert first.json()["secret"].startswith("whsec_")
    assert (again.json()["key"], again.json()["secret"]) == (first.json()["key"], None)
    assert (Webhook.objects.count(), KeptAnswer.objects.filter(body__contains="whsec_").count()) == (1, 0)


def test_a_key_reaches_no_further_than_its_owner(api):
    make_municipality("sotkamo")
    other, _secret = make_webhook("https://receiver.example/", town="sotkamo")
    payload = {"title": "CMS", "url": "https://receiver.example/", "events": ALL}

    assert api("GET", "").json()["total"] == 0
    assert api("GET", f"/{other.key}").status_code == 404
    assert api("DELETE", f"/{other.key}").status_code == 404
    assert api("POST", "", {**payload, "municipality": "sotkamo"}).status_code == 403
    assert api("POST", "", payload).status_code == 403
    assert api("POST", "", {**payload, "municipality": "nowhere"}).status_code == 422


# by command


def command(*arguments: str) -> Any:
    out = StringIO()
    call_command("webhook", *arguments, "--json", stdout=out)
    return json.loads(out.getvalue())


def test_the_operator_does_it_by_command(server):
    make_webhook("https://first.example/")
    Webhook.objects.all().delete()
    made = command(
        "create", "--url", server.url, "--title", "CMS", "--municipality", "kuhmo", "--of", "kuhmo"
    )
    key = made["key"]
    command("test", key)
    work()
    verified(server.calls[0], made["secret"])
    (one,) = command("log", key)
    assert (one["event"], one["outcome"], one["attempts"]) == ("webhook.test", "delivered", 1)
    command("replay", key, "--message", one["id"])
    since = (timezone.now() - timedelta(hours=1)).isoformat()
    assert command("replay", key, "--since", since)["count"] == 0
    assert command("pause", key)["state"] == "paused"
    assert command("resume", key)["count"] == 0
    assert command("rotate", key, "--hours", "0")["secret"] != made["secret"]
    (listed,) = command("list")
    assert (listed["key"], listed["host"], listed["state"]) == (key, "127.0.0.1", "active")
    for wrong in (("test", "wh-none"), ("replay", key), ("replay", key, "--since", "2026-01-01T00:00"),
                  ("create", "--url", "http://x/", "--title", "x")):  # fmt: skip
        with pytest.raises(CommandError):
            command(*wrong)
    command("remove", key)
    assert command("list") == []
