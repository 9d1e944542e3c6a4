"""Every public record as ready bytes for maps and geographic programs (docs/decisions/0023).

The features of what is public already are made when the table stands (`receivers.render_what_has_no_feature`).
"""

from __future__ import annotations

from django.db import migrations, models

TABLE = "syndication_publishedfeature"


def keep_in_one_piece(apps, schema_editor) -> None:
    """PostgreSQL would compress a row from two kilobytes on, and take it apart again for every reader."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"ALTER TABLE {TABLE} SET (toast_tuple_target = 8160)")
        for column in ("head", "place", "place_metric"):
            schema_editor.execute(f"ALTER TABLE {TABLE} ALTER COLUMN {column} SET STORAGE EXTERNAL")


class Migration(migrations.Migration):
    """After the entries of the search."""

    dependencies = [("syndication", "0007_search_entries")]

    operations = [
        migrations.CreateModel(
            name="PublishedFeature",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("language", models.CharField(max_length=5)),
                ("spot", models.BigIntegerField()),
                ("code", models.CharField(max_length=30)),
                ("kind", models.CharField(max_length=20)),
                ("municipality_slug", models.CharField(max_length=60)),
                ("availability", models.CharField(max_length=12)),
                ("sectors", models.TextField()),
                ("is_example", models.BooleanField(default=False)),
                ("updated_at", models.DateTimeField()),
                ("west", models.FloatField()),
                ("south", models.FloatField()),
                ("east", models.FloatField()),
                ("north", models.FloatField()),
                ("is_area", models.BooleanField(default=False)),
                ("stamp", models.BigIntegerField()),
                ("head", models.BinaryField()),
                ("place", models.BinaryField()),
                ("place_metric", models.BinaryField()),
            ],
            options={
                "ordering": ("language", "spot", "id"),
                "indexes": [
                    models.Index(
                        fields=[
                            "language",
                            "spot",
                            "id",
                            "west",
                            "east",
                            "south",
                            "north",
                            "is_area",
                            "stamp",
                        ],
                        name="feature_place",
                    ),
                    models.Index(
                        fields=["language", "municipality_slug", "spot", "id"], name="feature_municipality"
                    ),
                    models.Index(fields=["language", "updated_at"], name="feature_updated"),
                ],
                "constraints": [models.UniqueConstraint(fields=("language", "code"), name="feature_once")],
            },
        ),
        migrations.RunPython(keep_in_one_piece, migrations.RunPython.noop),
    ]
