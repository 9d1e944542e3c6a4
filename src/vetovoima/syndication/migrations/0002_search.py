"""Full-text search on both databases: an FTS5 table on SQLite, an index over the words on PostgreSQL."""

from __future__ import annotations

from django.db import migrations

TABLE = "syndication_search"


def create(apps, schema_editor) -> None:
    """Finnish letters are letters: å, ä and ö are not folded; hyphens stay inside words."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(
            f"CREATE VIRTUAL TABLE {TABLE} USING fts5(lemmas, prefix='3', tokenize=\"unicode61 remove_diacritics 0\")"
        )
        schema_editor.execute(
            f"INSERT INTO {TABLE} (rowid, lemmas) SELECT id, lemmas FROM syndication_publisheddocument"
        )
    elif schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE INDEX syndication_search ON syndication_publisheddocument "
            "USING gin (to_tsvector('simple', lemmas))"
        )


def remove(apps, schema_editor) -> None:
    """The words themselves stay in their column."""
    kind = "TABLE" if schema_editor.connection.vendor == "sqlite" else "INDEX"
    schema_editor.execute(f"DROP {kind} IF EXISTS {TABLE}")


class Migration(migrations.Migration):
    """After the documents' own table."""

    dependencies = [("syndication", "0001_initial")]
    operations = [migrations.RunPython(create, remove)]
