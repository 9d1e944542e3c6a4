"""Hostile pages: a visit costs a bounded time and memory, nothing of theirs is kept, and nothing of ours is reached."""

from __future__ import annotations

import gzip
import logging
import time

import pytest
from django.core.cache import cache

from tests.common.hostile_network import (
    announced,
    drip_headers,
    drip_page,
    garbage,
    gush_page,
    hang,
    lead_names,
    reset,
)
from tests.common.loopback import Reply, Server, raw_server
from tests.syndication.channel_world import HTML, again, component, make_page, page_of, visit, work
from tests.syndication.webhook_world import allowed
from vetovoima.messaging.models import Mail
from vetovoima.syndication.channels import looking
from vetovoima.syndication.channels.scanning import TooTangled, embeds_in, text_of
from vetovoima.syndication.models import ChannelEvent, ChannelPage

CANARY = "CANARY-of-the-page"


@pytest.fixture
def server(server: Server) -> Server:
    """The shared one, after forgetting what other tests looked up and reported."""
    cache.clear()
    return server


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("talk", "expected"),
    [
        (hang, {"too_long"}), (drip_headers, {"too_long"}), (drip_page, {"too_long"}), (reset, {"cut"}),
        (garbage, {"unreachable", "cut"}), (gush_page, {"too_large", "too_long"}), (announced, {"too_large"}),
    ],
    ids=lambda one: getattr(one, "__name__", ""),
)  # fmt: skip
def test_hostile_pages_take_a_bounded_time_and_have_a_name(settings, soon, talk, expected):
    with raw_server(talk) as place, allowed(settings, place):
        page = make_page(f"http://{place}/")
        started = time.monotonic()
        work()
        took = time.monotonic() - started

    assert took < 5
    assert again(page).seen in expected
    assert again(page).state == "broken"


@pytest.mark.django_db
def test_what_is_compressed_unasked_is_never_unpacked(server):
    bomb = gzip.compress(b"<p>" * 20_000_000)
    server.answer = lambda call: Reply(bomb, headers={**HTML, "Content-Encoding": "gzip"})
    page = make_page(f"{server.url}/")
    started = time.monotonic()
    work()
    assert (again(page).seen, server.calls[0].headers["accept-encoding"]) == ("compressed", "identity")
    assert time.monotonic() - started < 3


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("target", "seen"),
    [
        ("http://127.0.0.1:1/", "not_allowed"), ("http://169.254.169.254/latest/meta-data/", "not_allowed"),
        ("https://127.0.0.1/", "not_allowed"), ("https://[::1]/", "not_allowed"), ("https://10.0.0.1/", "not_allowed"),
        ("file:///etc/passwd", "not_allowed"), ("http://[bad", "not_allowed"), ("https://a.example:x/", "not_allowed"),
        ("//127.0.0.1:22/", "not_allowed"), ("/round", "loop"),
        ("https://u:p@a.example/", "not_allowed"), ("https://a.example:25/", "not_allowed"),
    ],
)  # fmt: skip
def test_a_page_forwards_to_nothing_that_may_not_be_called(server, target, seen):
    server.answer = lambda call: Reply("", status=302, headers={"Location": target})
    page = make_page(f"{server.url}/")
    work()
    assert again(page).seen == seen
    assert len(server.calls) == (1 if seen != "loop" else looking.MOST_FORWARDS + 1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "leads_to", [["127.0.0.1"], ["93.184.216.34", "10.0.0.1"], ["::ffff:127.0.0.1"], ["fd00::1"]]
)
def test_a_name_that_leads_inside_is_never_connected_to(monkeypatch, leads_to):
    tried = lead_names(monkeypatch, leads_to)
    page = make_page("https://www.town.example/")
    work()
    assert (tried, again(page).seen) == ([], "not_allowed")


@pytest.mark.django_db
def test_a_name_that_is_rebound_between_look_and_call_is_called_where_it_was_looked_up(monkeypatch):
    tried = lead_names(monkeypatch, ["93.184.216.34"], ["127.0.0.1"])
    page = make_page("https://www.town.example/")
    work()
    assert (tried, again(page).seen) == ([("93.184.216.34", 443)], "unreachable")
    assert visit(page).seen == "not_allowed"
    assert tried == [("93.184.216.34", 443)]


@pytest.mark.django_db
def test_nothing_that_a_page_says_is_kept_or_logged(server, caplog):
    caplog.set_level(logging.DEBUG)
    page = make_page(f"{server.url}/")
    for reply in (
        page_of(f"<p>{CANARY}</p>", **{"X-Note": CANARY}), Reply(CANARY, status=500, headers={"X-Note": CANARY}),
        Reply("", status=302, headers={"Location": f"https://10.0.0.1/{CANARY}"}), Reply(CANARY, status=403),
        page_of(f'<vetovoima-sites municipality="{CANARY}" data-vetovoima-version="{CANARY}">'),
    ):  # fmt: skip
        server.answer = lambda call, reply=reply: reply
        visit(page)
    rows = [*ChannelPage.objects.values(), *ChannelEvent.objects.values(), *Mail.objects.values()]
    assert CANARY not in str(rows)
    assert CANARY not in caplog.text


@pytest.mark.django_db
@pytest.mark.parametrize(
    "body",
    [
        component().encode("utf-8"), b"\xef\xbb\xbf" + component().encode(), component().encode("utf-16"),
        "äö".encode("latin-1") + component().encode(), b"\xff\xff\x00\x80" + component().encode(),
        b'<meta charset="zip">' + component().encode(),
        b'<meta charset="punycode">' + component().encode(),
    ],
)  # fmt: skip
def test_whatever_encoding_a_page_says_it_has_the_embed_is_found(server, body):
    server.answer = lambda call: Reply(body, headers={"Content-Type": "text/html; charset=x-nonsense"})
    page = make_page(f"{server.url}/")
    work()
    assert again(page).seen == "embed"


@pytest.mark.parametrize(
    "text",
    [
        "<" * 3_000_000, "<a " * 1_000_000, '<a b="' * 500_000, "<!--" * 700_000, "<script>" * 300_000,
        "<vetovoima-x " + "a " * 1_400_000, "<div data-vetovoima-version=" + "'" * 2_900_000, "<x" + "=" * 2_900_000 + ">",
        '<a "' + "b" * 2_900_000, "</" * 1_400_000, ("<iframe src='" + "a" * 1900 + "'>") * 1500,
    ],
)  # fmt: skip
def test_markup_made_to_tangle_is_read_in_a_bounded_time(text):
    started = time.process_time()
    try:
        list(embeds_in(text_of(text.encode())))
    except TooTangled:
        pass
    assert time.process_time() - started < 4


def test_text_is_no_markup_and_of_two_marks_the_first_counts():
    found = [
        tag.name for tag in embeds_in("<textarea><vetovoima-sites></textarea><title><vetovoima-x></title>")
    ]
    assert found == []
    tags = list(embeds_in('<DIV data-Vetovoima-Version="aa" DATA-VETOVOIMA-VERSION=bb title=\'"<p>\'>'))
    assert [(tag.name, tag.get("data-vetovoima-version")) for tag in tags] == [("div", "aa")]


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["application/pdf", "image/png", "application/json", "TEXT/PLAIN"])
def test_a_file_is_no_page(server, kind):
    server.answer = lambda call: Reply(component(), headers={"Content-Type": kind})
    page = make_page(f"{server.url}/")
    work()
    assert again(page).seen == "not_a_page"
