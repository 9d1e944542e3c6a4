from django.db import migrations, models


def keep_schedules(apps, schema_editor):
    """A schedule from before is kept for what was reviewed, and ended where the record has left review."""
    sites = apps.get_model("catalogue", "Site").objects.filter(publish_at__isnull=False)
    sites.filter(state="submitted").update(publish_revision=models.F("revision"))
    sites.exclude(state="submitted").update(publish_at=None, publish_by=None)


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0003_sector_sheets"),
    ]

    operations = [
        migrations.AddField(
            model_name="site",
            name="publish_revision",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AlterField(
            model_name="site",
            name="owner_kind",
            field=models.CharField(
                choices=[
                    ("municipality", "Municipality"),
                    ("state", "State"),
                    ("company", "Company or other organisation"),
                    ("private", "Private owner"),
                    ("mixed", "Several kinds of owners"),
                    ("unknown", "Not known"),
                ],
                default="unknown",
                max_length=12,
            ),
        ),
        migrations.RunPython(keep_schedules, migrations.RunPython.noop),
    ]
