"""Fixtures of every test: the database copied from a template, and where the browser journeys find a browser."""

from __future__ import annotations

import os
import shutil
import tempfile
import unittest
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools import machine

NO_CHROMIUM = f"no Chromium found; to have it: {machine.line_to_type([machine.CHROMIUM])}"


def pytest_addoption(parser: pytest.Parser) -> None:
    """This will add the option by which the second database spares itself what the first has shown already."""
    parser.addoption(
        "--database-only", action="store_true", help="leave out the tests that never open a database"
    )


def opens_database(item: pytest.Item) -> bool:
    """Whether a test may open a database: by its mark, by a fixture it asks for, or by its class."""
    fixtures = {"db", "transactional_db", "django_db_setup"}
    unit = getattr(item, "cls", None)
    return bool(
        item.get_closest_marker("django_db")
        or item.get_closest_marker("postgres")
        or fixtures.intersection(getattr(item, "fixturenames", ()))
        or (isinstance(unit, type) and issubclass(unit, unittest.TestCase))
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """This will leave out what was not asked for, and skip the browser journeys in plain words where there is no browser."""
    if config.getoption("database_only"):
        config.hook.pytest_deselected(items=[one for one in items if not opens_database(one)])
        items[:] = [one for one in items if opens_database(one)]
    if machine.chromium():
        return
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason=NO_CHROMIUM))


def pytest_sessionstart(session: pytest.Session) -> None:
    """This will make the folder in which WhiteNoise looks for static files and warns when it is not there."""
    from django.conf import settings

    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


def pytest_unconfigure(config: pytest.Config) -> None:
    """This will remove the folder that the test settings made for this process."""
    from django.conf import settings

    if settings.configured and Path(settings.VAR_DIR).is_relative_to(tempfile.gettempdir()):
        shutil.rmtree(settings.VAR_DIR, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_setup(request, django_test_environment, django_db_blocker) -> Iterator[object]:
    """This will replace pytest-django's own set-up, which migrates from nothing for every worker."""
    from django.test import TransactionTestCase

    from tests.database import copies_for

    copies = copies_for(os.environ.get("PYTEST_XDIST_WORKER", "main"))
    with django_db_blocker.unblock():
        copies.prepare(rebuild=request.config.getvalue("create_db"))
    flush = TransactionTestCase._fixture_teardown
    TransactionTestCase._fixture_teardown = lambda self: copies.restore()
    yield copies
    TransactionTestCase._fixture_teardown = flush
    with django_db_blocker.unblock():
        copies.remove()


@pytest.fixture
def database_url(django_db_setup, transactional_db) -> str:
    """The test's database as a VETOVOIMA_DATABASE_URL, for a process that the test starts (a worker to kill, say)."""
    return django_db_setup.address


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The Chromium that the browser journeys drive."""
    path = machine.chromium()
    if path is None:
        pytest.skip(NO_CHROMIUM)
    return path
