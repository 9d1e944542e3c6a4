"""The builder of embeds at the desk, and whose pages may frame them."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.test import Client

from tests.desk.conftest import signed_in
from tests.factories import make_municipality, make_person
from vetovoima.accounts.enums import Role
from vetovoima.desk.embeds.wishes import LABELS
from vetovoima.syndication.asking import ASKED
from vetovoima.syndication.embedding.queries import allowed_origins
from vetovoima.syndication.models import AllowedOrigin

BASE = "https://invest.example"
CHOSEN = {"way": "component", "place": "kuhmo", "mode": "list", "language": "fi"}


@pytest.fixture(autouse=True)
def public_address(settings: Any) -> None:
    settings.VETOVOIMA_PUBLIC_URL = BASE


def built(client: Client, **more: Any) -> str:
    response = client.get("/desk/embeds/", {**CHOSEN, **more})
    assert response.status_code == 200
    return response.content.decode()


def lines(page: str) -> list[str]:
    found = re.search(r'<textarea[^>]* id="code"[^>]*>(.*?)</textarea>', page, re.DOTALL)
    assert found is not None
    return html.unescape(found[1]).strip().splitlines()


def test_the_component_in_two_lines(town: Client) -> None:
    script, tag = lines(
        built(town, kind=["plot", "premises"], min_area="2,5", rail="on", theme="dark", limit="5")
    )
    assert script == f'<script src="{BASE}/embed.js" async></script>'
    assert tag == (
        '<vetovoima-sites municipality="kuhmo" lang="fi" mode="list" theme="dark" height="480" kind="plot,premises" limit="5" '
        f'min_area="2.5" rail="yes" style="display:block;min-height:480px"><a href="{BASE}/fi/municipalities/kuhmo/">'
        "Tontit ja toimitilat: Kuhmo</a></vetovoima-sites>"
    )


def test_the_frame_and_the_fragment_answer_what_was_built(town: Client) -> None:
    frame, script = lines(built(town, way="frame", mode="map", theme="light", channel="abcd2345"))
    assert script.endswith('/embed.js" async></script>')
    address = html.unescape(re.findall(r'src="([^"]+)"', frame)[0])
    assert address == f"{BASE}/embed/kuhmo/?lang=fi&mode=map&channel=abcd2345&theme=light"
    assert town.get(address.removeprefix(BASE)).status_code == 200
    fragment, include = lines(built(town, way="fragment", kind="plot"))
    assert fragment == f"{BASE}/embed/kuhmo/fragment.html?lang=fi&kind=plot"
    assert include == f'<esi:include src="{html.escape(fragment)}" />'
    assert town.get(fragment.removeprefix(BASE)).status_code == 200


def test_whatever_may_be_asked_can_be_chosen(town: Client) -> None:
    assert set(LABELS) == {one.name for one in ASKED}
    page = town.get("/desk/embeds/").content.decode()
    for one in ASKED:
        assert f'name="{one.name}"' in page, one.name


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"min_area": "much"}, "min_area"), ({"mode": "record"}, "code"), ({"radius": "20"}, "near"), ({"channel": "<script>"}, "channel"),
        ({"place": "sotkamo"}, "place"), ({"place": "region"}, "place"), ({"height": "5"}, "height"), ({"way": "pigeon"}, "way"),
        ({"sort": "distance"}, "near"), ({"queue": "nowhere"}, "queue"), ({"limit": "501"}, "limit"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_and_nothing_is_built(town: Client, wrong: dict[str, str], words: str) -> None:
    make_municipality("sotkamo")
    page = built(town, **wrong)
    assert 'id="code"' not in page.partition('id="made"')[2].replace('id="code" rows', "")
    assert f'href="#id_{words}' in page
    assert "<textarea" not in page


def test_a_value_cannot_leave_its_attribute(town: Client) -> None:
    page = built(town, q='"><script>alert(1)</script>')
    assert "<script>alert" not in page
    assert 'q="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"' in lines(page)[1]


def test_a_part_of_the_page_for_the_live_preview(town: Client) -> None:
    part = town.get("/desk/embeds/", CHOSEN, headers={"HX-Request": "true"}).content.decode()
    assert part.startswith('<div id="made"')
    wrong = town.get(
        "/desk/embeds/", {**CHOSEN, "mode": "record"}, headers={"HX-Request": "true"}
    ).content.decode()
    assert "error-summary" in wrong


def test_an_officer_sees_and_allows_their_own_alone(town: Client) -> None:
    make_municipality("sotkamo", website="https://www.sotkamo.example")
    page = town.get("/desk/embeds/origins/").content.decode()
    assert "sotkamo" not in page
    town.post("/desk/embeds/origins/", {"place": "kuhmo", "origin": "https://Invest.Kuhmo.example/"})
    assert "https://invest.kuhmo.example" in allowed_origins("kuhmo")
    for place in ("sotkamo", "region"):
        answer = town.post("/desk/embeds/origins/", {"place": place, "origin": "https://evil.example"})
        assert answer.status_code == 200
        assert (
            town.post(
                "/desk/embeds/origins/remove/", {"place": place, "origin": "https://x.example"}
            ).status_code
            == 404
        )
    assert AllowedOrigin.objects.count() == 1
    shown = town.get("/desk/embeds/origins/").content.decode()
    assert "Allowed to show the frame" in shown or "https://invest.kuhmo.example" in shown
    town.post("/desk/embeds/origins/remove/", {"place": "kuhmo", "origin": "https://invest.kuhmo.example"})
    assert AllowedOrigin.objects.count() == 0


def test_what_is_no_website_is_said_and_kept(town: Client) -> None:
    answer = town.post("/desk/embeds/origins/", {"place": "kuhmo", "origin": "https://kuhmo.example/path"})
    assert (answer.status_code, AllowedOrigin.objects.count()) == (200, 0)
    assert 'value="https://kuhmo.example/path"' in answer.content.decode()


def test_the_coordinator_for_everybody_and_the_region(council: Client) -> None:
    make_municipality("sotkamo")
    for place in ("sotkamo", "region"):
        council.post("/desk/embeds/origins/", {"place": place, "origin": f"https://{place}.example"})
    assert allowed_origins("sotkamo")[-1] == "https://sotkamo.example"
    assert "https://region.example" in allowed_origins("")
    (_script, tag) = lines(built(council, place="region"))
    assert "municipality=" not in tag


def test_others_have_no_business_there(db: None) -> None:
    person = signed_in(make_person(Role.BOARD_MEMBER))
    for address in ("/desk/embeds/", "/desk/embeds/origins/"):
        assert person.get(address).status_code == 403
