"""Neighbours at the desk: tried before they are followed, read, paused, ended; and by command."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from tests.common.loopback import Reply, Server, running_server
from tests.desk.meanwhile import gone_after_it_was_found
from tests.factories import make_person
from tests.syndication.federation_world import collection, feature, make_followed, names, read, serve
from tests.syndication.webhook_world import allowed, work
from vetovoima.accounts.enums import Role
from vetovoima.desk.federation import working
from vetovoima.syndication.models import FollowedSource, ForeignRecord

from .conftest import signed_in

pytestmark = pytest.mark.django_db
FORM = {
    "kind": "geojson", "title_fi": "Saaristo", "title_en": "Archipelago", "attribution": "Archipelago Council",
    "language": "en", "choice": "all", "every": "quarter",
}  # fmt: skip


@pytest.fixture
def server(settings: Any) -> Iterator[Server]:
    with running_server() as running, allowed(settings, running.place):
        yield running


def text(client: Client, path: str, data: Any = None) -> str:
    answer = client.post(path, data, follow=True) if data is not None else client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_trial_shows_what_would_come_and_keeps_nothing(council, server):
    serve(
        server,
        collection(
            *(feature(f"{n:02}") for n in range(12)), feature("X", point=None, kind="castle"), licence=""
        ),
    )
    shown = text(council, "/desk/neighbours/new/", {**FORM, "address": server.url, "try": "yes"})

    assert shown.count("Site 0") >= 10
    for word in (
        "What would come",
        "No licence found",
        "13 were looked at",
        "they stand in the list and not on the map: 1",
    ):
        assert word in shown, word
    assert ("Site 11" in shown, f'value="{server.url}"' in shown) == (False, True)
    assert FollowedSource.objects.count() == 0


def test_a_trial_that_fails_says_why_and_keeps_what_was_written(council, server):
    server.answer = lambda call: Reply(b"<!doctype html><title>Hi</title>")
    shown = text(council, "/desk/neighbours/new/", {**FORM, "address": server.url, "try": "yes"})
    assert "The address answers with a web page, not with data." in shown
    assert 'value="Archipelago Council"' in shown


def test_followed_read_paused_resumed_and_ended(council, server):
    serve(server, collection(feature("A"), feature("B", kind="premises")))
    shown = text(
        council,
        "/desk/neighbours/new/",
        {**FORM, "address": server.url, "choice": "kinds", "kinds": ["premises"]},
    )
    assert "It is followed and being read." in shown
    (source,) = FollowedSource.objects.all()
    work()
    assert (source.key, names(source)) == ("archipelago", ["Site B"])
    shown = text(council, f"/desk/neighbours/{source.key}/")
    for word in (
        "Archipelago Council",
        "CC BY 4.0",
        "by the source's own word",
        "Premises",
        "Log of readings",
    ):
        assert word in shown, word

    text(council, f"/desk/neighbours/{source.key}/pause/", {})
    shown = text(council, f"/desk/neighbours/{source.key}/read/", {})
    assert "Nothing is read while it is paused. Resume it first." in shown
    text(council, f"/desk/neighbours/{source.key}/resume/", {})
    serve(server, collection(feature("A"), feature("C", kind="premises")))
    text(council, f"/desk/neighbours/{source.key}/read/", {})
    work()
    assert names(source) == ["Site C"]
    shown = text(council, f"/desk/neighbours/{source.key}/end/", {})
    assert "It is not followed any more. Its records were removed." in shown
    assert (FollowedSource.objects.count(), ForeignRecord.objects.count()) == (0, 0)


def test_a_change_is_saved_and_a_stale_page_is_refused(council, server):
    serve(server, collection(feature("A"), feature("B")))
    source = make_followed(server.url)
    read(source)
    page = f"/desk/neighbours/{source.key}/edit/"
    assert 'value="Saaristo"' in text(council, page)
    form = {**FORM, "address": server.url, "choice": "codes", "codes": "B\nZ", "revision": source.revision}
    assert "Saved." in text(council, page, form)
    work()
    assert names(source) == ["Site B"]
    assert "These codes are not in the source: Z." in text(council, f"/desk/neighbours/{source.key}/")
    assert "Somebody else changed this while you had the page open." in text(
        council, page, {**form, "every": "day"}
    )


@pytest.mark.parametrize("button", ["read", "pause", "resume", "end"])
def test_what_somebody_else_ended_meanwhile_is_said_in_the_list(council, monkeypatch, button):
    source = make_followed("https://archipelago.example/")
    gone_after_it_was_found(monkeypatch, working, "followed_or_404")
    answer = council.post(f"/desk/neighbours/{source.key}/{button}/", follow=True)
    assert answer.redirect_chain == [("/desk/neighbours/", 302)]
    assert "It is not followed any more." in answer.content.decode()


def test_mistakes_are_told_beside_their_fields_and_nothing_is_lost(council):
    shown = text(
        council, "/desk/neighbours/new/",
        {**FORM, "address": "http://10.0.0.1/", "title_fi": "", "title_en": "", "attribution": "", "choice": "codes"},
    )  # fmt: skip
    for word in (
        "Only plain https addresses", "Give the region&#x27;s name in at least one language", "Say who answers for these records",
        "Say which records are taken, or take all.", "http://10.0.0.1/",
    ):  # fmt: skip
        assert word in shown, word
    assert FollowedSource.objects.count() == 0


def test_what_fails_stands_in_the_coordinators_day(council, server):
    server.answer = lambda call: Reply(status=500)
    source = make_followed(server.url)
    for _turn in range(2):
        read(source)
    assert "source cannot be read" in text(council, "/desk/")
    shown = text(council, "/desk/neighbours/")
    assert ("Could not be read" in shown, "answered with the error 500" in shown) == (True, True)


@pytest.mark.parametrize(
    ("role", "sees", "edits"),
    [(Role.ADMIN, 200, 403), (Role.BOARD_MEMBER, 403, 403), (Role.AUDITOR, 403, 403)],
)
def test_others_see_or_do_not_and_decide_nothing(coordinator, role, sees, edits):
    make_followed("https://archipelago.example/")
    browser = signed_in(make_person(role))
    assert browser.get("/desk/neighbours/archipelago/").status_code == sees
    for path in ("new/", "archipelago/edit/", "archipelago/pause/", "archipelago/end/", "archipelago/read/"):
        assert browser.post(f"/desk/neighbours/{path}", {}).status_code == edits
    assert FollowedSource.objects.get().state == "active"


def test_a_municipality_has_no_tab_and_no_page(town, council):
    assert "/desk/neighbours/" in text(council, "/desk/collection/sources/")
    assert "/desk/neighbours/" not in text(town, "/desk/collection/sources/")
    assert town.get("/desk/neighbours/").status_code == 403


# by command


def follow(*arguments: str) -> Any:
    out = StringIO()
    try:
        call_command("follow", *arguments, "--json", stdout=out, stderr=StringIO())
    except SystemExit as end:
        return json.loads(out.getvalue()), end.code
    return json.loads(out.getvalue())


def test_the_operator_follows_reads_and_ends(coordinator, server):
    serve(server, collection(feature("A")))
    made = follow(
        "add",
        "--title",
        "Archipelago",
        "--kind",
        "geojson",
        "--address",
        server.url,
        "--attribution",
        "Council",
    )
    assert (made["key"], made["state"]) == ("archipelago", "active")
    (run,) = follow("read")
    assert {name: run[name] for name in ("state", "new")} == {"state": "ok", "new": 1}
    assert follow("list")[0]["licence"] == "CC BY 4.0"
    server.answer = lambda call: Reply(status=500)
    (run,), code = follow("read", "archipelago")
    assert (run["state"], code) == ("failed", 1)
    assert follow("pause", "archipelago")["state"] == "paused"
    assert follow("read") == []
    assert follow("end", "archipelago") == {"key": "archipelago", "state": "ended"}
    with pytest.raises(CommandError):
        follow("pause", "archipelago")
    with pytest.raises(CommandError):
        follow("add", "--title", "X", "--address", "http://10.0.0.1/", "--attribution", "Y")
