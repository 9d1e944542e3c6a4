"""Hostile receivers: they cost a bounded time, nothing of theirs is read, and nothing of ours is reached through them."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from typing import Any

import pytest

from tests.common.hostile_network import (
    deaf,
    drip_headers,
    endless_continue,
    garbage,
    hang,
    lead_names,
    long_header,
    reset,
)
from tests.common.loopback import Reply, raw_server
from tests.syndication.webhook_world import allowed, make_due, make_webhook, outcomes, publish, work
from vetovoima.common.http import addresses
from vetovoima.syndication.models import Webhook


def told(settings: Any, talk: Callable[[socket.socket], None]) -> tuple[Webhook, float]:
    """A webhook after a publication of which a receiver that talks so was told, and how many seconds that took."""
    with raw_server(talk) as place, allowed(settings, place):
        webhook, _secret = make_webhook(f"http://{place}/")
        publish()
        started = time.monotonic()
        work()
        return webhook, time.monotonic() - started


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("talk", "expected"),
    [
        (hang, {"too_long"}), (drip_headers, {"too_long"}), (endless_continue, {"too_long"}), (deaf, {"too_long"}),
        (reset, {"cut"}), (garbage, {"unreachable", "cut"}), (long_header, {"unreachable", "cut"}),
    ],
    ids=lambda one: getattr(one, "__name__", ""),
)  # fmt: skip
def test_hostile_receivers_take_a_bounded_time_and_have_a_name(settings, soon, talk, expected):
    webhook, took = told(settings, talk)

    assert took < 2.5
    assert {one for one, _status in outcomes(webhook)} <= expected
    assert len(outcomes(webhook)) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("status", [b"200 OK", b"500 Broken"])
def test_of_a_gigabyte_not_a_byte_is_read(settings, status):
    sent: list[int] = []

    def gush(connection: socket.socket) -> None:
        connection.recv(100_000)
        connection.sendall(b"HTTP/1.1 " + status + b"\r\nContent-Length: 1000000000\r\n\r\n")
        for _turn in range(15_000):
            sent.append(connection.send(b"x" * 65_536))

    webhook, took = told(settings, gush)

    assert took < 3
    assert sum(sent) < 20_000_000
    assert outcomes(webhook) == [("delivered", 200) if status == b"200 OK" else ("refused", 500)]


@pytest.mark.django_db
def test_a_body_that_drips_is_not_waited_for(server):
    server.answer = lambda call: Reply(b"x" * 100, drip=0.1)
    webhook, _secret = make_webhook(server.url)
    publish()
    started = time.monotonic()
    work()

    assert time.monotonic() - started < 2
    assert outcomes(webhook) == [("delivered", 200)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "leads_to",
    [
        ["127.0.0.1"], ["93.184.216.34", "10.0.0.1"], ["169.254.169.254"], ["::1"], ["::ffff:127.0.0.1"], ["64:ff9b::7f00:1"],
        ["64:ff9b:1::1"], ["2002:7f00:1::"], ["fd00:ec2::254"], ["100.64.0.1"], ["0.0.0.0"],
    ],
)  # fmt: skip
def test_a_name_that_leads_inside_is_never_connected_to(monkeypatch, leads_to):
    tried = lead_names(monkeypatch, leads_to)
    webhook, _secret = make_webhook("https://receiver.example/")
    publish()
    work()

    assert (tried, outcomes(webhook)) == ([], [("not_allowed", None)])


@pytest.mark.django_db
def test_a_name_that_is_rebound_between_look_and_call_is_called_where_it_was_looked_up(monkeypatch):
    tried = lead_names(monkeypatch, ["93.184.216.34"], ["127.0.0.1"])
    webhook, _secret = make_webhook("https://receiver.example/")
    publish()
    work()
    assert tried == [("93.184.216.34", 443)]
    make_due(webhook)
    work()  # now the name leads to us: refused, not called
    assert tried == [("93.184.216.34", 443)]
    assert [one for one, _status in outcomes(webhook)] == ["unreachable", "not_allowed"]


@pytest.mark.django_db
def test_a_name_with_an_address_that_does_not_answer_is_reached_at_another(monkeypatch, server):
    real = socket.create_connection

    def connect(place: Any, **more: Any) -> Any:
        if place[0] == "2001:4860::1":
            raise OSError("no route")
        return real(("127.0.0.1", server.port), **more)

    monkeypatch.setattr(socket, "create_connection", connect)
    target = addresses.Target("http", "receiver.example", 80, "/", ("2001:4860::1", "93.184.216.34"))
    monkeypatch.setattr("vetovoima.common.http.calls.target_of", lambda *_what: target)
    webhook, _secret = make_webhook("https://receiver.example/")
    publish()
    work()

    assert outcomes(webhook) == [("delivered", 200)]


@pytest.mark.django_db
def test_a_server_on_this_machine_that_nobody_named_is_not_called(server, settings):
    webhook, _secret = make_webhook(server.url)
    settings.VETOVOIMA_HTTP_ALLOWED_LOOPBACK = []
    publish()
    work()

    assert (server.calls, outcomes(webhook)) == ([], [("not_allowed", None)])
