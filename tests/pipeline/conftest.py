"""What the enquiries' tests share: a region, a coordinator, and counters of messages that begin at nothing."""

from __future__ import annotations

import pytest
from django.core.cache import cache

from tests.factories import make_person, make_region
from vetovoima.accounts.enums import Role


@pytest.fixture(autouse=True)
def fresh_counters():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def region(db):
    return make_region()


@pytest.fixture
def coordinator(region):
    return make_person(Role.COORDINATOR)
