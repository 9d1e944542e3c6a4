"""One row of words for each record instead of one for each language: many times fewer pages to read for a word on PostgreSQL.

The words are written again when the tables stand (`receivers.index_what_has_no_entry`), since the entries go with them.
"""

from __future__ import annotations

from django.db import migrations

TABLE = "syndication_search"


def create(apps, schema_editor) -> None:
    """Tokens begin with two characters of ours, which the index of beginnings has to count in."""
    forget(apps, schema_editor)
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(
            f"CREATE VIRTUAL TABLE {TABLE} USING fts5(words, detail=none, prefix='4 5 6', "
            'tokenize="unicode61 remove_diacritics 0")'
        )
    elif schema_editor.connection.vendor == "postgresql":
        _create_on_postgresql(schema_editor)


def create_old(apps, schema_editor) -> None:
    """The table that the migrations before expect, empty."""
    forget(apps, schema_editor)
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(
            f"CREATE VIRTUAL TABLE {TABLE} USING fts5(words, detail=none, prefix='2 3 4', "
            "tokenize=\"unicode61 remove_diacritics 0 tokenchars '_'\")"
        )
    elif schema_editor.connection.vendor == "postgresql":
        _create_on_postgresql(schema_editor)


def forget(apps, schema_editor) -> None:
    """Words without entries, or entries without words, would find nothing."""
    schema_editor.execute(f"DROP TABLE IF EXISTS {TABLE}")
    apps.get_model("syndication", "SearchEntry").objects.all().delete()


def _create_on_postgresql(schema_editor) -> None:
    schema_editor.execute(f"CREATE TABLE {TABLE} (id bigint PRIMARY KEY, words tsvector NOT NULL)")
    # Rows of more than two kilobytes, as nearly all are, are brought down to this by keeping their words beside the table.
    schema_editor.execute(f"ALTER TABLE {TABLE} SET (toast_tuple_target = 128)")
    # Without the list of entries still to be sorted in, which every search would read through.
    schema_editor.execute(f"CREATE INDEX {TABLE}_words ON {TABLE} USING gin (words) WITH (fastupdate = off)")


class Migration(migrations.Migration):
    """After the table of before."""

    dependencies = [("syndication", "0008_published_features")]

    operations = [migrations.RunPython(create, create_old)]
