"""Published documents without the columns and tables that the search read before it kept entries of its own (0007).

The way back makes them anew and empty; the next night's run writes them.
"""

from __future__ import annotations

from django.db import migrations, models
from django.utils.timezone import localdate

COLUMNS = (
    "availability", "place_precision", "area_m2", "floor_area_m2", "free_capacity_mw", "voltage_kv",
    "queue_state", "has_redundancy", "firmness", "is_firm", "is_grid_confirmed", "connection_lead_months", "has_rail",
    "readiness", "checked_on",
)  # fmt: skip


def render_again_by_night(apps, schema_editor) -> None:
    """For the way back: what the columns hold is written by the next night's run over all documents."""
    apps.get_model("syndication", "PublishedDocument").objects.update(next_change_on=localdate())


def emptied(name: str) -> migrations.AlterField:
    """The way back writes an empty text into the rows that are there; a column without one could not be made again."""
    return migrations.AlterField(
        model_name="publisheddocument", name=name, field=models.CharField(default="", max_length=12)
    )


class Migration(migrations.Migration):
    """After the archives."""

    dependencies = [("syndication", "0030_bundles")]

    operations = [
        migrations.RunPython(migrations.RunPython.noop, render_again_by_night),
        migrations.DeleteModel("DocumentPower"),
        migrations.DeleteModel("DocumentSector"),
        emptied("availability"),
        emptied("place_precision"),
        *(migrations.RemoveField(model_name="publisheddocument", name=name) for name in COLUMNS),
    ]
