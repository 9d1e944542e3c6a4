"""Programs are answered before sessions and pages: the same headers, never anything old, and nothing else at that door."""

from __future__ import annotations

import gc
import io
import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, connections
from django.http import FileResponse, HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from tests.factories import NOW
from tests.factories.sites import make_site
from vetovoima.catalogue import services as catalogue
from vetovoima.config.middleware import ProgramsMiddleware
from vetovoima.syndication.services import publish_version

pytestmark = pytest.mark.django_db
FEEDS = ("/feeds/sites.json", "/feeds/sites.feed.json", "/feeds/sites.atom", "/feeds/sites.geojson", "/feeds/sites.csv",
         "/feeds/news.atom", "/feeds/news.json", "/feeds/events.ics")  # fmt: skip
SECURE = ("X-Content-Type-Options", "Referrer-Policy", "Cross-Origin-Opener-Policy", "Permissions-Policy")
OF_DOORS = ("ETag", "Cache-Control", "Access-Control-Allow-Origin", "Access-Control-Expose-Headers",
            "Cross-Origin-Resource-Policy", "Content-Language")  # fmt: skip


def get(address: str, **headers: str) -> HttpResponse:
    return Client().get(address, headers={name.replace("_", "-"): value for name, value in headers.items()})


@pytest.fixture
def inner(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that went past the door."""
    seen: list[str] = []
    call = ProgramsMiddleware.__call__

    def noted(self: ProgramsMiddleware, request: Any) -> HttpResponse:
        further = self.get_response
        self.get_response = lambda asked: (seen.append(asked.path), further(asked))[1]
        try:
            return call(self, request)
        finally:
            self.get_response = further

    monkeypatch.setattr(ProgramsMiddleware, "__call__", noted)
    return seen


@pytest.mark.parametrize("path", FEEDS)
@pytest.mark.parametrize("query", ["", "?lang=fi", "?lang=sv&municipality=kuhmo"])
def test_whoever_has_a_feed_is_answered_at_the_door(path: str, query: str, inner: list[str]) -> None:
    make_site(state="published")
    first = get(path + query, accept_language="sv")
    inner.clear()
    again = get(path + query, accept_language="sv", if_none_match=first.headers["ETag"])
    assert (again.status_code, again.content, inner) == (304, b"", [])
    assert not again.has_header("Content-Type")
    for name in (*OF_DOORS, *SECURE):
        assert again.headers[name] == first.headers[name], name
    assert (
        {"Accept-Encoding"}
        <= set(again.headers["Vary"].split(", "))
        <= set(first.headers["Vary"].split(", "))
    )
    assert ("Accept-Language" in again.headers["Vary"]) == ("lang=" not in query)
    assert "frame-ancestors 'none'" in again.headers["Content-Security-Policy"]
    assert not again.cookies


def test_it_is_found_among_several_marks_and_asked_without_a_body() -> None:
    make_site(state="published")
    etag = get("/feeds/sites.json").headers["ETag"]
    assert get("/feeds/sites.json", if_none_match=f'W/"other", {etag}').status_code == 304
    assert Client().head("/feeds/sites.json", headers={"If-None-Match": etag}).status_code == 304


def test_a_mark_holds_for_its_address_its_language_and_its_version_alone(inner: list[str]) -> None:
    site = make_site(state="published")
    etag = get("/feeds/sites.json").headers["ETag"]
    for address, headers in (
        ("/feeds/sites.json?lang=fi", {}), ("/feeds/sites.atom", {}), ("/feeds/sites.json", {"accept_language": "fi"}),
        ("/feeds/sites.json", {"host": "localhost"}),
    ):  # fmt: skip
        assert get(address, if_none_match=etag, **headers).status_code == 200, address
    inner.clear()
    assert get("/feeds/sites.json", if_none_match='W/"other"').status_code == 200
    assert get("/feeds/nothing.json", if_none_match=etag).status_code == 404
    assert len(inner) == 2
    changed = catalogue.edit_site(site=site, values={"area_m2": 5}, by=None, now=NOW, revision=None)
    catalogue.publish_site(site=changed, by=None, now=NOW)
    fresh = get("/feeds/sites.json", if_none_match=etag)
    assert (fresh.status_code, json.loads(fresh.content)["items"][0]["version"]) == (200, 2)


def test_only_reading_ends_at_the_door(inner: list[str]) -> None:
    make_site(state="published")
    etag = get("/feeds/sites.json").headers["ETag"]
    inner.clear()
    assert Client().post("/feeds/sites.json", headers={"If-None-Match": etag}).status_code == 405
    assert inner == ["/feeds/sites.json"]


def test_the_door_asks_the_database_nothing_while_the_version_is_fresh(settings: Any) -> None:
    settings.VETOVOIMA_PUBLIC_VERSION_SECONDS = 60
    make_site(state="published")
    client = Client()
    etag = client.get("/feeds/sites.json?lang=en", headers={"If-None-Match": "x"}).headers["ETag"]
    publish_version()
    with CaptureQueriesContext(connection) as asked:
        assert client.get("/feeds/sites.json?lang=en", headers={"If-None-Match": etag}).status_code == 304
    assert [one["sql"] for one in asked] == []


def test_plain_http_is_sent_to_https_at_the_door_too(settings: Any) -> None:
    make_site(state="published")
    etag = get("/feeds/sites.json").headers["ETag"]
    settings.SECURE_SSL_REDIRECT = True
    for address in ("/feeds/sites.json", "/ogc/collections/sites/items"):
        response = get(address, if_none_match=etag)
        assert (response.status_code, response.headers["Location"]) == (301, f"https://testserver{address}")


def test_a_wrong_host_is_refused_at_the_door() -> None:
    assert get("/feeds/sites.json", host="elsewhere.example", if_none_match="x").status_code == 400


def test_pages_for_people_go_the_usual_way(inner: list[str]) -> None:
    make_site(state="published")
    assert get("/ogc/collections/sites/items?f=html").status_code == 200
    assert get("/ogc/collections/sites").status_code == 200
    assert get("/feeds/sites.json").status_code == 200
    assert len(inner) == 3
    assert get("/ogc/collections/sites/items").status_code == 200
    assert len(inner) == 3


@pytest.fixture
def application(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The application as the server has it; what its import does to the collector of garbage is taken back, and the test's
    transaction, which the beginning of a request would end, goes on."""
    before = gc.get_threshold()
    monkeypatch.setattr(connections["default"], "close_if_unusable_or_obsolete", lambda: None)
    from vetovoima.config.wsgi import application

    yield application
    gc.unfreeze()
    gc.set_threshold(*before)


def _asked(application: Any, address: str, **more: str) -> tuple[str, dict[str, str], Any]:
    told: list[Any] = []
    environ = RequestFactory()._base_environ(PATH_INFO=address, **more)
    answer = application(environ, lambda status, headers: told.append((status, dict(headers))))
    return *told[0], answer


def test_the_application_answers_programs_before_django_as_its_layer_would(
    application: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_site(state="published")
    items = "/ogc/collections/sites/items"
    usual = Client(SERVER_NAME="testserver").get(items)
    etag = get("/feeds/sites.json").headers["ETag"]
    monkeypatch.setitem(
        application.__globals__, "_django", lambda _environ, _start: pytest.fail("asked Django")
    )
    status, headers, answer = _asked(application, items)
    assert (status, answer) == ("200 OK", [usual.content])
    assert headers == dict(usual.items())
    status, headers, answer = _asked(application, "/feeds/sites.json", HTTP_IF_NONE_MATCH=etag)
    assert (status, answer, headers["ETag"]) == ("304 Not Modified", [b""], etag)


@pytest.mark.parametrize("wrong", [{"HTTP_HOST": "elsewhere.example"}, {"QUERY_STRING": "no=such"}])
def test_the_application_answers_a_wrong_question_of_a_program_as_any_other(
    application: Any, wrong: dict[str, str]
) -> None:
    status, _headers, answer = _asked(application, "/ogc/collections/sites/items", **wrong)
    assert (status, bool(answer[0])) == ("400 Bad Request", True)


def test_what_breaks_for_a_program_is_told_by_django(
    application: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_asked: Any, **_more: Any) -> HttpResponse:
        raise RuntimeError("broken")

    monkeypatch.setattr("vetovoima.config.middleware.items", broken)
    monkeypatch.setattr("vetovoima.config.middleware.unchanged", broken)
    for address in ("/ogc/collections/sites/items", "/feeds/sites.json"):
        status, _headers, answer = _asked(application, address, HTTP_IF_NONE_MATCH="x")
        assert (status, bool(answer[0])) == ("500 Internal Server Error", True)


def test_an_answer_goes_to_the_server_in_one_piece(application: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    closed: list[HttpResponse] = []
    monkeypatch.setattr(HttpResponse, "close", lambda self: closed.append(self))
    status, headers, answer = _asked(application, "/healthz")
    assert (status, isinstance(answer, list), len(answer), len(closed)) == ("200 OK", True, 1, 1)
    assert headers["Content-Length"] == str(len(answer[0]))


def test_a_file_goes_as_it_is_read(application: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    file = FileResponse(io.BytesIO(b"read while it is sent"))
    monkeypatch.setitem(application.__globals__, "_django", lambda _environ, _start: file)
    assert application({"PATH_INFO": "/file"}, print) is file
