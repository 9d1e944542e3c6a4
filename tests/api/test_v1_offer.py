"""The offer by key: made, changed, submitted, published and withdrawn by programs, as at the desk."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.api.conftest import Caller, caller_for, problem, read
from tests.factories import NOW, make_municipality, make_organisation
from tests.factories.sites import make_site, with_answers
from vetovoima.accounts.models import User
from vetovoima.activity.models import Fact
from vetovoima.api.v1.description import document
from vetovoima.catalogue import services as catalogue
from vetovoima.catalogue.models import Site
from vetovoima.directory.models import Contact
from vetovoima.reference.models import Sector

pytestmark = pytest.mark.django_db
NEW = {
    "municipality": "kuhmo",
    "kind": "plot",
    "values": {
        "name": {"fi": "Uusi tontti", "en": "New plot"},
        "area_m2": 12_500,
        "available_from": "2027-05-01",
    },
    "external_key": "GIS-7",
}


def new(**more: Any) -> dict[str, Any]:
    """This will give a payload of a new record with some members set."""
    return {**NEW, **more}


@pytest.fixture
def site(town: Caller) -> Site:
    return make_site("kuhmo", area_m2=1000)


def fresh(site: Site) -> Site:
    return Site.objects.get(pk=site.pk)


# Making and changing


def test_a_program_makes_a_draft_and_reads_it_back(town: Caller) -> None:
    made = town.post("offer", new())
    record = read(made, 201)
    assert made.headers["Location"] == f"http://testserver/api/v1/offer/{record['code']}"
    assert made.headers["ETag"] == '"1"'
    assert (record["state"], record["published_version"], record["external_key"]) == ("draft", 0, "GIS-7")
    assert record["values"]["area_m2"] == 12_500
    assert record["values"]["available_from"] == "2027-05-01"
    assert read(town.get(f"offer/{record['code']}")) == record
    assert read(town.get("offer?external_key=GIS-7"))["total"] == 1
    fact = Fact.objects.get(type="catalogue.site.created", code=record["code"])
    assert (fact.actor_name, fact.data["key"]) == ("Olli Officer", "Test program")


def test_a_record_keeps_sources_absences_and_originals(town: Caller) -> None:
    record = read(
        town.post(
            "offer",
            new(
                sources={"size": {"title": "Survey", "dated": "2026-05", "method": "measured"}},
                absent={"price_eur_m2": "not_studied"},
                originals={"area_m2": "1,25 ha"},
                profiles=["data_centre"],
            ),
        ),
        201,
    )
    assert record["sources"]["size"]["method"] == "measured"
    assert record["absent"] == {"price_eur_m2": "not_studied"}
    assert record["originals"] == {"area_m2": "1,25 ha"}
    path = f"offer/{record['code']}"
    changed = read(
        town.patch(
            path, {"values": {"price_eur_m2": 12}, "sources": {"electricity": {"title": "Grid company"}}}
        )
    )
    assert changed["absent"] == {}
    assert set(changed["sources"]) == {"size", "electricity"}, "a source that is not named stays"
    assert changed["originals"] == {"area_m2": "1,25 ha"}
    emptied = read(town.patch(path, {"values": {"area_m2": None}, "sources": {"size": None}}))
    assert "area_m2" not in emptied["values"]
    assert set(emptied["sources"]) == {"electricity"}


def test_related_things_are_given_by_their_public_names(town: Caller, site: Site) -> None:
    Sector.objects.create(slug="forest", name={"en": "Forest"})
    Contact.objects.create(key="olli", name="Olli", organisation=make_organisation("kuhmo", "municipality"))
    path = f"offer/{site.code}"
    values = read(town.patch(path, {"values": {"sectors": ["forest"], "contact": "olli"}}))["values"]
    assert (values["sectors"], values["contact"]) == (["forest"], "olli")
    found = problem(
        town.patch(path, {"values": {"sectors": ["no-such"], "contact": "nobody"}}), 422, "invalid"
    )
    assert {one["pointer"] for one in found["errors"]} == {"/values/sectors", "/values/contact"}


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"area_m2": "12"}, "type"), ({"area_m2": -1}, "range"), ({"area_m2": True}, "type"), ({"area_m3": 1}, "unknown_field"),
        ({"clear_height_m": 3}, "unknown_field"), ({"available_from": "1.5.2027"}, "day"), ({"name": "Plot"}, "type"),
        ({"name": {"de": "Platz"}}, "language"), ({"is_divisible": "yes"}, "type"), ({"plot_count": 1.5}, "type"),
        ({"property_ids": "1-2-3"}, "type"), ({"property_ids": [1]}, "type"), ({"tenure": "gift"}, "choice"),
        ({"geometry": {"type": "Point", "coordinates": [1, 2]}}, "outside"), ({"geometry": [1, 2]}, "type"),
        ({"plan_url": "javascript:alert(1)"}, "invalid"), ({"sectors": "forest"}, "type"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_named_and_nothing_is_made(town: Caller, values: Any, code: str) -> None:
    found = problem(town.post("offer", new(values={**NEW["values"], **values})), 422, "invalid")  # type: ignore[dict-item]
    assert [one["pointer"] for one in found["errors"]] == [f"/values/{next(iter(values))}"]
    assert not Site.objects.exists()
    if code != "outside":
        assert found["errors"][0]["code"] == code


def test_every_wrong_value_is_told_at_once(town: Caller) -> None:
    found = problem(
        town.post("offer", new(values={"area_m2": "x", "plot_count": "y", "nmae": 1})), 422, "invalid"
    )
    assert {one["field"] for one in found["errors"]} == {"area_m2", "plot_count", "nmae"}
    assert "Is it name?" in next(one["detail"] for one in found["errors"] if one["field"] == "nmae")


@pytest.mark.parametrize(
    ("payload", "pointer"),
    [
        (new(colour="red"), "/colour"), (new(kind="castle"), "/kind"), ({"kind": "plot"}, "/municipality"),
        (new(municipality="sotkamo"), "/municipality"), (new(sources={"size": {"titel": "x"}}), "/sources/size/titel"),
        (new(sources={"shape": {"title": "x"}}), "/sources"), (new(absent={"area_m2": "maybe"}), "/absent/area_m2"),
        (new(absent={"no_field": "none"}), "/absent/no_field"), (new(profiles=["castle"]), "/profiles/0"),
        (new(external_key="pack:x"), "/external_key"), (new(values=[]), "/values"),
    ],
)  # fmt: skip
def test_a_wrong_payload_is_named(town: Caller, payload: Any, pointer: str) -> None:
    make_municipality("sotkamo")
    found = problem(town.post("offer", payload), 422, "invalid")
    assert pointer in [one["pointer"] for one in found["errors"]]
    assert not Site.objects.exists()


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"null", b'{"kind": NaN}', b'{"a": 1e999}', b'"\\ud800"', b'{"kind": "\\u0000"}', b"\xff\xfe",
     b'{"values": {"area_m2": 1' + b"0" * 400 + b"}}", b"[" * 5000],
)  # fmt: skip
def test_what_is_no_json_is_a_problem(town: Caller, body: bytes) -> None:
    from django.test import Client

    response = Client().generic(
        "POST", "/api/v1/offer", body, "application/json", headers={"Authorization": f"Bearer {town.token}"}
    )
    assert response.status_code in (400, 422), response.content
    assert response.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    "values", [{"labour_note": {"en": "a\x00b"}}, {"labour_note": {"en\x00": "b"}}, {"area_m2": 2**60}]
)
def test_what_is_json_and_cannot_be_kept_is_named_as_such(town: Caller, values: Any) -> None:
    found = problem(town.post("offer", new(values=values)), 422, "invalid")
    assert "kept" in found["errors"][0]["detail"] and not Site.objects.exists()


# Two at once


def test_a_change_says_which_revision_it_means(town: Caller, site: Site) -> None:
    path = f"offer/{site.code}"
    problem(town.call("PATCH", path, {"values": {"area_m2": 5}}), 428, "revision-needed")
    etag = town.get(path).headers["ETag"]
    changed = town.patch(path, {"values": {"area_m2": 5}}, if_match=etag)
    assert (read(changed)["revision"], changed.headers["ETag"]) == (2, '"2"')
    assert town.get(path, if_none_match='"2"').status_code == 304


def test_the_second_writer_gets_the_differences_field_by_field(town: Caller, site: Site) -> None:
    path = f"offer/{site.code}"
    etag = town.get(path).headers["ETag"]
    catalogue.edit_site(
        site=site, values={"area_m2": 7, "locality": "Lentua"}, by=None, now=NOW, revision=None
    )
    refused = town.patch(path, {"values": {"area_m2": 5, "locality": "Lentua"}}, if_match=etag)
    found = problem(refused, 412, "changed")
    assert (found["revision"], refused.headers["ETag"]) == (2, '"2"')
    assert found["differences"] == [{"field": "area_m2", "theirs": 7, "yours": 5}]
    assert fresh(site).area_m2 == 7
    assert (
        read(town.patch(path, {"values": {"area_m2": 5}}, if_match=refused.headers["ETag"]))["revision"] == 3
    )


def test_a_step_may_say_the_revision_too(town: Caller, site: Site) -> None:
    problem(town.post(f"offer/{site.code}/submit", if_match='"9"'), 412, "changed")
    problem(town.post(f"offer/{site.code}/submit", if_match='"x"'), 400, "bad-request")
    assert read(town.post(f"offer/{site.code}/submit", if_match='"1"'))["state"] == "submitted"


# Sent again


def test_a_request_sent_again_makes_nothing_twice(town: Caller) -> None:
    first = town.post("offer", new(), idempotency_key="import-7")
    again = town.post("offer", new(), idempotency_key="import-7")
    assert read(again, 201) == read(first, 201)
    assert again.headers["Idempotent-Replayed"] == "true"
    assert (again.headers["ETag"], again.headers["Location"]) == (
        first.headers["ETag"],
        first.headers["Location"],
    )
    assert Site.objects.count() == 1
    problem(town.post("offer", new(external_key="other"), idempotency_key="import-7"), 422, "key-reused")


def test_a_refused_request_may_be_mended_and_sent_again(town: Caller) -> None:
    problem(town.post("offer", new(kind="castle"), idempotency_key="k"), 422, "invalid")
    assert town.post("offer", new(), idempotency_key="k").status_code == 201


def test_keys_of_different_programs_do_not_meet(town: Caller, officer: User) -> None:
    other = caller_for(officer, "sites:write")
    assert town.post("offer", new(), idempotency_key="k").status_code == 201
    assert other.post("offer", new(external_key="b"), idempotency_key="k").status_code == 201


# The way to the public side


def test_a_record_goes_from_draft_to_public_and_off_again(
    town: Caller, council: Caller, anybody: Caller
) -> None:
    site = make_site("kuhmo")
    path = f"offer/{site.code}"
    assert read(town.post(f"{path}/submit"))["state"] == "submitted"
    problem(town.patch(path, {"values": {"area_m2": 1}}), 409, "conflict")
    problem(town.post(f"{path}/publish"), 403, "scope-missing")
    assert (
        read(council.post(f"{path}/return", {"comment": "Add the price."}))["review_comment"]
        == "Add the price."
    )
    town.post(f"{path}/submit")
    published = read(council.post(f"{path}/publish"))
    assert (published["state"], published["published_version"]) == ("published", 1)
    assert read(anybody.get(f"sites/{site.code}"))["version"] == 1
    assert read(town.post(f"{path}/withdraw", {}))["state"] == "withdrawn"
    problem(anybody.get(f"sites/{site.code}"), 404, "not-found")
    words = [one["words"] for one in read(town.get(f"{path}/history"))["items"]]
    assert words[0] == "Withdrawn from the public side"
    assert len(words) == 6


def test_what_lacks_answers_is_not_submitted_and_says_what(town: Caller) -> None:
    code = read(town.post("offer", new()), 201)["code"]
    found = problem(town.post(f"offer/{code}/submit"), 409, "conflict")
    assert found["detail"].startswith("Fill in first, or say that it is not known:")
    answers = with_answers("plot", NEW["values"])["absent"]  # type: ignore[arg-type]
    town.patch(f"offer/{code}", {"absent": answers})
    assert read(town.post(f"offer/{code}/submit"))["state"] == "submitted"


def test_a_record_is_published_later_and_that_is_taken_back(council: Caller) -> None:
    site = make_site("kuhmo", state="submitted")
    path = f"offer/{site.code}"
    at = (timezone.now() + timedelta(days=1)).isoformat()
    assert read(council.post(f"{path}/publish", {"at": at}))["publish_at"]
    assert read(council.post(f"{path}/unschedule"))["publish_at"] is None
    problem(council.post(f"{path}/publish", {"at": "2020-01-01T00:00:00Z"}), 409, "conflict")
    problem(council.post(f"{path}/publish", {"at": "tomorrow"}), 422, "invalid")


def test_changes_are_undone_and_versions_restored(town: Caller, council: Caller) -> None:
    site = make_site("kuhmo", state="published", area_m2=1000)
    path = f"offer/{site.code}"
    town.patch(path, {"values": {"area_m2": 2000}})
    change = read(town.get(f"{path}/history"))["items"][0]
    assert change["changes"] == [{"field": "area_m2", "before": 1000.0, "after": 2000.0}]
    assert read(town.post(f"{path}/undo", {"fact": change["fact"]}))["values"]["area_m2"] == 1000
    town.patch(path, {"values": {"area_m2": 3000}})
    assert read(town.post(f"{path}/restore", {"version": 1}))["values"]["area_m2"] == 1000
    problem(town.post(f"{path}/restore", {"version": 9}), 409, "conflict")
    problem(town.post(f"{path}/undo", {"fact": 10**12}), 409, "conflict")


def test_the_quality_of_a_record_says_what_would_better_it(town: Caller, site: Site) -> None:
    found = read(town.get(f"offer/{site.code}/quality"))
    assert found["completeness"]["percent"] == fresh(site).completeness
    assert found["completeness"]["missing"][0]["why"]
    assert [step["level"] for step in found["readiness"]["steps"]][-1] == 5
    assert found["freshness"]["size"]["state"] == "undated"


# Reach


def test_a_neighbours_record_is_not_there(neighbour: Caller, site: Site) -> None:
    path = f"offer/{site.code}"
    assert read(neighbour.get("offer"))["items"] == []
    for response in (
        neighbour.get(path),
        neighbour.get(f"{path}/history"),
        neighbour.get(f"{path}/quality"),
        neighbour.patch(path, {"values": {"area_m2": 1}}),
        neighbour.post(f"{path}/submit"),
        neighbour.post(f"{path}/withdraw", {}),
        neighbour.post(f"{path}/undo", {"fact": 1}),
    ):
        problem(response, 404, "not-found")
    assert fresh(site).revision == site.revision


def test_lists_are_filtered_and_paged(town: Caller) -> None:
    for number in range(3):
        make_site("kuhmo", kind="premises" if number else "plot")
    assert read(town.get("offer?kind=premises"))["total"] == 2
    page = read(town.get("offer?limit=2"))
    assert (len(page["items"]), page["total"]) == (2, 3)
    assert page["next"] == "http://testserver/api/v1/offer?limit=2&offset=2"
    problem(town.get("offer?state=lost"), 400, "bad-request")


def test_a_list_asks_the_same_number_of_questions_however_long_it_is(
    town: Caller, django_assert_max_num_queries: Any
) -> None:
    for _number in range(12):
        make_site("kuhmo")
    town.get("offer")
    with django_assert_max_num_queries(5):
        assert read(town.get("offer"))["total"] == 12


# What is answered is what is described


def test_answers_are_as_described(town: Caller, site: Site) -> None:
    from jsonschema import Draft202012Validator

    described = document()
    for path, name in ((f"offer/{site.code}", "Record"), ("offer", "RecordList")):
        schema = {"$ref": f"#/components/schemas/{name}", "components": described["components"]}
        errors = [error.message for error in Draft202012Validator(schema).iter_errors(read(town.get(path)))]
        assert errors == []
