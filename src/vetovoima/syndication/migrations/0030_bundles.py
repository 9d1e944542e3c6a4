from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("syndication", "0020_webhooks"),
    ]

    operations = [
        migrations.CreateModel(
            name="Bundle",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.SlugField(max_length=60, unique=True)),
                ("stored_as", models.CharField(max_length=120)),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.PositiveBigIntegerField()),
                ("records", models.PositiveIntegerField()),
                ("version", models.PositiveBigIntegerField()),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "ordering": ("name",),
            },
        ),
    ]
