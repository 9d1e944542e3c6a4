"""Keys and the calls that programs make with them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from tests.factories import make_person, make_region
from vetovoima.accounts.enums import Role
from vetovoima.accounts.models import User
from vetovoima.accounts.services import create_key

ROOT = "/api/v1/"


@dataclass
class Caller:
    """A program with a key, or without."""

    token: str = ""

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> HttpResponse:
        """This will call an address below /api/v1/ with a JSON body."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.token:
            named["Authorization"] = f"Bearer {self.token}"
        given = {} if body is None else {"data": json.dumps(body), "content_type": "application/json"}
        return Client().generic(method, ROOT + path, headers=named, **given)  # type: ignore[arg-type]

    def get(self, path: str, **headers: str) -> HttpResponse:
        """This will read."""
        return self.call("GET", path, **headers)

    def post(self, path: str, body: Any = None, **headers: str) -> HttpResponse:
        """This will do something."""
        return self.call("POST", path, body, **headers)

    def patch(self, path: str, body: Any, **headers: str) -> HttpResponse:
        """This will change something; unless said otherwise, whatever it says now."""
        return self.call("PATCH", path, body, **{"if_match": "*", **headers})

    def upload(self, path: str, **fields: Any) -> HttpResponse:
        """This will send a form with files."""
        return Client().post(ROOT + path, fields, headers={"Authorization": f"Bearer {self.token}"})


def read(response: HttpResponse, status: int = 200) -> Any:
    """This will read an answer's JSON; a test fails with the whole answer when the status is another."""
    assert response.status_code == status, (response.status_code, response.content[:2000])
    return json.loads(response.content)


def problem(response: HttpResponse, status: int, kind: str) -> Any:
    """This will read a problem of a kind."""
    found = read(response, status)
    assert response.headers["Content-Type"] == "application/problem+json"
    assert found["type"] == f"/api/v1/docs#{kind}", found
    assert (found["status"], bool(found["title"]), bool(found["detail"])) == (status, True, True)
    return found


def caller_for(person: User, *scopes: str) -> Caller:
    """This will give a person's program a key."""
    organisation = person.memberships.get().organisation
    _key, token = create_key(
        owner=person, organisation=organisation, name="Test program", scopes=scopes, days=30, by=person,
        now=timezone.now(),
    )  # fmt: skip
    return Caller(token)


@pytest.fixture(autouse=True)
def fresh_limits() -> Iterator[None]:
    """Counts of one test are none of the next one's."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def anybody(db: None) -> Caller:
    """A program without a key."""
    make_region()
    return Caller()


@pytest.fixture
def officer(db: None) -> User:
    """The business officer of Kuhmo."""
    make_region()
    return make_person(Role.MUNICIPALITY_OFFICER, "kuhmo", display_name="Olli Officer")


@pytest.fixture
def town(officer: User) -> Caller:
    """The municipality's program, with every scope of its work."""
    return caller_for(
        officer, "sites:read", "sites:write", "sites:submit", "collection:read", "collection:write"
    )


@pytest.fixture
def neighbour(db: None) -> Caller:
    """Another municipality's program."""
    make_region()
    person = make_person(Role.MUNICIPALITY_OFFICER, "sotkamo", display_name="Nelli Neighbour")
    return caller_for(
        person, "sites:read", "sites:write", "sites:submit", "collection:read", "collection:write"
    )


@pytest.fixture
def council(db: None) -> Caller:
    """The council's program."""
    make_region()
    person = make_person(Role.COORDINATOR, display_name="Kaisa Coordinator")
    return caller_for(
        person, "sites:read", "sites:write", "sites:submit", "sites:publish", "collection:write"
    )
