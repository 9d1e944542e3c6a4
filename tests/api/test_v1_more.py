"""Photographs, documents, sources and the fact bank by key."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from tests.api.conftest import Caller, caller_for, problem, read
from tests.factories import make_municipality, make_person
from tests.factories.sites import make_site
from vetovoima.accounts.enums import Role
from vetovoima.accounts.models import User
from vetovoima.activity.models import OutboxItem
from vetovoima.collection.models import Source
from vetovoima.collection.sources.services import add_source

pytestmark = pytest.mark.django_db
FACT = {
    "code": "own-population", "municipality": "kuhmo", "topic": "people", "label": {"en": "Population"}, "number": 7500,
    "as_of": "2026", "source": {"title": "Statistics", "dated": "2026"},
}  # fmt: skip


def picture() -> SimpleUploadedFile:
    file = io.BytesIO()
    Image.new("RGB", (80, 60), "green").save(file, "JPEG")
    return SimpleUploadedFile("a.jpg", file.getvalue(), "image/jpeg")


def test_a_photograph_is_added_and_taken_away(town: Caller, neighbour: Caller) -> None:
    path = f"offer/{make_site('kuhmo').code}"
    problem(town.upload(f"{path}/photos", file=picture()), 422, "invalid")
    added = read(
        town.upload(f"{path}/photos", file=picture(), alt_en="A green field", licence="CC BY 4.0"), 201
    )
    assert len(added["photos"]) == 1
    photo = f"{path}/photos/{added['photos'][0]}"
    problem(neighbour.call("DELETE", photo), 404, "not-found")
    assert read(town.call("DELETE", photo))["photos"] == []
    problem(town.call("DELETE", photo), 409, "conflict")
    not_one = SimpleUploadedFile("a.jpg", b"no picture")
    assert problem(town.upload(f"{path}/photos", file=not_one, alt_en="x"), 422, "invalid")["errors"]


def test_a_document_is_added_and_taken_away(town: Caller) -> None:
    path = f"offer/{make_site('kuhmo').code}"
    fields = {
        "kind": "ground",
        "title_en": "Ground survey",
        "description_en": "Layers of sand",
        "sharing": "public",
    }
    wrong = {**fields, "kind": "castle", "dated": "spring"}
    found = problem(town.upload(f"{path}/files", file=picture(), **wrong), 422, "invalid")
    assert {one["pointer"] for one in found["errors"]} == {"/kind", "/dated"}
    added = read(town.upload(f"{path}/files", file=picture(), **fields, dated="2026-05-02"), 201)
    assert added["media_type"] == "image/jpeg"
    assert read(town.call("DELETE", f"{path}/files/{added['name']}"))["files"] == []


@pytest.fixture
def source(officer: User) -> Source:
    return add_source(
        municipality=make_municipality("kuhmo"), values={
            "title": "Free plots", "kind": "csv", "address": "https://data.example.org/plots.csv",
            "record_kind": "plot", "schedule": "weekly", "ending": "draft",
        }, by=officer, now=timezone.now(),
    )  # fmt: skip


def test_a_source_is_read_now_and_paused(town: Caller, neighbour: Caller, source: Source) -> None:
    listed = read(town.get("sources"))["items"]
    assert [(one["title"], one["last_run"]) for one in listed] == [("Free plots", None)]
    assert read(neighbour.get("sources"))["items"] == []
    path = f"sources/{source.pk}"
    problem(neighbour.post(f"{path}/run"), 404, "not-found")
    assert read(town.post(f"{path}/run"), 202)["id"] == source.pk
    assert OutboxItem.objects.filter(key__contains="harvest").count() == 1
    assert read(town.call("PUT", f"{path}/activity", {"is_active": False}))["is_active"] is False
    assert read(town.get(f"{path}/runs"))["items"] == []


@pytest.fixture
def keeper(officer: User) -> Caller:
    return caller_for(officer, "facts:write")


def test_a_fact_is_added_changed_and_confirmed(keeper: Caller) -> None:
    made = keeper.post("facts", FACT)
    assert (read(made, 201)["number"], made.headers["ETag"]) == (7500, '"1"')
    changed = keeper.patch("facts/own-population", {"number": 7400, "as_of": "2026-10"}, if_match='"1"')
    assert (read(changed)["number"], read(changed)["revision"]) == (7400, 2)
    refused = keeper.patch("facts/own-population", {"number": 7300}, if_match='"1"')
    assert problem(refused, 412, "changed")["differences"] == [
        {"field": "number", "theirs": 7400, "yours": 7300}
    ]
    assert read(keeper.post("facts/own-population/confirm"))["checked_on"]
    assert read(keeper.get("facts?q=population"))["total"] == 1
    problem(keeper.get("facts/no-such"), 404, "not-found")


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [({"as_of": "2026-99"}, "/as_of"), ({"source": {}}, "/source/title"), ({"topic": "castles"}, "/topic"),
     ({"code": "A b"}, "/code"), ({"unit": "parsec"}, "/unit")],
)  # fmt: skip
def test_a_wrong_fact_is_named(keeper: Caller, wrong: Any, pointer: str) -> None:
    found = problem(keeper.post("facts", {**FACT, **wrong}), 422, "invalid")
    assert pointer in [one["pointer"] for one in found["errors"]]


def test_a_municipality_keeps_its_own_facts_alone(keeper: Caller) -> None:
    council = caller_for(make_person(Role.COORDINATOR), "facts:write")
    read(council.post("facts", {**FACT, "code": "region-population", "municipality": ""}), 201)
    assert read(keeper.get("facts/region-population"))["number"] == 7500
    problem(keeper.patch("facts/region-population", {"number": 1}), 409, "conflict")
    problem(keeper.post("facts", {**FACT, "municipality": ""}), 409, "conflict")


def test_documents_and_photographs_have_the_desks_limits_in_the_desks_words(
    town: Caller, settings: Any
) -> None:
    path = f"offer/{make_site('kuhmo').code}"
    settings.VETOVOIMA_MAX_UPLOAD_BYTES = 10
    described = {"title_en": "Survey", "kind": "ground", "licence": "CC BY 4.0"}
    large = SimpleUploadedFile("a.pdf", b"%PDF-1.4 " + b"x" * 100, "application/pdf")
    answered = town.upload(f"{path}/files", file=large, **described)
    assert answered.status_code != 413, "a photograph's limit is not a document's"
    found = problem(
        town.upload(f"{path}/photos", file=picture(), alt_en="x", licence="CC0"), 413, "too-large"
    )
    assert found["detail"] == "The file is too large: at most 10 MB."
    settings.VETOVOIMA_MAX_FILE_BYTES = 50
    large.seek(0)
    found = problem(town.upload(f"{path}/files", file=large, **described), 413, "too-large")
    assert "A PDF can be saved again in a smaller size." in found["detail"]
