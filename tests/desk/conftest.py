"""People of the desk, each with a browser of their own."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.factories import make_person, make_region
from vetovoima.accounts.enums import Role
from vetovoima.accounts.models import User


def signed_in(person: User) -> Client:
    """This will return a browser in which a person has signed in."""
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def officer(db: None) -> User:
    """The business officer of Kuhmo."""
    make_region()
    return make_person(Role.MUNICIPALITY_OFFICER, "kuhmo", display_name="Olli Officer")


@pytest.fixture
def coordinator(db: None) -> User:
    """The council's coordinator."""
    make_region()
    return make_person(Role.COORDINATOR, display_name="Kaisa Coordinator")


@pytest.fixture
def town(officer: User) -> Client:
    """The officer's browser."""
    return signed_in(officer)


@pytest.fixture
def council(coordinator: User) -> Client:
    """The coordinator's browser."""
    return signed_in(coordinator)
