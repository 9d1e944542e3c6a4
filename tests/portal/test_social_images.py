"""The picture beside a shared link: made for what is public, in its language, once; nothing for what is not."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.cache import cache, caches
from django.test import Client
from django.utils.translation import override
from PIL import Image

from tests.factories import make_municipality, make_region
from vetovoima.common.pdf import CannotRender
from vetovoima.common.places import one_of
from vetovoima.portal.sharing import look_of_region, region_eyebrow
from vetovoima.portal.social import card_of_view, pictures, version_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def region(settings: Any) -> None:
    kept = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "social"}
    settings.CACHES = {**settings.CACHES, "drawings": kept}
    caches["drawings"].clear()
    make_region()
    make_municipality("kuhmo")


def test_a_list_has_a_picture_of_the_size_that_networks_ask_for(client: Client) -> None:
    answer = client.get("/social/view/sites.sv.png")
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    picture = Image.open(io.BytesIO(answer.content))
    assert picture.size == (1200, 630)
    assert len(answer.content) < 300_000


def test_a_picture_is_drawn_once_and_told_to_be_the_same(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []

    def draw(template: str, data: dict[str, Any], **_rest: Any) -> bytes:
        drawn.append(data["title"])
        return b"png"

    monkeypatch.setattr(pictures.pdf, "render_picture", draw)
    first = client.get("/social/view/sites.fi.png")
    again = client.get("/social/view/sites.fi.png", headers={"If-None-Match": first["ETag"]})
    assert (first.status_code, again.status_code, len(drawn)) == (200, 304, 1)
    client.get("/social/view/sites.fi.png")
    other = client.get("/social/view/facts.fi.png")
    assert other["ETag"] != first["ETag"]
    assert len(drawn) == 2


def test_one_network_cannot_have_pictures_drawn_without_end(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.clear()
    monkeypatch.setattr(pictures.pdf, "render_picture", lambda *_given, **_named: b"png")
    monkeypatch.setattr("vetovoima.portal.views.social.PICTURES", ("picture", 1))
    assert client.get("/social/view/sites.fi.png").status_code == 200
    refused = client.get("/social/view/facts.fi.png")
    assert (refused.status_code, refused["Cache-Control"]) == (429, "no-store")
    assert client.get("/social/view/sites.fi.png").status_code == 200


def test_only_two_pictures_are_drawn_at_once(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures.pdf, "render_picture", lambda *_given, **_named: b"png")
    with one_of(2, "pictures") as first:
        with one_of(2, "pictures") as second:
            busy = client.get("/social/view/sites.fi.png")
            assert (first, second, busy.status_code, busy["Retry-After"]) == (True, True, 503, "5")
        assert client.get("/social/view/sites.fi.png").status_code == 200


def test_only_under_its_version_may_a_picture_be_kept_for_ever(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures.pdf, "render_picture", lambda *_given, **_named: b"png")
    with override("en"):
        look = look_of_region()
        card = card_of_view("sites", "en", look["tokens"], region_eyebrow(look))
        assert card is not None
        version = version_of(card, look)
    assert "immutable" in client.get(f"/social/view/sites.en.png?v={version}")["Cache-Control"]
    assert "immutable" not in client.get("/social/view/sites.en.png?v=older")["Cache-Control"]


@pytest.mark.parametrize(
    "address",
    [
        "/social/site/KAI-KUH-9999.en.png",
        "/social/page/99999.en.png",
        "/social/page/not-a-number.en.png",
        "/social/view/nothing.en.png",
        "/social/other/sites.en.png",
        "/social/view/sites.de.png",
    ],
)
def test_what_is_not_public_has_no_picture(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_when_it_cannot_be_drawn_the_answer_says_so_and_is_not_kept(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_given: Any, **_named: Any) -> bytes:
        raise CannotRender("time")

    monkeypatch.setattr(pictures.pdf, "render_picture", refuse)
    assert client.get("/social/view/sites.en.png").status_code == 503
    monkeypatch.setattr(pictures.pdf, "render_picture", lambda *_given, **_named: b"png")
    assert client.get("/social/view/sites.en.png").status_code == 200
