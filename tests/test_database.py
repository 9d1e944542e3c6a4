"""The databases as the tests and the product open them."""

from __future__ import annotations

import threading

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from wagtail.models import Locale

from tests.database import template_key


@pytest.fixture
def sqlite():
    if connection.vendor != "sqlite":
        pytest.skip("this is about SQLite, which `make test` runs on")


def test_sqlite_is_opened_for_concurrent_writers(sqlite, db):
    with connection.cursor() as cursor:
        journal = cursor.execute("pragma journal_mode").fetchone()
        wait = cursor.execute("pragma busy_timeout").fetchone()
        keys = cursor.execute("pragma foreign_keys").fetchone()

    assert (journal, keys) == (("wal",), (1,))
    assert wait[0] >= 5000
    assert connection.transaction_mode == "IMMEDIATE"


def add_kind(label: str) -> None:
    try:
        ContentType.objects.create(app_label="tests", model=label)
    finally:
        connection.close()


@pytest.mark.parametrize("turn", [1, 2])
def test_a_transactional_test_starts_from_what_migrations_wrote(transactional_db, turn):
    before = ContentType.objects.count()
    Permission.objects.all().delete()
    thread = threading.Thread(target=add_kind, args=["lamp"])
    thread.start()
    thread.join()

    assert ContentType.objects.count() == before + 1
    assert Permission.objects.count() == 0


def test_after_it_everything_is_back(db):
    assert ContentType.objects.filter(app_label="tests").count() == 0
    assert Permission.objects.count() > 0
    assert Locale.objects.count() > 0


def test_writers_in_threads_wait_for_each_other(transactional_db):
    threads = [threading.Thread(target=add_kind, args=[f"lamp{number}"]) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert ContentType.objects.filter(app_label="tests").count() == 20


def test_the_template_s_name_is_stable():
    assert template_key() == template_key()
