"""Thousands of new rows in few statements: what Django's `bulk_create` does, without its cost for every value.

Django walks through half a dozen functions for each value of each row, and SQLite gets ten wide rows at a time. An
import writes hundreds of thousands of values, nearly all of which need nothing done to them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import attrgetter
from types import NoneType
from typing import Any

from django.db import connections, models, router, transaction

#: values that a database takes as they are, in columns that hold nothing else
PLAIN = frozenset({str, int, float, bool, NoneType})
PLAIN_COLUMNS = frozenset({
    "BooleanField", "CharField", "FloatField", "ForeignKey", "IntegerField", "PositiveIntegerField",
    "PositiveSmallIntegerField", "TextField",
})  # fmt: skip
#: values in one statement: fewer than SQLite (32,766) and PostgreSQL (65,535) take
MOST_VALUES = 30_000
#: different values of a column whose form for the database is remembered
MOST_KEPT = 100


def insert_many(objects: Sequence[models.Model], *, or_update: Sequence[str] = ()) -> None:
    """This will write rows of one model and give each new one its key, in one transaction.

    With `or_update` the rows are there already, and these columns of theirs are written anew. As with `bulk_create`,
    nothing is checked and no signal is sent. For models with a key that counts by itself and no parents.
    """
    if not objects:
        return
    model = type(objects[0])
    alias = router.db_for_write(model)
    fields = [one for one in model._meta.concrete_fields if or_update or not one.primary_key]
    step = max(1, MOST_VALUES // len(fields))
    writers = [_writer(one, connections[alias]) for one in fields]
    with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
        for start in range(0, len(objects), step):
            piece = objects[start : start + step]
            values = [write(one) for one in piece for write in writers]
            cursor.execute(_statement(model, fields, len(piece), or_update, connections[alias]), values)
            for one, (key,) in zip(piece, cursor.fetchall(), strict=True):
                one.pk = key
                one._state.adding, one._state.db = False, alias


def _statement(
    model: type[models.Model], fields: Sequence[Any], count: int, or_update: Sequence[str], connection: Any
) -> str:
    quoted = connection.ops.quote_name
    key = quoted(model._meta.pk.column)
    row = f"({', '.join(['%s'] * len(fields))})"
    columns = ", ".join(quoted(one.column) for one in fields)
    names = [quoted(one.column) for one in fields if one.name in or_update]
    conflict = f"ON CONFLICT ({key}) DO UPDATE SET {', '.join(f'{one} = EXCLUDED.{one}' for one in names)} "
    return (
        f"INSERT INTO {quoted(model._meta.db_table)} ({columns}) VALUES {', '.join([row] * count)} "  # noqa: S608
        f"{conflict if names else ''}RETURNING {key}"
    )


def _writer(field: Any, connection: Any) -> Callable[[Any], Any]:
    """The function that gives a row's value of a column as the database takes it."""
    given, prepare = attrgetter(field.attname), field.get_db_prep_save
    has_hook = type(field).pre_save is not models.Field.pre_save
    kept: dict[Any, Any] = {}

    def plain(row: Any) -> Any:
        value = given(row)
        return value if type(value) in PLAIN else prepare(value, connection)

    def other(row: Any) -> Any:
        value = field.pre_save(row, True) if has_hook else given(row)
        # most JSON columns of most rows are empty, and thousands of rows are written at one moment
        is_whole = isinstance(value, (dict, list))
        if value is None or (is_whole and len(value)):
            return prepare(value, connection)
        key = type(value) if is_whole else (type(value), value)
        if key not in kept:
            if len(kept) > MOST_KEPT:
                kept.clear()
            kept[key] = prepare(value, connection)
        return kept[key]

    return plain if field.get_internal_type() in PLAIN_COLUMNS and not has_hook else other
