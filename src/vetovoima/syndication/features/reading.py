"""Statements that are asked thousands of times a second: past Django's cursor, on Django's connection.

On PostgreSQL a statement is prepared once for each connection and answers in binary, so that bytes come as bytes. A
connection that has died since the last request is noticed by the first statement and opened anew; no statement is spent
on asking whether it lives.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections

#: after so many repetitions psycopg would prepare a statement by itself
NEVER_UNASKED = 1_000_000_000
Rows = list[tuple[Any, ...]]


def read(sql: str, values: Sequence[Any], *, prepare: bool = False) -> Rows:
    """This will return the rows of a statement; values stand as %s in it."""
    # looked up once: `django.db.connection` would look it up anew for every attribute
    connection: Any = connections[DEFAULT_DB_ALIAS]  # with what the driver alone has
    connection.ensure_connection()
    try:
        return _rows(connection, sql, values, prepare)
    except connection.Database.OperationalError:
        if connection.in_atomic_block or connection.vendor == "sqlite":
            raise
        connection.close()
        connection.ensure_connection()
        return _rows(connection, sql, values, prepare)


def _rows(connection: Any, sql: str, values: Sequence[Any], prepare: bool) -> Rows:
    raw = connection.connection
    if connection.vendor == "postgresql":
        from psycopg import Cursor
        from psycopg.rows import tuple_row

        # Django switches preparing off; its own cursors never ask for it, so that this holds for the statements here alone.
        if raw.prepare_threshold is None:
            raw.prepare_threshold = NEVER_UNASKED
        with Cursor(raw, row_factory=tuple_row) as cursor:
            return cursor.execute(sql, values, prepare=prepare, binary=True).fetchall()
    found: Rows = raw.execute(sql.replace("%s", "?"), values).fetchall()
    return found
