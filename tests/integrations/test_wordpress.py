"""The plugin for WordPress, run by PHP in a harness that stands for WordPress, against real HTTP on loopback."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit
from urllib.request import urlopen

import pytest

from tests.factories import NOW
from tests.factories.sites import make_site
from tests.integrations.conftest import INTEGRATIONS, Portal, Said, an_offer
from vetovoima.catalogue import services as catalogue

FOLDER = INTEGRATIONS / "wordpress/vetovoima"
Run = Callable[..., list[Any]]
SHOW = {"do": "shortcode", "attributes": {}}


def settled(address: str, **more: Any) -> dict[str, Any]:
    """The settings of a site that shows Kuhmo in Finnish."""
    value = {"address": address, "municipality": "kuhmo", "language": "fi", **more}
    return {"do": "option", "value": value}


def later(seconds: int) -> dict[str, Any]:
    return {"do": "later", "seconds": seconds}


@pytest.mark.django_db(transaction=True)
def test_it_shows_what_the_portal_publishes(wordpress: Run, live_server: Any) -> None:
    site = catalogue.publish_site(site=make_site("kuhmo"), by=None, now=NOW)
    with urlopen(f"{live_server.url}/embed/kuhmo/fragment.html?lang=fi"):
        pass  # a server's very first answer may take longer than a page waits
    shown, block = wordpress(
        settled(live_server.url), SHOW, {"do": "block", "attributes": {"lang": "sv", "wishes": "kind=plot"}}
    )[1:]
    assert site.code in shown and f'href="{live_server.url}/fi/sites/{site.code}/' in shown
    assert 'lang="fi"' in shown and 'lang="sv"' in block
    assert block.startswith('<div class="wp-block-vetovoima-sites vetovoima"><section')
    assert "trouble" not in shown + block


def test_a_copy_is_fresh_for_five_minutes_and_asked_for_by_its_mark(wordpress: Run, portal: Portal) -> None:
    portal.says = [an_offer("Yksi"), Said(304), an_offer("Kaksi", "v2")]
    told = wordpress(settled(portal.url), SHOW, SHOW, later(301), SHOW, later(301), SHOW, {"do": "fired"})
    shown = [one for one in told if isinstance(one, str)]
    assert ["Yksi" in one for one in shown] == [True, True, True, False]
    assert "Kaksi" in shown[3] and 'data-vetovoima-version="v2"' in shown[3]
    assert [headers.get("if-none-match") for _path, headers in portal.asked] == [None, 'W/"v1"', 'W/"v1"']
    changes = [given for name, given in told[-1] if name == "vetovoima_changed"]
    assert [one[1] for one in changes] == ["v1", "v2"]


@pytest.mark.parametrize(
    "trouble",
    [Said(503), Said(500, "<html>vetovoima-</html>"), Said(302, "", {"Location": "/elsewhere"}), Said(200, ""),
     Said(200, "<p>Somebody else's page</p>"), Said(200, "vetovoima-", {"Content-Type": "application/json"}),
     Said(200, "vetovoima-" + "x" * 600_000), Said(400, '{"detail": "Unknown parameters: x"}', {"Content-Type": "application/problem+json"})],
)  # fmt: skip
def test_the_last_good_copy_stands_while_the_portal_is_away(
    wordpress: Run, portal: Portal, trouble: Said
) -> None:
    portal.says = [an_offer("Tontti"), trouble]
    first, soon, again, old, gone = (
        one
        for one in wordpress(
            settled(portal.url), SHOW, later(301), SHOW, SHOW, later(4000), SHOW, later(15 * 86400), SHOW
        )
        if isinstance(one, str)
    )
    assert [("Tontti" in one, "vetovoima-age" in one) for one in (first, soon, again, old)] == [
        (True, False), (True, False), (True, False), (True, True),
    ]  # fmt: skip
    # too old to be true: a way to the portal, and no record that may be sold
    assert "Tontti" not in gone and f'href="{portal.url}/fi/municipalities/kuhmo/"' in gone
    assert len(portal.asked) == 4, "a portal that is away is asked once a minute"


def test_a_municipality_that_is_gone_takes_its_copy_along(wordpress: Run, portal: Portal) -> None:
    portal.says = [an_offer("Tontti"), Said(404)]
    told = wordpress(settled(portal.url), SHOW, later(301), SHOW)
    assert ("Tontti" in told[1], "Tontti" in told[3]) == (True, False)


@pytest.mark.parametrize("said", [Said(200, "vetovoima-" * 5000, slowly=0.05), Said(200, waits=30)])
def test_a_slow_portal_keeps_a_page_waiting_for_seconds_once(
    wordpress: Run, portal: Portal, said: Said
) -> None:
    portal.says = [said]
    began = time.monotonic()
    told = wordpress(settled(portal.url), SHOW, SHOW, SHOW)
    assert time.monotonic() - began < 15
    assert all("municipalities/kuhmo" in one for one in told[1:])
    assert len(portal.asked) == 1


def test_nobody_at_home(wordpress: Run, nobody: str) -> None:
    shown, edited = wordpress(
        settled(nobody), SHOW, {"do": "set", "values": {"rights": ["edit_posts"]}}, SHOW
    )[1::2]
    assert "vetovoima-trouble" not in shown and "municipalities/kuhmo" in shown
    assert "The portal could not be reached: no connection" in edited


def test_only_what_may_stand_in_a_page_comes_through(wordpress: Run) -> None:
    nasty = (
        '<section class="vetovoima-sites" data-vetovoima-version="7" onclick="x()" style="color:red">'
        '<script>alert(1)</script><style>b{}</style><a href="javascript:alert(1)">a</a><a href="https://x.example/" rel="nofollow">b</a>'
        '<img src="https://x.example/a.jpg" onerror="x()" alt="ä"><iframe src="//x.example"></iframe><form action="javascript:x"><input type="password" name="q"></form><script>open'
    )
    (found,) = wordpress({"do": "filter", "html": nasty})
    assert found == (
        '<section class="vetovoima-sites" data-vetovoima-version="7"><a>a</a><a href="https://x.example/" rel="nofollow">b</a>'
        '<img src="https://x.example/a.jpg" alt="ä"><form><input name="q"></form></section>'
    )


@pytest.mark.parametrize(
    ("world", "language"),
    [
        ([{"do": "set", "values": {"locale": "fi"}}], "fi"),
        ([{"do": "set", "values": {"locale": "sv_SE"}}], "sv"),
        ([{"do": "set", "values": {"locale": "de_DE"}}], "en"),
        ([{"do": "set", "values": {"locale": "fi", "wpml": "sv"}}], "sv"),
        ([{"do": "set", "values": {"locale": "fi"}}, {"do": "polylang", "language": "en"}], "en"),
        ([{"do": "set", "values": {"locale": "fi"}}, {"do": "polylang", "language": False}], "fi"),
    ],
)
def test_the_language_of_the_page(
    wordpress: Run, portal: Portal, world: list[dict[str, Any]], language: str
) -> None:
    portal.says = [an_offer("Tontti")]
    wordpress(settled(portal.url, language="auto"), *world, SHOW)
    assert parse_qs(urlsplit(portal.asked[0][0]).query)["lang"] == [language]


def test_what_is_asked(wordpress: Run, portal: Portal) -> None:
    portal.says = [an_offer("Tontti")]
    place = {"municipality": "Sotkamo", "lang": "en", "kind": "plot,premises", "min_area": "2", "evil": "x"}
    wordpress(
        settled(portal.url, channel="abcd1234", wishes="kind=resource&examples=no"),
        {"do": "shortcode", "attributes": place},
    )
    parts = urlsplit(portal.asked[0][0])
    assert parts.path == "/embed/sotkamo/fragment.html"
    assert parse_qs(parts.query) == {
        "channel": ["abcd1234"], "examples": ["no"], "kind": ["plot,premises"], "lang": ["en"], "min_area": ["2"],
    }  # fmt: skip
    assert portal.asked[0][1]["user-agent"].startswith("Vetovoima-WordPress/")
    assert "cookie" not in portal.asked[0][1]


def test_settings_are_checked_and_what_is_wrong_stays_as_it_was(wordpress: Run) -> None:
    typed = {
        "address": "https://Portal.example/fi/?x=1", "municipality": "kuhmo", "channel": "ABCD1234", "language": "sv",
        "minutes": "10", "wishes": "?kind=plot&evil=1&min_area=5", "more": "x",
    }  # fmt: skip
    (right, nothing), (kept, errors) = wordpress(
        {"do": "check", "typed": typed},
        {"do": "check", "typed": {"address": "http://portal.example", "municipality": "../x", "channel": "short", "language": "de", "minutes": "999"}},
    )  # fmt: skip
    assert right == {
        "address": "https://portal.example", "municipality": "kuhmo", "language": "sv", "channel": "abcd1234",
        "wishes": "kind=plot&min_area=5", "minutes": 10,
    }  # fmt: skip
    assert nothing == []
    assert set(errors) == {"address", "municipality", "channel", "language", "minutes"}
    assert (kept["address"], kept["municipality"], kept["minutes"]) == ("", "", 5)


def test_the_page_of_settings_names_every_field_and_the_state(wordpress: Run, portal: Portal) -> None:
    portal.says = [an_offer("Tontti")]
    manager = {"do": "set", "values": {"rights": ["manage_options"], "locale": "fi"}}
    (right, page), (_right, shut) = wordpress(
        settled(portal.url, municipality='kuhmo"><b>'), manager, {"do": "page"}, {"do": "set", "values": {"rights": []}}, {"do": "page"}
    )[2::2]  # fmt: skip
    assert (right, shut) == ("manage_options", "")
    for name in ("address", "municipality", "channel", "wishes", "minutes", "language"):
        assert f'id="vetovoima-{name}"' in page and f'for="vetovoima-{name}"' in page
    assert 'name="_wpnonce"' in page and "Portaalin osoite" in page and "<b>" not in page


def test_fetching_now_asks_for_a_right_and_a_nonce(wordpress: Run, portal: Portal) -> None:
    portal.says = [an_offer("Tontti")]
    fetch = {"do": "fetch_now"}
    may = {"do": "set", "values": {"rights": ["manage_options"]}}
    meant = {"do": "set", "values": {"nonce": True}}
    told = wordpress(settled(portal.url), fetch, may, fetch, meant, fetch)
    assert told[1].startswith("403 ") and told[3] == "no nonce" and "page=vetovoima" in told[5]
    assert len(portal.asked) == 1


def test_new_settings_forget_old_copies_and_removing_forgets_all(wordpress: Run, portal: Portal) -> None:
    portal.says = [an_offer("Tontti")]
    told = wordpress(
        settled(portal.url), SHOW, settled(portal.url, minutes=9), {"do": "kept"}, SHOW, {"do": "uninstall"}, {"do": "kept"}
    )  # fmt: skip
    assert (told[3], told[6]) == ([["vetovoima"], []], [[], []])


def test_copies_are_bounded_however_many_addresses_there_are(wordpress: Run, portal: Portal) -> None:
    portal.says = [an_offer("Tontti")]
    many = [{"do": "shortcode", "attributes": {"limit": str(number)}} for number in range(1, 80)]
    options, transients = wordpress(settled(portal.url), *many, {"do": "kept"})[-1]
    assert len([one for one in options if one.startswith("vetovoima_copy_")]) == 60
    assert len(transients) == 60


def test_before_it_is_set_up_editors_are_told_and_readers_see_nothing(wordpress: Run) -> None:
    shown, edited = wordpress(
        SHOW, {"do": "set", "values": {"rights": ["edit_posts"], "locale": "sv_SE"}}, SHOW
    )[::2]
    assert shown == '<div class="vetovoima"></div>'
    assert "Ange under Inställningar → Vetovoima" in edited


def test_the_block_names_its_controls(wordpress: Run) -> None:
    scripts = wordpress({"do": "set", "values": {"locale": "fi"}}, {"do": "names"})[1]
    assert '"municipality":"Kunta"' in scripts["vetovoima-sites-editor-script"]


TEXTS = re.compile(r"(?:esc_html__|\b__)\(\s*'((?:[^'\\]|\\.)*)', 'vetovoima' \)")


def code_of_ours() -> str:
    return "".join(
        path.read_text(encoding="utf-8") for path in FOLDER.rglob("*.php") if "languages" not in path.parts
    )


def test_every_text_stands_in_finnish_and_swedish() -> None:
    texts = {one.replace("\\'", "'") for one in TEXTS.findall(code_of_ours())}
    assert len(texts) > 25
    for locale in ("fi", "sv_SE"):
        said = (
            (FOLDER / f"languages/vetovoima-{locale}.l10n.php")
            .read_text(encoding="utf-8")
            .replace("\\'", "'")
        )
        assert [text for text in texts if f"'{text}' =>" not in said] == []


def test_no_text_is_left_without_its_domain() -> None:
    code = code_of_ours()
    assert len(re.findall(r"\b(?:esc_html)?__\(", code)) == len(TEXTS.findall(code))
