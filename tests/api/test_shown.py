"""The embed's own report, over HTTP: believed when it can be true, answered alike whatever was sent."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from tests.syndication.channel_world import again, make_page, publish
from vetovoima.api import shown
from vetovoima.syndication.channels import queries
from vetovoima.syndication.models import ChannelPage

pytestmark = pytest.mark.django_db
PAGE = "https://www.kuhmo.example/tontit"


@pytest.fixture(autouse=True)
def fresh() -> None:
    cache.clear()


def send(body: Any, client: Client | None = None, **headers: str) -> Any:
    content = body if isinstance(body, (bytes, str)) else json.dumps(body)
    return (client or Client(enforce_csrf_checks=True)).post(
        "/embed/shown/", content, content_type="text/plain;charset=UTF-8", headers=headers
    )


def a_report(page: ChannelPage, /, **values: Any) -> dict[str, Any]:
    version = queries.current_version(page)
    return {"channel": page.key, "page": PAGE, "way": "component", "municipality": "kuhmo", "language": "fi",
            "version": version.version if version else "", **values}  # fmt: skip


def test_a_report_is_taken_without_cookie_or_token_and_says_nothing_back():
    publish()
    page = make_page(PAGE)
    answer = send(a_report(page), origin="https://www.kuhmo.example")
    assert (answer.status_code, answer.content, dict(answer.cookies)) == (204, b"", {})
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cache-Control"] == "no-store"
    found = again(page)
    assert (found.state, found.version_by, found.version) == ("green", "report", a_report(page)["version"])


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"[]", b"null", b"7", b'"x"', b"\xff\xfe\x00", b"[" * 2000, b"{" + b" " * 3000 + b"}",
        {"channel": "x" * 3000}, {"page": {"a": 1}}, {"version": None}, {}, b"a=b&c=d",
        b'{"page": "https://www.kuhmo.example/tontit", "way": "component", "version": "\\ud800"}',
    ],
)  # fmt: skip
def test_nonsense_is_answered_alike_and_changes_nothing(body):
    make_page(PAGE)
    before = list(ChannelPage.objects.values())
    assert send(body).status_code == 204
    assert list(ChannelPage.objects.values()) == before


def test_what_is_too_long_is_not_read(monkeypatch):
    page = make_page(PAGE)
    read: list[int] = []
    monkeypatch.setattr(shown, "_read", lambda request: read.append(1))
    send({**a_report(page), "more": "x" * shown.LARGEST})
    assert read == []


def test_other_methods_do_nothing_and_preflights_are_answered():
    client = Client()
    assert [
        getattr(client, name)("/embed/shown/").status_code for name in ("get", "head", "put", "delete")
    ] == [204] * 4
    assert client.options("/embed/shown/").headers["Access-Control-Allow-Methods"] == "POST, OPTIONS"


def test_one_network_is_heard_so_often_a_minute_and_no_more(monkeypatch):
    monkeypatch.setattr(shown, "LIMIT", 3)
    page = make_page(PAGE)
    for _turn in range(3):
        send({"nonsense": 1})
    assert send(a_report(page)).status_code == 204
    assert again(page).reported_at is None


def test_a_report_for_another_sites_page_is_not_believed():
    page = make_page(PAGE)
    send(a_report(page), origin="https://elsewhere.example")
    send(a_report(page, page="https://elsewhere.example/tontit"))
    assert again(page).reported_at is None


def test_nothing_of_the_visitor_is_kept():
    page = make_page(PAGE)
    send(
        a_report(page),
        **{"user-agent": "CANARY", "cookie": "a=CANARY", "referer": "https://www.kuhmo.example/CANARY"},
    )
    assert "CANARY" not in str(list(ChannelPage.objects.values()))
