"""Whose pages may frame the offer, and the small map that embeds draw."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from tests.factories import NOW, make_municipality, make_person, make_region
from vetovoima.accounts.enums import Role
from vetovoima.desk.templatetags.desk import fact_in_words
from vetovoima.syndication.embedding import queries, services
from vetovoima.syndication.embedding.drawing import WIDTH, draw
from vetovoima.syndication.embedding.validators import clean_origin, origin_of_website
from vetovoima.syndication.models import AllowedOrigin
from vetovoima.syndication.queries import public_state


@pytest.mark.parametrize(
    ("typed", "origin"),
    [
        ("https://www.town.example", "https://www.town.example"),
        (" https://WWW.Town.Example/ ", "https://www.town.example"),
        ("https://town.example:443", "https://town.example"),
        ("https://town.example:8443", "https://town.example:8443"),
        ("https://kylä.example", "https://xn--kyl-sla.example"),
        ("https://STRAßE.example", "https://xn--strae-oqa.example"),
    ],
)
def test_an_origin_is_written_as_browsers_write_it(typed: str, origin: str) -> None:
    assert clean_origin(typed) == origin


@pytest.mark.parametrize(
    "typed",
    [
        "", "   ", "town.example", "http://town.example", "//town.example", "ftp://town.example", "javascript:alert(1)",
        "https://", "https://town", "https://localhost", "https://a.localhost", "https://printer.local", "https://*.town.example",
        "https://*", "*", "'self'", "https://user@town.example", "https://user:pass@town.example", "https://@town.example",
        "https://town.example/path", "https://town.example/?", "https://town.example?q=1", "https://town.example#x",
        "https://town.example;script-src *", "https://town.example, https://evil.example", "https://town.example https://evil.example",
        "https://town.example\r\nX: y", "https://town.example\\@evil.example", "https://127.0.0.1", "https://2130706433",
        "https://0x7f.1", "https://127.1", "https://[::1]", "https://[::ffff:127.0.0.1]", "https://10.0.0.1:8443",
        "https://town.example:0", "https://town.example:99999", "https://town.example:abc", "https://town.example:",
        "https://-town.example", "https://town-.example", "https://town..example", "https://town.example.", "https://.example",
        f"https://{'a' * 64}.example", f"https://{'a.' * 150}example", "https://to\u200bwn.ex\u0000ample", "http://127.0.0.1:8001",
        "https://169.254.169.254", "https://town_x.example", "data:text/html,x", "https://town.123", "null", "https:///town.example",
    ],
)  # fmt: skip
def test_what_is_no_public_website_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError):
        clean_origin(typed)


def test_the_own_machine_is_for_the_demonstration_alone(settings: Any) -> None:
    settings.VETOVOIMA_DEMO = True
    assert clean_origin("http://127.0.0.1:8001/") == "http://127.0.0.1:8001"
    assert clean_origin("http://localhost:8001") == "http://localhost:8001"
    for wrong in (
        "http://10.0.0.1:8001",
        "http://127.0.0.1:8001/x",
        "http://a@127.0.0.1",
        "http://town.example",
    ):
        with pytest.raises(ValidationError):
            clean_origin(wrong)


@pytest.mark.parametrize(
    ("website", "origin"),
    [
        ("https://www.town.example", "https://www.town.example"), ("http://www.town.example/en/", "https://www.town.example"),
        ("", ""), ("www.town.example", ""), ("https://[", ""), ("https://x;y.example", ""), ("mailto:a@town.example", ""),
    ],
)  # fmt: skip
def test_a_municipality_begins_with_its_own_website(website: str, origin: str) -> None:
    assert origin_of_website(website) == origin


@pytest.mark.django_db
def test_nobody_but_the_own_website_and_what_is_set() -> None:
    kuhmo = make_municipality("kuhmo", website="https://www.kuhmo.example/")
    make_municipality("sotkamo", website="")
    assert queries.allowed_origins("kuhmo") == ("https://www.kuhmo.example",)
    assert queries.allowed_origins("sotkamo") == queries.allowed_origins("atlantis") == ()
    services.allow_origin(municipality=kuhmo, origin="https://invest.kuhmo.example", by=None, now=NOW)
    services.allow_origin(municipality=None, origin="https://council.example", by=None, now=NOW)
    assert queries.allowed_origins("kuhmo") == ("https://invest.kuhmo.example", "https://www.kuhmo.example")
    assert queries.allowed_origins("") == (
        "https://council.example", "https://invest.kuhmo.example", "https://www.kuhmo.example",
    )  # fmt: skip


@pytest.mark.django_db
def test_a_change_is_recorded_once_and_moves_the_public_side() -> None:
    kuhmo = make_municipality("kuhmo")
    person = make_person(Role.MUNICIPALITY_OFFICER, "kuhmo", display_name="Olli Officer")
    change: dict[str, Any] = {
        "municipality": kuhmo,
        "origin": "https://pages.example",
        "by": person,
        "now": NOW,
    }
    before = public_state()[0]
    services.allow_origin(**change)
    after = public_state()[0]
    assert after > before
    services.allow_origin(**change)
    assert public_state()[0] == after, "nothing changed"
    assert services.remove_origin(**change)
    assert not services.remove_origin(**change)
    assert [fact_in_words(fact) for fact in queries.origin_history(kuhmo)] == [
        "No longer allowed to show the frame: https://pages.example", "Allowed to show the frame: https://pages.example",
    ]  # fmt: skip
    assert AllowedOrigin.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("role", list(Role))
def test_who_may_allow_websites(role: str) -> None:
    make_region()
    kuhmo, sotkamo = make_municipality("kuhmo"), make_municipality("sotkamo")
    person = make_person(role, "kuhmo" if role == Role.MUNICIPALITY_OFFICER else "")
    allowed = {"kuhmo": role in (Role.ADMIN, Role.COORDINATOR, Role.MUNICIPALITY_OFFICER)}
    allowed["sotkamo"] = allowed["region"] = role in (Role.ADMIN, Role.COORDINATOR)
    for name, place in {"kuhmo": kuhmo, "sotkamo": sotkamo, "region": None}.items():
        ways: dict[str, Any] = {
            "municipality": place,
            "origin": "https://pages.example",
            "by": person,
            "now": NOW,
        }
        if allowed[name]:
            services.allow_origin(**ways)
        else:
            for change in (services.allow_origin, services.remove_origin):
                with pytest.raises(PermissionDenied):
                    change(**ways)
    seen = {
        one.municipality.slug if one.municipality else "region"
        for one in AllowedOrigin.objects.visible_to(person)
    }
    assert seen == {name for name, is_allowed in allowed.items() if is_allowed}
    assert {one.slug for one in queries.origins_for(person)} == seen


@pytest.mark.django_db
def test_a_place_has_an_origin_once_and_not_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    AllowedOrigin.objects.create(municipality=None, origin="https://a.example", created_at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        AllowedOrigin.objects.create(municipality=None, origin="https://a.example", created_at=NOW)
    monkeypatch.setattr(services, "MOST_ORIGINS", 1)
    with pytest.raises(ValidationError) as refused:
        services.allow_origin(municipality=None, origin="https://b.example", by=None, now=NOW)
    assert set(refused.value.message_dict) == {"origin"}


def card(
    code: str, longitude: float | None, latitude: float | None, precision: str = "exact"
) -> dict[str, Any]:
    return {"code": code, "place": {"longitude": longitude, "latitude": latitude, "precision": precision}}


TOWNS = [
    {"slug": "a", "name": "A", "longitude": 28.0, "latitude": 64.0},
    {"slug": "b", "name": "B", "longitude": 29.0, "latitude": 65.0},
]
SQUARE = {
    "type": "Polygon",
    "coordinates": [[[27.5, 63.5], [28.5, 63.5], [28.5, 64.5], [27.5, 64.5], [27.5, 63.5]]],
}


def test_a_map_holds_every_point_and_the_outline() -> None:
    found = draw(
        {"features": [{"id": "a", "geometry": SQUARE}]},
        TOWNS,
        [card("X-1", 28.2, 64.1), card("X-2", None, None)],
        "",
    )
    assert [one["code"] for one in found.points] == ["X-1"]
    assert [one["name"] for one in found.places] == ["A", "B"]
    assert found.shapes[0]["path"].startswith("M")
    for one in (*found.points, *found.places):
        assert 0 <= one["x"] <= WIDTH
        assert 0 <= one["y"] <= found.height
    north, south = found.places[1], found.places[0]
    assert north["y"] < south["y"]
    assert north["x"] > south["x"]


def test_a_municipality_fills_its_own_map_and_one_point_is_not_all_of_it() -> None:
    alone = draw({"features": []}, TOWNS, [card("X-1", 28.0, 64.0, "municipality")], "a")
    assert [one["name"] for one in alone.places] == ["A"]
    assert (alone.points[0]["is_exact"], 0 < alone.points[0]["x"] < WIDTH) == (False, True)
    assert draw({}, [], [], "").points == []
