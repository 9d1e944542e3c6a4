"""The test database: migrated once into a template, then copied per worker (docs/decisions/0009).

Migrating takes seconds, copying some milliseconds. A transactional test is followed by a fresh copy instead of a
flush, so what the migrations wrote (content types, the language tree) is there for every test.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import platform
import shutil
import sqlite3
import tempfile
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import django
from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connections

from vetovoima.config.tables import prepare_tables

ROOT = Path(__file__).resolve().parents[1]
TEMPLATES = ROOT / "var/test-templates"
KEPT_DAYS = 7
ALIAS = "default"


def template_key() -> str:
    """This will return a name for the state that migrating from nothing leads to today.

    Two runs with the same key may share a template. It hangs on every migration file, on what runs after migrations
    (apps and their receivers), on the apps and languages installed, and on the versions of Django and the engine.
    """
    total = hashlib.sha256()
    for config in apps.get_app_configs():
        folder = Path(config.path)
        files = [*folder.glob("migrations/*.py"), *folder.glob("apps.py"), *folder.glob("receivers.py")]
        for path in sorted(files):
            total.update(f"{config.label}/{path.name}\0".encode())
            total.update(path.read_bytes())
    for word in (
        django.get_version(),
        platform.python_version(),
        settings.DATABASES[ALIAS]["ENGINE"],
        sqlite3.sqlite_version,
        settings.AUTH_USER_MODEL,
        repr(settings.LANGUAGES),
        repr(settings.INSTALLED_APPS),
    ):
        total.update(f"\0{word}".encode())
    return total.hexdigest()[:20]


@contextlib.contextmanager
def alone(name: str) -> Iterator[None]:
    """Workers start at the same moment: one builds the template, the others wait for it."""
    TEMPLATES.mkdir(parents=True, exist_ok=True)
    with (TEMPLATES / f"{name}.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


class Copies(ABC):
    """The template of this code and the copy of it that this process works on."""

    def __init__(self, worker: str) -> None:
        self.connection: Any = connections[ALIAS]
        self.worker = worker
        self.key = template_key()
        self.original_name = str(self.connection.settings_dict["NAME"])

    @abstractmethod
    def prepare(self, rebuild: bool) -> None:
        """Build the template unless it is there, and take a copy of it."""

    @abstractmethod
    def restore(self) -> None:
        """Throw the copy's contents away and take the template's again."""

    @abstractmethod
    def remove(self) -> None:
        """Throw the copy away."""

    @property
    @abstractmethod
    def address(self) -> str:
        """The copy as a VETOVOIMA_DATABASE_URL, for a process that the test starts."""

    def point_at(self, name: str) -> None:
        """Every thread's connection takes its name from the same settings, so this holds for all of them."""
        self.close()
        self.connection.settings_dict["NAME"] = name
        settings.DATABASES[ALIAS]["NAME"] = name
        # A connection kept by a thread that has ended would hold on to a copy that is replaced.
        self.connection.settings_dict["CONN_MAX_AGE"] = 0

    def close(self) -> None:
        """Let go of the database and of what was remembered of it."""
        self.connection.close()
        if getattr(self.connection, "close_pool", None):
            self.connection.close_pool()
        ContentType.objects.clear_cache()

    def migrate(self) -> None:
        """Bring the database that the connection points at to the state of the code."""
        prepare_tables(database=ALIAS)
        self.close()


class SqliteCopies(Copies):
    """A file per worker: in-memory databases know neither WAL nor threads, and the product uses both."""

    def prepare(self, rebuild: bool) -> None:
        self.template = TEMPLATES / f"{self.key}.sqlite3"
        self.folder = Path(tempfile.mkdtemp(prefix="vetovoima-test-"))
        self.copy = self.folder / "test.sqlite3"
        with alone("sqlite"):
            if rebuild:
                self.template.unlink(missing_ok=True)
            if not self.template.exists():
                self._build()
        os.utime(self.template)
        self.point_at(str(self.copy))
        self.restore()

    def _build(self) -> None:
        for old in TEMPLATES.glob("*.sqlite3"):
            if time.time() - old.stat().st_mtime > KEPT_DAYS * 86400:
                old.unlink(missing_ok=True)
        half = self.folder / "template.sqlite3"
        self.point_at(str(half))
        self.migrate()
        with contextlib.closing(sqlite3.connect(half)) as raw:
            raw.execute("pragma wal_checkpoint(truncate)")
            raw.execute("pragma journal_mode=delete")  # so that one file is all there is
        shutil.move(half, self.template.with_suffix(".new"))
        os.replace(self.template.with_suffix(".new"), self.template)

    def restore(self) -> None:
        # Written into the file in place: a server thread that still holds it open sees the new contents.
        self.close()
        with (
            contextlib.closing(sqlite3.connect(self.template)) as source,
            contextlib.closing(sqlite3.connect(self.copy, timeout=20)) as target,
        ):
            source.backup(target)

    def remove(self) -> None:
        self.close()
        self.connection.settings_dict["NAME"] = self.original_name
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def address(self) -> str:
        return f"sqlite:///{self.copy}"


class PostgresCopies(Copies):
    """A database per worker, made from a template database on the same server."""

    PREFIX = "vetovoima_template_"

    def prepare(self, rebuild: bool) -> None:
        self.template = f"{self.PREFIX}{self.key}"
        self.copy = f"test_vetovoima_{os.getpid()}_{self.worker}"
        with alone("postgres"):
            if rebuild:
                self._run(f'drop database if exists "{self.template}" with (force)')
            if not self._exists(self.template):
                self._build()
        self.point_at(self.copy)
        self.restore()

    def _build(self) -> None:
        for old in self._names(f"{self.PREFIX}%"):
            self._run(f'drop database if exists "{old}" with (force)')
        half = f"{self.PREFIX}half_{self.key}"
        self._run(f'create database "{half}" template template0')
        self.point_at(half)
        self.migrate()
        self._run(f'alter database "{half}" rename to "{self.template}"')

    def restore(self) -> None:
        self.close()
        self._run(
            f'drop database if exists "{self.copy}" with (force)',
            f'create database "{self.copy}" template "{self.template}"',
        )

    def remove(self) -> None:
        self.close()
        self._run(f'drop database if exists "{self.copy}" with (force)')
        self.connection.settings_dict["NAME"] = self.original_name

    def _run(self, *statements: str) -> None:
        with self._server() as cursor:
            for statement in statements:
                cursor.execute(statement)

    def _names(self, pattern: str) -> list[str]:
        with self._server() as cursor:
            cursor.execute("select datname from pg_database where datname like %s", [pattern])
            return [name for (name,) in cursor.fetchall()]

    def _exists(self, name: str) -> bool:
        return name in self._names(name)

    @contextlib.contextmanager
    def _server(self) -> Iterator[Any]:
        """A cursor on the database that the address names, which is not the one worked on."""
        import psycopg

        words = {**self.connection.settings_dict, "NAME": self.original_name}
        with contextlib.closing(
            psycopg.connect(
                dbname=words["NAME"],
                user=words["USER"] or None,
                password=words["PASSWORD"] or None,
                host=words["HOST"] or None,
                port=words["PORT"] or None,
                autocommit=True,
            )
        ) as raw:
            yield raw.cursor()

    @property
    def address(self) -> str:
        words = self.connection.settings_dict
        who = quote(words["USER"])
        if words["PASSWORD"]:
            who += ":" + quote(words["PASSWORD"], safe="")
        where = words["HOST"] or "localhost"
        port = f":{words['PORT']}" if words["PORT"] else ""
        if where.startswith("/"):
            return f"postgresql://{who}@{port}/{self.copy}?host={quote(where)}"
        return f"postgresql://{who}@{where}{port}/{self.copy}"


def copies_for(worker: str) -> Copies:
    """This will return the kind of copies that the configured engine needs."""
    return PostgresCopies(worker) if connections[ALIAS].vendor == "postgresql" else SqliteCopies(worker)
