"""oEmbed: what a consumer gets for our addresses, and what it is refused."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from tests.factories import NOW, make_municipality, make_person, make_region
from tests.factories.sites import make_site
from vetovoima.accounts.enums import Role
from vetovoima.catalogue import services as catalogue
from vetovoima.catalogue.models import Site
from vetovoima.common.fields import Translated

pytestmark = pytest.mark.django_db
HERE = "http://testserver"


@pytest.fixture
def site() -> Site:
    make_region()
    site = catalogue.create_site(
        municipality=make_municipality("kuhmo"), kind="plot", by=None, now=NOW,
        values={"name": Translated(fi='Tontti "yksi" <b>', en='Plot "one" <b>')},
    )  # fmt: skip
    return catalogue.publish_site(site=site, by=None, now=NOW)


def ask(client: Client, url: str, more: str = "") -> Any:
    return client.get(f"/oembed?url={quote(url, safe='')}{more}")


def test_a_record_is_a_frame_that_shows_it(site: Site, client: Client) -> None:
    found = json.loads(ask(client, f"{HERE}/en/sites/{site.code}/", "&format=json&dnt=1").content)
    assert (found["version"], found["type"], found["title"]) == ("1.0", "rich", 'Plot "one" <b>')
    assert 'title="Plot &quot;one&quot; &lt;b&gt; – ' in found["html"]
    address = re.search(r'src="([^"]+)"', found["html"])
    assert address is not None
    frame = client.get(address[1].replace("&amp;", "&"))
    assert (frame.status_code, site.code in frame.content.decode()) == (200, True)


@pytest.mark.parametrize(
    ("path", "frame"),
    [
        ("/fi/municipalities/kuhmo/", "/embed/kuhmo/?lang=fi"),
        ("/sv/sites/", "/embed/?lang=sv"),
        ("/en/sites/?kind=plot&municipality=kuhmo&view=map&page=2", "/embed/kuhmo/?kind=plot&amp;lang=en"),
        ("/en/sites/?kind=plot&kind=premises", "/embed/?kind=plot%2Cpremises&amp;lang=en"),
    ],
)
def test_a_municipality_and_a_search(site: Site, client: Client, path: str, frame: str) -> None:
    found = json.loads(ask(client, f"{HERE}{path}").content)
    assert f'src="{HERE}{frame}"' in found["html"]
    shown = client.get(frame.replace("&amp;", "&"))
    assert (shown.status_code, site.code in shown.content.decode()) == (200, True)
    assert "frame-ancestors 'self'" in shown.headers["Content-Security-Policy"]


def test_no_larger_than_asked(site: Site, client: Client) -> None:
    found = json.loads(ask(client, f"{HERE}/en/sites/", "&maxwidth=300&maxheight=200").content)
    assert (found["width"], found["height"]) == (300, 200)
    assert 'width="300" height="200"' in found["html"]
    for wrong in ("-1", "abc", "1", "9" * 30, "٣٠٠"):
        assert ask(client, f"{HERE}/en/sites/", f"&maxwidth={wrong}").status_code == 400, wrong


@pytest.mark.parametrize(
    "url",
    [
        "https://elsewhere.example/en/sites/", f"{HERE}/en/energy/", f"{HERE}/en/sites/TUU-999-0001/", "javascript:alert(1)",
        f"{HERE}/en/municipalities/atlantis/", f"{HERE}/en/sites/?kind=castle", "http://[", "ftp://testserver/en/sites/",
    ],
)  # fmt: skip
def test_what_we_do_not_show_is_404(site: Site, client: Client, url: str) -> None:
    assert ask(client, url).status_code == 404


def test_private_is_401_and_xml_is_501_and_nothing_is_400(site: Site, client: Client) -> None:
    assert ask(client, f"{HERE}/desk/sites/").status_code == 401
    assert ask(client, f"{HERE}/en/sites/", "&format=xml").status_code == 501
    assert client.get("/oembed").status_code == 400


def test_a_draft_and_a_withdrawn_record_look_as_if_they_had_never_been(site: Site, client: Client) -> None:
    draft = make_site("kuhmo", name=Translated(fi="L"))
    catalogue.withdraw_site(site=site, by=make_person(Role.COORDINATOR), now=NOW)
    for code in (draft.code, site.code):
        assert ask(client, f"{HERE}/en/sites/{code}/").status_code == 404
