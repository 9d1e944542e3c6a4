"""API keys in the permission matrix: every operation × keys of several people and scopes × every specimen.

What is right follows from `accounts.rights` and `accounts.scopes` alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from vetovoima.accounts.enums import Role
from vetovoima.accounts.models import User
from vetovoima.accounts.rights import Action, Kind, Reach, reach_of_role
from vetovoima.accounts.rules import grantable_scopes
from vetovoima.accounts.scopes import pairs_of
from vetovoima.accounts.services import add_member, create_key
from vetovoima.activity.models import Fact
from vetovoima.api.v1.doors import KeyDoor
from vetovoima.api.v1.frame import door_of
from vetovoima.api.v1.service import operations

from .test_canary import Canaries, token
from .world import Specimen, World, build_world

pytestmark = pytest.mark.django_db
READING = ("sites:read", "collection:read", "webhooks:read", "channels:read", "deliveries:read")
#: what fills the parts of an address that name no specimen
PARTS = {
    "number": "999",
    "row": "1",
    "municipality": "other",
    "name": "0" * 32,
    "version": "1",
    "id": "1",
    "slug": "own",
}
#: which specimens an address names by how it begins
NAMED = {"offer/{code}": Kind.SITE, "webhooks/{key}": Kind.WEBHOOK, "channels/{key}": Kind.CHANNEL,
         "partners/{key}": Kind.PARTNER, "deliveries/{code}": Kind.DELIVERY}  # fmt: skip


@dataclass(frozen=True)
class Identity:
    """A key: whose, of which scopes, and its text."""

    name: str
    role: str
    scopes: tuple[str, ...]
    token: str


@dataclass(frozen=True)
class Call:
    """One operation with its address filled in."""

    method: str
    path: str
    door: KeyDoor
    specimen: Specimen | None


def _key(person: User, scopes: tuple[str, ...] = ()) -> tuple[str, tuple[str, ...]]:
    organisation = person.memberships.get().organisation
    wanted = scopes or tuple(scope.name for scope in grantable_scopes(person, organisation.pk))
    _made, text = create_key(
        owner=person,
        organisation=organisation,
        name="matrix",
        scopes=wanted,
        days=30,
        by=person,
        now=timezone.now(),
    )
    return text, wanted


def identities(world: World) -> Iterator[Identity]:
    """The keys that are tried: one that reads and one that writes of a municipality's officer, and the council's."""
    officer, council = world.people[Role.MUNICIPALITY_OFFICER], world.people[Role.COORDINATOR]
    for name, person, role, scopes in (
        ("API read key", officer, Role.MUNICIPALITY_OFFICER, READING),
        ("API write key", officer, Role.MUNICIPALITY_OFFICER, ()),
        ("API read key of the council", council, Role.COORDINATOR, READING),
        ("API key of the council", council, Role.COORDINATOR, ()),
    ):
        text, held = _key(person, scopes)
        yield Identity(name, role, held, text)


def calls(world: World) -> list[Call]:
    """Every operation that asks for a key, once for each specimen it may name."""
    found = []
    for route, by_method, _view in operations():
        for method, operation in by_method.items():
            door = door_of(operation)
            if isinstance(door, KeyDoor):
                found += [
                    Call(method, f"/api/v1/{path}", door, specimen)
                    for path, specimen in _filled(route, world)
                ]
    assert len(found) > 60, "the operations were not found"
    return found


def _filled(route: str, world: World) -> Iterator[tuple[str, Specimen | None]]:
    named = next((kind for start, kind in NAMED.items() if route.startswith(start)), None)
    for specimen in world.keys(named) if named else [None]:
        known = specimen.key if specimen else "no-such"
        parts = {"code": known, "key": known, "delivery": "no-such", **PARTS}
        filled = "/".join(
            parts[part.strip("{}").rpartition(":")[2]] if part.startswith("{") else part
            for part in route.split("/")
        )
        yield filled, specimen


def _expected(call: Call, identity: Identity) -> set[int]:
    """The answers that are right: no scope or no right 403, not visible 404, else anything that is no refusal."""
    pair = (call.door.kind, call.door.action)
    if pair not in pairs_of(identity.scopes) or reach_of_role(identity.role, *pair) == Reach.NONE:
        return {403}
    if call.specimen is not None:
        seen = call.specimen.is_visible_to(
            identity.role, reach_of_role(identity.role, call.specimen.kind, Action.VIEW)
        )
        # What is wrong with the payload may be told first: it tells nothing of the record.
        if not seen:
            return {404, 422} if call.method != "GET" else {404}
    # A record that may be seen can be in a state in which nobody may do this (403), as at the desk.
    in_state = {403} if call.specimen is not None else set()
    return {200, 201, 202, 204, 400, 404, 409, 412, 422, 428} | in_state


def _try(call: Call, text: str, body: Any = None) -> Any:
    cache.clear()
    headers = {"Authorization": f"Bearer {text}"} if text else {}
    return Client().generic(
        call.method, call.path, body if body is not None else b"{}", "application/json", headers=headers
    )


def test_every_operation_answers_each_key_as_the_tables_say() -> None:
    world = build_world()
    wrong = []
    for identity in identities(world):
        for call in calls(world):
            status = _try(call, identity.token).status_code
            if status not in _expected(call, identity):
                wrong.append(f"{call.method} {call.path} by {identity.name}: {status}")
    assert wrong == []


def test_without_a_key_and_with_a_session_alone_every_operation_is_closed() -> None:
    world = build_world()
    browser = Client()
    browser.force_login(world.people[Role.COORDINATOR])
    for call in calls(world):
        assert _try(call, "").status_code == 401, call
        cache.clear()
        assert browser.generic(call.method, call.path, b"{}", "application/json").status_code == 401, call


def test_nobodys_key_changes_what_its_owner_may_not() -> None:
    world = build_world()
    hidden = {one.key for one in world.specimens if one.least == Reach.ALL}
    before = Counter(Fact.objects.filter(code__in=hidden).values_list("code", flat=True))
    text, _scopes = _key(world.people[Role.MUNICIPALITY_OFFICER])
    bodies = (b"{}", b'{"values": {"area_m2": 1}}', b'{"fact": 1}', b'{"version": 1}', b'{"comment": "x"}')
    for call in calls(world):
        if call.specimen is not None and call.specimen.key in hidden:
            for body in bodies:
                headers = {"Authorization": f"Bearer {text}", "If-Match": "*"}
                Client().generic(call.method, call.path, body, "application/json", headers=headers)
    assert Counter(Fact.objects.filter(code__in=hidden).values_list("code", flat=True)) == before


def test_no_canary_reaches_a_key_that_may_not_read_it() -> None:
    canaries = Canaries()
    world = build_world(canaries)
    forbidden = canaries.forbidden_to(world, Role.MUNICIPALITY_OFFICER)
    text, _scopes = _key(world.people[Role.MUNICIPALITY_OFFICER])
    reading = [call for call in calls(world) if call.method == "GET"]
    # A workbook is compressed: what it would hold is read as CSV.
    addresses = [call.path for call in reading] + [
        "/api/v1/export?format=csv",
        "/api/v1/export?format=geojson",
    ]
    headers = {"Authorization": f"Bearer {text}"}
    seen = [
        (path, Client().get(path, headers=headers).content.decode(errors="replace")) for path in addresses
    ]
    leaks = [
        f"{forbidden[word]} at {path}" for path, content in seen for word in forbidden if word in content
    ]
    assert leaks == []
    own = token("site:own-draft:internal_note")
    assert any(own in content for _path, content in seen), "the crawl finds what may be seen"


def test_a_person_of_two_organisations_reaches_by_a_key_only_the_one_it_was_made_for() -> None:
    world = build_world()
    officer = world.people[Role.MUNICIPALITY_OFFICER]
    text, _scopes = _key(officer)
    add_member(
        email=officer.email, display_name="", language="en", organisation=world.organisations["other-town"],
        role=Role.MUNICIPALITY_OFFICER, password=None,
    )  # fmt: skip
    headers = {"Authorization": f"Bearer {text}"}
    codes = {one["code"] for one in Client().get("/api/v1/offer", headers=headers).json()["items"]}
    assert codes == {site.code for name, site in world.sites.items() if name.startswith("own-")}


@pytest.mark.parametrize(
    "role", [role for role in Role if role not in (Role.COORDINATOR, Role.MUNICIPALITY_OFFICER)]
)
def test_other_roles_have_nothing_to_give_to_a_key(role: str) -> None:
    world = build_world()
    person = world.people[role]
    # The administrator runs what is told to other systems, and nothing else by a program.
    given = (
        ["webhooks:read", "webhooks:write", "channels:read", "channels:write"] if role == Role.ADMIN else []
    )
    assert [one.name for one in grantable_scopes(person, person.memberships.get().organisation_id)] == given
