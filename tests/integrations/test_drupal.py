"""The module for Drupal, run by PHP in a harness that stands for Drupal, against real HTTP on loopback."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit
from urllib.request import urlopen

import polib
import pytest

from tests.factories import NOW
from tests.factories.sites import make_site
from tests.integrations.conftest import INTEGRATIONS, Portal, Said, an_offer
from vetovoima.catalogue import services as catalogue

FOLDER = INTEGRATIONS / "drupal/vetovoima"
Run = Callable[..., list[Any]]
SHOW: dict[str, Any] = {"do": "block", "configuration": {"language": "fi"}}


def settled(address: str, **more: Any) -> dict[str, Any]:
    return {"do": "config", "values": {"address": address, "municipality": "kuhmo", **more}}


def later(seconds: int) -> dict[str, Any]:
    return {"do": "later", "seconds": seconds}


def html_of(told: list[Any]) -> list[str]:
    return [one["html"] for one in told if isinstance(one, dict) and "html" in one]


@pytest.mark.django_db(transaction=True)
def test_it_shows_what_the_portal_publishes(drupal: Run, live_server: Any) -> None:
    site = catalogue.publish_site(site=make_site("kuhmo"), by=None, now=NOW)
    with urlopen(f"{live_server.url}/embed/kuhmo/fragment.html?lang=fi"):
        pass  # a server's very first answer may take longer than a page waits
    shown = drupal(settled(live_server.url), SHOW)[1]
    assert site.code in shown["html"] and f'href="{live_server.url}/fi/sites/{site.code}/' in shown["html"]
    assert shown["max_age"] == 300
    assert "languages:language_content" in shown["contexts"]
    assert "config:vetovoima.settings" in shown["tags"]
    assert [one for one in shown["tags"] if re.fullmatch(r"vetovoima:[0-9a-f]{32}", one)]


def test_a_copy_is_fresh_for_five_minutes_and_asked_for_by_its_mark(drupal: Run, portal: Portal) -> None:
    portal.says = [an_offer("Yksi"), Said(304), an_offer("Kaksi", "v2")]
    shown = html_of(drupal(settled(portal.url), SHOW, SHOW, later(301), SHOW, later(301), SHOW))
    assert ["Yksi" in one for one in shown] == [True, True, True, False]
    assert "Kaksi" in shown[3] and 'data-vetovoima-version="v2"' in shown[3]
    assert [headers.get("if-none-match") for _path, headers in portal.asked] == [None, 'W/"v1"', 'W/"v1"']


def test_cron_lets_go_of_the_pages_that_show_what_changed(drupal: Run, portal: Portal) -> None:
    portal.says = [an_offer("Yksi"), Said(304), an_offer("Kaksi", "v2")]
    cron = {"do": "cron"}
    told = drupal(settled(portal.url), SHOW, cron, later(301), cron, later(301), cron, SHOW)
    (tag,) = [one for one in told[1]["tags"] if one.startswith("vetovoima:")]
    # the first copy, nothing new, and what changed
    assert [told[2], told[4], told[6]] == [[tag], [tag], [tag, tag]]
    assert "Kaksi" in told[7]["html"]


def test_cron_forgets_what_no_page_asks_for(drupal: Run, portal: Portal) -> None:
    portal.says = [an_offer("Tontti")]
    told = drupal(
        settled(portal.url), SHOW, {"do": "kept"}, later(31 * 86400), {"do": "cron"}, {"do": "kept"}
    )
    assert (len(told[2]), told[5], len(portal.asked)) == (1, [], 1)


@pytest.mark.parametrize(
    "trouble",
    [Said(503), Said(302, "", {"Location": "/elsewhere"}), Said(200, ""), Said(200, "<p>Somebody else's page</p>"),
     Said(200, "vetovoima-", {"Content-Type": "application/json"}), Said(200, "vetovoima-" + "x" * 600_000)],
)  # fmt: skip
def test_the_last_good_copy_stands_while_the_portal_is_away(
    drupal: Run, portal: Portal, trouble: Said
) -> None:
    portal.says = [an_offer("Tontti"), trouble]
    told = drupal(
        settled(portal.url), SHOW, later(301), SHOW, SHOW, later(4000), SHOW, later(15 * 86400), SHOW
    )
    first, soon, again, old, gone = html_of(told)
    assert [("Tontti" in one, "<small>As it was on" in one) for one in (first, soon, again, old)] == [
        (True, False), (True, False), (True, False), (True, True),
    ]  # fmt: skip
    assert "Tontti" not in gone and f'href="{portal.url}/fi/municipalities/kuhmo/"' in gone
    assert told[3]["max_age"] == 60
    assert len(portal.asked) == 4


def test_a_municipality_that_is_gone_takes_its_copy_along(drupal: Run, portal: Portal) -> None:
    portal.says = [an_offer("Tontti"), Said(404)]
    assert ["Tontti" in one for one in html_of(drupal(settled(portal.url), SHOW, later(301), SHOW))] == [
        True,
        False,
    ]


@pytest.mark.parametrize("said", [Said(200, "vetovoima-" * 5000, slowly=0.05), Said(200, waits=30)])
def test_a_slow_portal_keeps_a_page_waiting_for_seconds_once(drupal: Run, portal: Portal, said: Said) -> None:
    portal.says = [said]
    began = time.monotonic()
    told = drupal(settled(portal.url), SHOW, SHOW, SHOW)
    assert time.monotonic() - began < 15
    assert all("municipalities/kuhmo" in one for one in html_of(told))
    assert len(portal.asked) == 1


def test_nobody_at_home(drupal: Run, nobody: str) -> None:
    told = drupal(settled(nobody), SHOW, {"do": "set", "values": {"rights": ["see vetovoima trouble"]}}, SHOW)
    shown, edited = html_of(told)
    assert "Vetovoima:" not in shown and "municipalities/kuhmo" in shown
    assert "The portal could not be reached: no connection" in edited


def test_a_text_of_a_script_does_not_stay_behind(drupal: Run) -> None:
    nasty = '<section class="vetovoima-sites" onclick="x()"><script>alert(1)</script><a href="javascript:x">a</a><style>b{}</style></section>'
    assert drupal({"do": "filter", "html": nasty}) == ['<section class="vetovoima-sites"><a>a</a></section>']


@pytest.mark.parametrize(
    ("chosen", "page", "language"),
    [
        ("auto", "sv", "sv"),
        ("auto", "de", "en"),
        ("auto", "fi", "fi"),
        ("en", "fi", "en"),
        ("auto", "en-gb", "en"),
    ],
)
def test_the_language_of_the_page(drupal: Run, portal: Portal, chosen: str, page: str, language: str) -> None:
    portal.says = [an_offer("Tontti")]
    drupal(settled(portal.url, channel="abcd1234"), {"do": "set", "values": {"language": page}},
           {"do": "block", "configuration": {"municipality": "sotkamo", "language": chosen, "wishes": "kind=plot&evil=1"}})  # fmt: skip
    parts = urlsplit(portal.asked[0][0])
    assert parts.path == "/embed/sotkamo/fragment.html"
    assert parse_qs(parts.query) == {"channel": ["abcd1234"], "kind": ["plot"], "lang": [language]}
    assert "cookie" not in portal.asked[0][1]


def test_the_block_has_a_form(drupal: Run) -> None:
    good = {"municipality": "kuhmo", "language": "sv", "wishes": "?kind=plot&min_area=5"}
    (none, kept, fields), (errors, _kept, _fields) = drupal(
        {"do": "block_form", "typed": good},
        {"do": "block_form", "typed": {"municipality": "../x", "language": "fi", "wishes": "evil=1"}},
    )
    assert (none, fields) == ([], ["municipality", "language", "wishes"])
    assert kept == {"municipality": "kuhmo", "language": "sv", "wishes": "kind=plot&min_area=5"}
    assert set(errors) == {"municipality", "wishes"} and "evil" in errors["wishes"]


def test_the_settings_are_checked(drupal: Run) -> None:
    right = {"address": "https://Portal.example/fi/", "municipality": "kuhmo", "channel": "", "minutes": "10"}
    (none, values, _fields), (errors, kept, _names) = drupal(
        {"do": "settings_form", "typed": right},
        {
            "do": "settings_form",
            "typed": {"address": "http://portal.example", "municipality": "../x", "channel": "x"},
        },
    )
    assert none == []
    assert values == {
        "address": "https://portal.example",
        "municipality": "kuhmo",
        "channel": "",
        "minutes": 10,
    }
    assert set(errors) == {"address", "municipality", "channel"} and kept == values


def test_before_it_is_set_up_editors_are_told_and_readers_see_nothing(drupal: Run) -> None:
    told = drupal(SHOW, {"do": "set", "values": {"rights": ["see vetovoima trouble"]}}, SHOW)
    shown, edited = html_of(told)
    assert (shown, "Say in Configuration" in edited) == ("", True)


def test_the_block_is_found_by_its_name(drupal: Run) -> None:
    assert drupal({"do": "about"}) == [["vetovoima_sites", "Sites and premises (Vetovoima)"]]
    schema = (FOLDER / "config/schema/vetovoima.schema.yml").read_text(encoding="utf-8")
    assert "block.settings.vetovoima_sites:" in schema


def test_every_text_stands_in_finnish_and_swedish() -> None:
    found = set()
    for path in FOLDER.rglob("*.php"):
        code = path.read_text(encoding="utf-8")
        for single, double in re.findall(
            r"""(?:->t|TranslatableMarkup)\(\s*(?:'((?:[^'\\]|\\.)*)'|"([^"]*)")""", code
        ):
            found.add(single or double)
    found.discard("Embed")  # a word of Drupal's own
    assert len(found) > 20
    for language in ("fi", "sv"):
        entries = {
            one.msgid: one.msgstr
            for one in polib.pofile(str(FOLDER / f"translations/vetovoima.{language}.po"))
        }
        assert [text for text in found if not entries.get(text)] == []
