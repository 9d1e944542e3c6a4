"""Websites that may show the offer in a frame."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reference", "0002_pull_facts"),
        ("syndication", "0040_lean_documents"),
    ]
    operations = [
        migrations.CreateModel(
            name="AllowedOrigin",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("origin", models.CharField(max_length=300)),
                ("created_at", models.DateTimeField()),
                (
                    "municipality",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reference.municipality",
                    ),
                ),
            ],
            options={
                "ordering": ("municipality__slug", "origin", "pk"),
                "constraints": [
                    models.UniqueConstraint(fields=("municipality", "origin"), name="allowed_origin_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("municipality", None)),
                        fields=("origin",),
                        name="allowed_origin_of_region_once",
                    ),
                ],
            },
        ),
    ]
