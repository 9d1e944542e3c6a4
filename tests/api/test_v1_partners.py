"""Partner channels and deliveries by key: prepared by a municipality's program, noted by the council's."""

from __future__ import annotations

import hashlib
import json

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.timezone import localdate
from jsonschema import Draft202012Validator

from tests.api.conftest import Caller, caller_for, problem, read
from tests.factories import make_person, make_region
from tests.factories.sites import make_site
from tests.syndication.partners_world import make_channel
from vetovoima.accounts.enums import Role
from vetovoima.accounts.models import User
from vetovoima.syndication.models import PartnerDelivery
from vetovoima.syndication.partners import packing

pytestmark = pytest.mark.django_db
EVERY = ("deliveries:read", "deliveries:write")


@pytest.fixture(autouse=True)
def quick_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    """The typesetter is tried elsewhere; here its time is spared."""
    monkeypatch.setattr(packing, "delivery_pdf", lambda document: b"%PDF-1.7 quick")


@pytest.fixture
def town(officer: User) -> Caller:
    """The municipality's program."""
    return caller_for(officer, *EVERY)


@pytest.fixture
def council(db: None) -> Caller:
    """The council's program."""
    make_region()
    return caller_for(make_person(Role.COORDINATOR), *EVERY, "deliveries:note")


def draft(town: Caller) -> str:
    make_channel()
    site = make_site(state="published")
    body = {"channel": "windy-agency", "municipality": "kuhmo", "title": "Power", "records": [site.code]}
    found = read(town.post("deliveries", body), 201)
    assert (found["state"], found["municipality"], found["digest"]) == ("draft", "kuhmo", "")
    code: str = found["code"]
    return code


def test_the_register_is_read(town: Caller, anybody: Caller) -> None:
    make_channel(note="Secret of the council", fee=100, fee_currency="EUR", fee_period="year")

    page = read(town.get("partners"))
    one = read(town.get("partners/windy-agency"))

    assert (page["total"], page["items"]) == (1, [one])
    assert (one["fee"], one["fee_currency"], one["talk_on"]) == (100.0, "EUR", None)
    assert "Secret" not in json.dumps(page)
    problem(town.get("partners/nothing"), 404, "not-found")
    problem(anybody.get("partners"), 401, "key-needed")


def test_a_delivery_from_draft_to_outcome(town: Caller, council: Caller) -> None:
    code = draft(town)
    path, today = f"deliveries/{code}", localdate().isoformat()
    packed = read(town.post(f"{path}/pack"))
    document = town.get(f"{path}/document")
    record = packed["records"][0]["code"]
    steps = [
        ("sent", {"sent_on": today, "way": "mail", "sent_to": "Ada"}),
        ("receipt", {"received_on": today, "reference": "BF-77", "note": "Thanks"}),
        ("shown", {"shown_on": today, "url": "https://agency.example/", "versions": {record: 1}}),
        ("outcome", {"ended_on": today, "outcome": "leads", "enquiry_count": 2, "lead_count": 0}),
    ]
    states = [read(council.post(f"{path}/{step}", body))["state"] for step, body in steps]

    assert states == ["sent", "received", "shown", "ended"]
    assert packed["digest"] == hashlib.sha256(document.content).hexdigest()
    assert document.headers["Content-Type"] == "application/json"
    schema = json.loads(Client().get("/schema/delivery.json").content)
    assert list(Draft202012Validator(schema).iter_errors(json.loads(document.content))) == []
    mine = read(town.get(path))
    assert (mine["records"][0]["shown_version"], mine["enquiry_count"], mine["sent_to"]) == (1, 2, "Ada")
    assert read(council.get("deliveries?state=ended&channel=windy-agency"))["total"] == 1
    assert read(council.get("deliveries?state=draft"))["total"] == 0


def test_a_municipality_does_not_note_and_a_neighbour_sees_nothing(town: Caller, council: Caller) -> None:
    code = draft(town)
    read(town.post(f"deliveries/{code}/pack"))
    sent = {"sent_on": localdate().isoformat(), "way": "mail"}
    stranger = make_person(Role.MUNICIPALITY_OFFICER, "sotkamo")
    neighbour = caller_for(stranger, *EVERY)

    problem(town.post(f"deliveries/{code}/sent", sent), 403, "scope-missing")
    problem(neighbour.get(f"deliveries/{code}"), 404, "not-found")
    problem(neighbour.post(f"deliveries/{code}/pack"), 404, "not-found")
    problem(neighbour.get(f"deliveries/{code}/document"), 404, "not-found")
    assert read(neighbour.get("deliveries"))["total"] == 0
    foreign = {"channel": "windy-agency", "municipality": "kuhmo", "title": "X", "records": ["A"]}
    problem(neighbour.post("deliveries", foreign), 403, "forbidden")
    problem(town.post("deliveries", {**foreign, "municipality": None}), 403, "forbidden")
    assert PartnerDelivery.objects.get().state == "draft"
    reader = caller_for(stranger, "deliveries:read")
    problem(reader.post("deliveries", foreign), 403, "scope-missing")


def test_wrong_input_is_refused_field_by_field(town: Caller) -> None:
    code = draft(town)
    secret = make_site().code
    good = {"channel": "windy-agency", "municipality": "kuhmo", "title": "X", "records": [secret]}

    found = problem(town.post("deliveries", good), 422, "invalid")
    assert [one["pointer"] for one in found["errors"]] == ["/records"]
    for wrong in (
        {"channel": "nothing"}, {"municipality": "atlantis"}, {"records": []}, {"title": ""}, {"language": "de"},
        {"records": ["x"] * 41}, {"contact": "nobody"}, {"more": 1}, {"title": "A\nB"},
    ):  # fmt: skip
        problem(town.post("deliveries", {**good, **wrong}), 422, "invalid")
    problem(town.patch(f"deliveries/{code}", {"title": "New", "revision": 99}), 409, "conflict")
    problem(town.get(f"deliveries/{code}/document"), 409, "conflict")
    assert PartnerDelivery.objects.count() == 1


def test_a_draft_is_changed_and_put_away(town: Caller) -> None:
    code = draft(town)
    read(town.post(f"deliveries/{code}/pack"))

    changed = read(town.patch(f"deliveries/{code}", {"title": "New", "message": "Look"}))

    assert (changed["title"], changed["digest"], changed["files"]) == ("New", "", [])
    assert read(town.post(f"deliveries/{code}/cancel"))["state"] == "cancelled"
    problem(town.post(f"deliveries/{code}/cancel"), 409, "conflict")


def test_noting_the_same_twice_with_one_key_happens_once(town: Caller, council: Caller) -> None:
    code = draft(town)
    read(town.post(f"deliveries/{code}/pack"))
    body = {"sent_on": localdate().isoformat(), "way": "mail", "sent_to": "Ada"}

    first = council.post(f"deliveries/{code}/sent", body, idempotency_key="once")
    again = council.post(f"deliveries/{code}/sent", body, idempotency_key="once")
    other = council.post(f"deliveries/{code}/sent", body)

    assert read(first) == read(again)
    problem(other, 409, "conflict")


def test_who_was_given_a_withdrawn_record_is_told_by_program(town: Caller, council: Caller) -> None:
    from vetovoima.catalogue import services as catalogue
    from vetovoima.catalogue.models import Site

    code, today = draft(town), localdate().isoformat()
    read(town.post(f"deliveries/{code}/pack"))
    read(council.post(f"deliveries/{code}/sent", {"sent_on": today, "way": "form"}))
    site = Site.objects.get(published_version=1)
    catalogue.withdraw_site(site=site, by=make_person(Role.COORDINATOR), now=timezone.now())

    seen = read(council.get(f"deliveries/{code}"))["records"][0]
    assert (seen["public_version"], seen["told_on"], bool(seen["withdrawn_at"])) == (None, None, True)
    told = read(council.post(f"deliveries/{code}/told", {"codes": [site.code], "told_on": today}))
    assert told["records"][0]["told_on"] == today
    problem(
        council.post(f"deliveries/{code}/told", {"codes": [site.code], "told_on": today}), 409, "conflict"
    )


def test_the_schema_is_public_and_open_to_other_origins(client: Client) -> None:
    make_region()
    answer = client.get("/schema/delivery.json")

    assert answer.headers["Content-Type"] == "application/schema+json"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    Draft202012Validator.check_schema(json.loads(answer.content))
