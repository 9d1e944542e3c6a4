"""What a record is found by, in tables of its own: an entry for each record, and words that both databases compare alike.

The entries of what is public already are written when the tables stand (`receivers.index_what_has_no_entry`).
"""

from __future__ import annotations

from django.db import migrations, models

TABLE = "syndication_search"


def drop_old(apps, schema_editor) -> None:
    """The words of before: a table on SQLite, an index on PostgreSQL."""
    kind = "TABLE" if schema_editor.connection.vendor == "sqlite" else "INDEX"
    schema_editor.execute(f"DROP {kind} IF EXISTS {TABLE}")


def create(apps, schema_editor) -> None:
    """Tokens are made by ourselves: no database takes them apart, folds letters, or keeps where they stood."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(
            f"CREATE VIRTUAL TABLE {TABLE} USING fts5(words, detail=none, prefix='2 3 4', "
            "tokenize=\"unicode61 remove_diacritics 0 tokenchars '_'\")"
        )
    elif schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"CREATE TABLE {TABLE} (id bigint PRIMARY KEY, words tsvector NOT NULL)")
        # The words themselves are only read by the index: kept out of the rows, a row is a few bytes.
        schema_editor.execute(f"ALTER TABLE {TABLE} SET (toast_tuple_target = 128)")
        # Without the list of entries still to be sorted in, which every search would read through.
        schema_editor.execute(f"CREATE INDEX {TABLE}_words ON {TABLE} USING gin (words) WITH (fastupdate = off)")


def remove(apps, schema_editor) -> None:
    """The way back leaves no words; documents rendered again have them."""
    schema_editor.execute(f"DROP TABLE IF EXISTS {TABLE}")


def create_old(apps, schema_editor) -> None:
    """The table and index that the migrations before expect."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(
            f"CREATE VIRTUAL TABLE {TABLE} USING fts5(lemmas, prefix='3', tokenize=\"unicode61 remove_diacritics 0\")"
        )
    elif schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            f"CREATE INDEX {TABLE} ON syndication_publisheddocument USING gin (to_tsvector('simple', lemmas))"
        )


class Migration(migrations.Migration):
    """After the tables of documents and saved searches."""

    dependencies = [("syndication", "0006_alerts")]

    operations = [
        migrations.RunPython(drop_old, create_old),
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=30, unique=True)),
                ("stamp", models.BigIntegerField()),
                ("values", models.JSONField()),
            ],
            options={
                "ordering": ("pk",),
                "indexes": [models.Index(fields=["id", "stamp"], name="entry_stamp")],
            },
        ),
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("language", models.CharField(max_length=5)),
                ("word", models.CharField(max_length=60)),
            ],
            options={
                "ordering": ("language", "word"),
                "constraints": [models.UniqueConstraint(fields=("language", "word"), name="search_word_once")],
            },
        ),
        migrations.RemoveIndex(model_name="publisheddocument", name="document_facets"),
        migrations.RemoveField(model_name="publisheddocument", name="lemmas"),
        migrations.AddField(
            model_name="publicstate",
            name="offer_mark",
            field=models.CharField(blank=True, default="", max_length=32),
            preserve_default=False,
        ),
        migrations.RunPython(create, remove),
    ]
