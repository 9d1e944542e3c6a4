"""The offer on other people's pages: one version in three ways, and nobody frames it who may not."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.test import Client

from tests.factories import NOW, make_municipality, make_person, make_region
from vetovoima.accounts.enums import Role
from vetovoima.catalogue import services as catalogue
from vetovoima.catalogue.models import Site
from vetovoima.common.fields import Translated
from vetovoima.syndication.channels.versions import NOTHING, shown_version
from vetovoima.syndication.embedding.services import allow_origin, remove_origin

pytestmark = pytest.mark.django_db
FRAME, FRAGMENT, DATA = "/embed/kuhmo/", "/embed/kuhmo/fragment.html", "/embed/data.json"
MARK = re.compile(r'data-vetovoima-version="([^"]+)"')
MOST_BYTES = 15 * 1024


@pytest.fixture
def site() -> Site:
    make_region()
    made = catalogue.create_site(
        municipality=make_municipality("kuhmo", website="https://www.kuhmo.example"), kind="plot", by=None, now=NOW,
        values={"name": Translated(fi="Tontti </script><b>", en="Plot </script><b>"), "area_m2": 120_000},
    )  # fmt: skip
    return catalogue.publish_site(site=made, by=None, now=NOW)


def an_example(**values: Any) -> Site:
    made = catalogue.create_site(
        municipality=make_municipality("kuhmo"), kind="plot", by=None, now=NOW, is_example=True,
        values={"name": Translated(en="Made up"), **values},
    )  # fmt: skip
    return catalogue.publish_site(site=made, by=None, now=NOW)


def text(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, response.content[:500]
    return response.content.decode()


def read(client: Client, query: str) -> Any:
    return json.loads(text(client, f"{DATA}?{query}"))


def ancestors(response: Any) -> list[str]:
    found = re.search(r"frame-ancestors ([^;]*)", response.headers["Content-Security-Policy"])
    assert found is not None
    return found[1].split()


@pytest.mark.parametrize(
    "more",
    ["", "&mode=map", "&mode=search&q=Plot", "&mode=figures", "&kind=plot", "&limit=1", "&kind=premises"],
)
def test_the_three_ways_carry_the_same_version_for_the_same_question(
    site: Site, client: Client, more: str
) -> None:
    marks = set()
    for language in ("fi", "en", "sv"):
        frame = MARK.findall(text(client, f"{FRAME}?lang={language}{more}"))
        fragment = MARK.findall(text(client, f"{FRAGMENT}?lang={language}{more}"))
        mark = read(client, f"municipality=kuhmo&lang={language}{more}")["version"]
        asked = json.loads(text(client, f"/embed/version.json?municipality=kuhmo&lang={language}{more}"))
        marks |= {*frame, *fragment, mark, asked["version"]}
    expected = NOTHING if "premises" in more else shown_version([(site.code, 1)])
    assert marks == {expected}


@pytest.mark.parametrize("mode", ["list", "map", "search", "figures", "record"])
def test_for_the_mark_alone_nothing_is_made_that_would_be_shown(
    site: Site, client: Client, monkeypatch: pytest.MonkeyPatch, mode: str
) -> None:
    query = f"municipality=kuhmo&lang=en&mode={mode}" + (f"&code={site.code}" if mode == "record" else "")
    shown = read(client, query)
    for part in ("views.content_of", "content.content_of", "content._item", "content._beside"):
        monkeypatch.setattr(f"vetovoima.api.embed.{part}", _made)
    with pytest.raises(AssertionError, match="made to be shown"):
        read(client, query)
    mark = json.loads(text(client, f"/embed/version.json?{query}"))
    assert mark == {"version": shown["version"], "total": shown["total"]}


def _made(*_args: Any) -> None:
    raise AssertionError("made to be shown")


def test_a_publication_changes_the_version_everywhere(site: Site, client: Client) -> None:
    before = read(client, "municipality=kuhmo")["version"]
    edited = catalogue.edit_site(site=site, values={"area_m2": 5}, by=None, now=NOW, revision=None)
    assert read(client, "municipality=kuhmo")["version"] == before
    catalogue.publish_site(site=edited, by=None, now=NOW)
    after = shown_version([(site.code, 2)])
    assert before != after == read(client, "municipality=kuhmo")["version"]
    assert set(MARK.findall(text(client, FRAME) + text(client, FRAGMENT))) == {after}
    catalogue.withdraw_site(site=edited, by=make_person(Role.COORDINATOR), now=NOW)
    assert read(client, "municipality=kuhmo")["version"] == NOTHING


def test_the_frame_is_for_allowed_websites_alone(site: Site, client: Client) -> None:
    make_municipality("sotkamo", website="https://www.sotkamo.example")
    assert ancestors(client.get(FRAME)) == ["'self'", "https://www.kuhmo.example"]
    assert ancestors(client.get("/embed/")) == [
        "'self'",
        "https://www.kuhmo.example",
        "https://www.sotkamo.example",
    ]
    first = client.get(FRAME)
    town: dict[str, Any] = {
        "municipality": site.municipality,
        "origin": "https://invest.kuhmo.example",
        "by": None,
        "now": NOW,
    }
    allow_origin(**town)
    # a browser that has the old answer must not be told that it still holds
    again = client.get(FRAME, headers={"if-none-match": first.headers["ETag"]})
    assert again.status_code == 200
    assert ancestors(again) == ["'self'", "https://invest.kuhmo.example", "https://www.kuhmo.example"]
    unchanged = client.get(FRAME, headers={"if-none-match": again.headers["ETag"]})
    assert (unchanged.status_code, ancestors(unchanged)) == (304, ancestors(again))
    remove_origin(**town)
    assert ancestors(client.get(FRAME)) == ["'self'", "https://www.kuhmo.example"]


@pytest.mark.parametrize(
    "address", [FRAGMENT, DATA, "/embed/version.json", "/embed/fragment.html", "/en/sites/"]
)
def test_nothing_but_the_frame_may_be_framed(site: Site, client: Client, address: str) -> None:
    response = client.get(address)
    assert (response.status_code, ancestors(response)) == (200, ["'none'"])


@pytest.mark.parametrize(
    "address", [FRAME, "/embed/", FRAGMENT, "/embed/fragment.html", DATA, "/embed/version.json", "/embed.js"]
)
def test_no_cookie_no_writing_open_to_every_page(site: Site, client: Client, address: str) -> None:
    response = client.get(address)
    assert (response.status_code, response.cookies) == (200, {})
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert client.post(address).status_code == 405
    etag = response.headers["ETag"]
    assert client.get(address, headers={"if-none-match": etag}).status_code == 304


@pytest.mark.parametrize("mode", ["list", "map", "search", "figures"])
def test_every_mode_is_served_without_script_in_frame_and_fragment(
    site: Site, client: Client, mode: str
) -> None:
    for address in (FRAME, FRAGMENT):
        shown = text(client, f"{address}?lang=en&mode={mode}")
        assert f'data-mode="{mode}"' in shown
        assert "</script><b>" not in shown
        if mode == "figures":
            assert "<dd>12 ha</dd>" in shown
        else:
            assert f'data-code="{site.code}"' in shown
        assert ("<svg" in shown) == (mode == "map")
        assert ("<form" in shown) == (mode == "search")
    data = read(client, f"municipality=kuhmo&lang=en&mode={mode}")
    assert (data["total"], data["mode"], "map" in data, "figures" in data) == (
        1,
        mode,
        mode == "map",
        mode == "figures",
    )


def test_one_record_shows_itself_and_nothing_of_another_municipality(site: Site, client: Client) -> None:
    shown = text(client, f"{FRAGMENT}?lang=en&mode=record&code={site.code.lower()}")
    assert f'data-code="{site.code}"' in shown
    make_municipality("sotkamo")
    for slug, code in (("sotkamo", site.code), ("kuhmo", "ABC-DEF-0001")):
        missing = text(client, f"/embed/{slug}/?lang=en&mode=record&code={code}")
        assert "not published at the moment" in missing
        assert set(MARK.findall(missing)) == {NOTHING}


def test_links_say_where_they_were_followed_and_search_engines_get_them_plain(
    site: Site, client: Client
) -> None:
    for query, via in (("", "partner.kuhmo"), ("&channel=abcd2345", "embed.abcd2345")):
        for address in (FRAME, FRAGMENT):
            links = re.findall(
                r'href="(http://testserver/en/[^"]*)"', text(client, f"{address}?lang=en{query}")
            )
            assert len(links) == 3
            assert all(link.endswith(f"via={via}") for link in links), links
        item = read(client, f"municipality=kuhmo&lang=en{query}")["items"][0]
        assert (
            item["link"] == f"{item['url']}?via={via}" == f"http://testserver/en/sites/{site.code}/?via={via}"
        )
    assert "via=partner&" not in text(client, "/embed/?lang=en")
    assert read(client, "lang=en&limit=5")["more"] == "http://testserver/en/sites/?via=partner"


def test_search_engines_are_told_of_real_sites_alone(site: Site, client: Client) -> None:
    example = an_example()
    shown = text(client, f"{FRAGMENT}?lang=en")
    found = json.loads(re.findall(r'<script type="application/ld\+json">(.*?)</script>', shown, re.DOTALL)[0])
    assert [one["url"] for one in found["itemListElement"]] == [f"http://testserver/en/sites/{site.code}/"]
    assert found["itemListElement"][0]["name"] == "Plot </script><b>"
    assert f'data-code="{example.code}"' in shown
    assert "(example)" in shown


def test_key_figures_do_not_count_examples(site: Site, client: Client) -> None:
    an_example(area_m2=9_990_000.0)
    figures = {
        one["label"]: one["value"]
        for one in read(client, "municipality=kuhmo&lang=en&mode=figures")["figures"]
    }
    assert (figures["Published sites"], figures["Largest site"]) == ("1", "12 ha")


@pytest.mark.parametrize(
    "query",
    ["mode=castle", "mode=record", "mode=record&code=<b>", "theme=pink", "channel=x", "channel=ABCD2345", "foo=1", "mode=list&mode=map", "lang=de"],
)  # fmt: skip
def test_what_cannot_be_understood_is_refused_by_name(site: Site, client: Client, query: str) -> None:
    for address in (FRAME, FRAGMENT, DATA, "/embed/version.json"):
        response = client.get(f"{address}?{query}")
        assert (response.status_code, response.headers["Content-Type"]) == (
            400,
            "application/problem+json",
        ), address
    assert client.get("/embed/atlantis/").status_code == 404


def test_the_frame_takes_its_colours_and_brings_its_own_script_alone(site: Site, client: Client) -> None:
    dark = text(client, f"{FRAME}?theme=dark")
    assert 'data-theme="dark"' in dark
    assert re.findall(r"<script[^>]*>", dark) == ['<script src="/static/embed-frame.js" defer>']
    assert "data-theme" not in text(client, f"{FRAME}?theme=auto")


def test_the_component_is_small() -> None:
    """At most 15 KB compressed, as it is served."""
    built = Path(configured.PACKAGE_DIR) / "static" / "build" / "embed.js"
    assert built.exists(), (
        "The front end is not built: `.venv/bin/python -m tools.frontend build` builds it, and so does `make test`."
    )
    content = built.read_bytes()
    assert len(gzip.compress(content, compresslevel=6)) <= MOST_BYTES
    # a plain script: on its own page it must leave no names behind, and bring nothing along
    assert content.lstrip().startswith((b"(()=>", b"(function", b"(async"))
    assert b"import" not in content.split(b"/embed/data.json")[0][:200]
