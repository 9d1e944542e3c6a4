"""The frame of the API: what holds for every address, and what anybody may read."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client

from tests.api.conftest import ROOT, Caller, caller_for, problem, read
from tests.factories import NOW, make_municipality, make_person, make_region
from tests.factories.sites import make_site
from vetovoima.accounts.enums import Role
from vetovoima.accounts.models import ApiKey, User
from vetovoima.accounts.services import revoke_key
from vetovoima.api.v1.description import document
from vetovoima.catalogue import services as catalogue
from vetovoima.catalogue.models import Site
from vetovoima.common.fields import Translated
from vetovoima.reference.models import Sector

pytestmark = pytest.mark.django_db
LISTS = ("sites", "opportunities", "municipalities", "sectors")


@pytest.fixture
def published(anybody: Caller) -> Site:
    return make_site("kuhmo", state="published", area_m2=1234, summary=Translated(en="By the lake"))


# What anybody may read


def test_the_beginning_says_where_to_go_on(anybody: Caller) -> None:
    found = read(anybody.get(""))
    assert found["openapi"] == "http://testserver/api/v1/openapi.json"
    assert set(LISTS) <= set(found["lists"])
    for address in found["lists"].values():
        assert Client().get(address).status_code in (200, 401)


def test_sites_and_their_documents_are_open(published: Site, anybody: Caller) -> None:
    found = read(anybody.get("sites?lang=en"))
    assert (found["total"], found["next"]) == (1, None)
    item = found["items"][0]
    assert (item["code"], item["version"]) == (published.code, 1)
    assert {"updated_at", "licence", "languages", "key_facts", "is_example"} <= set(item)
    assert item["url"] == f"http://testserver/en/sites/{published.code}/"
    whole = read(anybody.get(f"sites/{published.code}"))
    assert whole["name"]["text"] == "Kantola plot"
    assert [fact["display"] for fact in whole["key_facts"] if fact["field"] == "area_m2"] == ["1,234"]
    problem(anybody.get("sites/XXX-000-0000"), 404, "not-found")


def test_a_draft_is_not_there_for_anybody(anybody: Caller) -> None:
    draft = make_site("kuhmo")
    assert read(anybody.get("sites"))["items"] == []
    problem(anybody.get(f"sites/{draft.code}"), 404, "not-found")


def test_an_address_answers_with_and_without_a_slash(published: Site, anybody: Caller) -> None:
    for path in ("sites", f"sites/{published.code}", "sectors"):
        assert anybody.get(path).content == anybody.get(f"{path}/").content


def test_lists_are_filtered_and_paged_to_their_end(anybody: Caller) -> None:
    for number in range(5):
        make_site("kuhmo" if number < 4 else "sotkamo", state="published", area_m2=number * 100)
    codes, path = [], "sites?limit=2&municipality=kuhmo"
    while path:
        page = read(anybody.get(path))
        codes += [one["code"] for one in page["items"]]
        path = (page["next"] or "").removeprefix(f"http://testserver{ROOT}")
    assert len(codes) == len(set(codes)) == page["total"] == 4
    assert read(anybody.get("sites?min_area_m2=300"))["total"] == 2
    assert read(anybody.get("sites?kind=premises"))["total"] == 0


def test_municipalities_and_sectors_carry_their_sources(anybody: Caller) -> None:
    make_municipality("kuhmo", source={"title": "Register"})
    Sector.objects.create(slug="forest", name={"en": "Forest"}, source={"title": "Strategy"})
    town = read(anybody.get("municipalities"))["items"][0]
    assert (town["slug"], town["sites"], town["source"]) == ("kuhmo", 0, {"title": "Register"})
    assert read(anybody.get("sectors"))["items"][0]["source"] == {"title": "Strategy"}


# What holds everywhere


@pytest.mark.parametrize("name", LISTS)
def test_open_lists_are_open_to_other_sites_and_may_be_kept(
    published: Site, anybody: Caller, name: str
) -> None:
    response = anybody.get(name)
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["Cache-Control"] == "public, max-age=60"
    assert "Set-Cookie" not in response.headers
    again = anybody.get(name, if_none_match=response.headers["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["Access-Control-Allow-Origin"] == "*"


def test_a_reader_gets_304_until_something_is_published(published: Site, anybody: Caller) -> None:
    etag = anybody.get("sites").headers["ETag"]
    edited = catalogue.edit_site(site=published, values={"area_m2": 5}, by=None, now=NOW, revision=None)
    assert anybody.get("sites", if_none_match=etag).status_code == 304
    catalogue.publish_site(site=edited, by=None, now=NOW)
    assert anybody.get("sites", if_none_match=etag).status_code == 200


@pytest.mark.parametrize(
    ("path", "word"),
    [
        ("sites?foo=1", "foo"), ("sites?limit=0", "limit"), ("sites?limit=501", "limit"), ("sites?limit=x", "limit"),
        ("sites?offset=-1", "offset"), ("sites?lang=de", "lang"), ("sites?municipality=atlantis", "atlantis"),
        ("sites?bbox=1", "four numbers"), ("sites?min_area_m2=NaN", "min_area_m2"), ("sites?kind=castle", "kind"),
        ("sites?limit=1&limit=2", "once"), ("sectors?q=x", "q"), ("sites?q=%00", "character"),
        ("sites?kind=opportunity", "kind"),
    ],
)  # fmt: skip
def test_a_wrong_question_is_named(anybody: Caller, path: str, word: str) -> None:
    response = anybody.get(path)
    assert (response.status_code, response.headers["Content-Type"]) == (400, "application/problem+json")
    assert word in json.loads(response.content)["detail"]


def test_unknown_parameters_are_named_with_the_known_ones(anybody: Caller) -> None:
    found = problem(anybody.get("sectors?colour=red&size=1"), 400, "unknown-parameter")
    assert (found["unknown"], found["known"]) == (["colour", "size"], ["lang", "limit", "offset"])


def test_problems_speak_the_readers_language(anybody: Caller) -> None:
    english = problem(anybody.get("sites/XX"), 404, "not-found")
    for language in ("fi", "sv"):
        response = anybody.get("sites/XX", accept_language=language)
        assert response.headers["Content-Language"] == language
        assert problem(response, 404, "not-found")["type"] == english["type"]


def test_other_methods_and_other_addresses_are_problems(anybody: Caller) -> None:
    response = anybody.call("DELETE", "sites")
    problem(response, 405, "method")
    assert response.headers["Allow"] == "GET, HEAD, OPTIONS"
    problem(anybody.get("nothing/here"), 404, "not-found")
    assert anybody.call("HEAD", "sites").status_code == 200


def test_pages_of_other_sites_may_read_what_is_open_and_nothing_else(anybody: Caller, town: Caller) -> None:
    assert anybody.call("OPTIONS", "sites").headers["Access-Control-Allow-Origin"] == "*"
    for response in (anybody.call("OPTIONS", "offer"), town.get("offer"), anybody.get("offer")):
        assert "Access-Control-Allow-Origin" not in response.headers


# Keys


def test_without_a_valid_key_nothing_is_told(anybody: Caller, town: Caller, officer: User) -> None:
    for token in ("", "vv_00000000_" + "x" * 43, town.token[:-1] + "!"):
        response = Caller(token).get("offer")
        problem(response, 401, "key-needed")
        assert response.headers["WWW-Authenticate"].startswith("Bearer")
    browser = Client()
    browser.force_login(officer)
    assert browser.get(f"{ROOT}offer").status_code == 401
    assert browser.post(f"{ROOT}offer", {}, content_type="application/json").status_code == 401


def test_a_revoked_key_is_out_at_once(town: Caller, officer: User) -> None:
    assert town.get("offer").status_code == 200
    revoke_key(key=ApiKey.objects.get(), by=officer, now=datetime.now(UTC))
    problem(town.get("offer"), 401, "key-needed")


def test_a_key_without_the_scope_is_told_which_it_needs(officer: User) -> None:
    reader = caller_for(officer, "sites:read")
    assert reader.get("offer").status_code == 200
    found = problem(reader.post("offer", {}), 403, "scope-missing")
    assert "sites:write" in found["scopes"]


def test_what_a_key_reads_is_kept_by_nobody(town: Caller) -> None:
    response = town.get("offer")
    assert response.headers["Cache-Control"] == "no-store"
    assert town.get("offer", if_none_match=response.headers["ETag"]).status_code == 304


# Limits


@pytest.fixture
def few(settings: Any) -> None:
    settings.VETOVOIMA_API_CALLS_PER_MINUTE = 3
    settings.VETOVOIMA_API_PUBLIC_CALLS_PER_MINUTE = 2


def test_a_key_has_so_many_calls_a_minute(few: None, town: Caller, neighbour: Caller) -> None:
    with time_machine.travel(datetime(2026, 11, 1, 12, 0, 20, tzinfo=UTC), tick=False) as clock:
        ApiKey.objects.update(expires_at=datetime(2027, 1, 1, tzinfo=UTC))
        left = [town.get("offer").headers["RateLimit"] for _ in range(3)]
        assert left == ['"minute";r=2;t=40', '"minute";r=1;t=40', '"minute";r=0;t=40']
        refused = town.get("offer")
        problem(refused, 429, "too-many")
        assert refused.headers["Retry-After"] == "40"
        assert refused.headers["RateLimit-Policy"] == '"minute";q=3;w=60'
        assert neighbour.get("offer").status_code == 200, "another key has its own count"
        clock.shift(40)
        assert town.get("offer").status_code == 200


def test_an_address_without_a_key_has_its_own_limit(few: None, anybody: Caller, settings: Any) -> None:
    assert [anybody.get("sectors").status_code for _ in range(3)] == [200, 200, 429]
    assert anybody.get("sectors", x_forwarded_for="203.0.113.9").status_code == 429, "no proxy is trusted"
    settings.VETOVOIMA_TRUSTED_PROXIES = 1
    assert anybody.get("sectors", x_forwarded_for="203.0.113.9").status_code == 200


def test_guessing_keys_ends_after_twenty(anybody: Caller) -> None:
    answers = [Caller("vv_00000000_" + "x" * 43).get("offer").status_code for _ in range(22)]
    assert answers == [401] * 20 + [429] * 2


# The description


def test_the_description_is_openapi_3_1_and_tells_every_scope(anybody: Caller) -> None:
    response = anybody.get("openapi.json")
    found = read(response)
    assert found["openapi"] == "3.1.0"
    assert anybody.get("openapi.json", if_none_match=response.headers["ETag"]).status_code == 304
    patch = found["paths"]["/api/v1/offer/{code}"]["patch"]
    assert (patch["security"], "sites:write" in patch["x-scopes"]) == ([{"key": []}], True)
    assert found["paths"]["/api/v1/sites"]["get"]["security"] == []
    names = [one["operationId"] for path in found["paths"].values() for one in path.values()]
    assert len(names) == len(set(names))


def test_a_new_field_of_the_standard_is_described_by_itself() -> None:
    from vetovoima.catalogue.registry import FIELDS

    described = document()["components"]["schemas"]["Values"]["properties"]
    assert list(described) == [spec.name for spec in FIELDS]
    power = described["free_capacity_mw"]["anyOf"][0]
    assert (power["title"], power["x-unit"]) == ("Free electric power", "MW")


def test_every_schema_of_the_description_is_json_schema() -> None:
    from jsonschema import Draft202012Validator

    for schema in document()["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


def test_the_page_for_people_needs_no_script_and_names_every_operation(anybody: Caller) -> None:
    page = anybody.get("docs").content.decode()
    assert "cdn" not in page.lower()
    for path in document()["paths"]:
        assert path in page, path
    for name in ("not-found", "changed", "too-many"):
        assert f'id="{name}"' in page


def test_the_page_cache_keeps_what_is_open_by_language_and_nothing_else(
    published: Site, town: Caller, settings: Any, tmp_path: Any
) -> None:
    settings.CACHES = {
        **settings.CACHES,
        "pages": {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": str(tmp_path),
        },
    }
    finnish, swedish = (Caller().get("sites", accept_language=one) for one in ("fi", "sv"))
    assert (read(finnish)["language"], read(swedish)["language"]) == ("fi", "sv")
    assert Caller().get("sites", accept_language="fi").headers["X-Page-Cache"] == "hit"
    assert town.get("offer").status_code == 200
    problem(Caller().get("offer"), 401, "key-needed")
    assert "RateLimit" not in finnish.headers


def test_somebody_without_a_region_reads_empty_lists(db: None) -> None:
    assert read(Caller().get("sites"))["items"] == []
    make_region()
    make_person(Role.ADMIN)
