from django.db import migrations, models

import vetovoima.common.fields

TEXTS = {
    "result": "what one gets",
    "documents": "documents and forms",
    "time_note": "what the time is of",
    "online": "how to apply",
    "contact": "how to reach the authority",
}


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0004_schedule_and_owner"),
    ]

    operations = [
        *(
            migrations.AddField(
                model_name="permitstep",
                name=name,
                field=vetovoima.common.fields.TranslatedField(
                    blank=True, default=vetovoima.common.fields.Translated, verbose_name=label
                ),
            )
            for name, label in TEXTS.items()
        ),
        migrations.AddField(
            model_name="permitstep",
            name="online_url",
            field=models.URLField(blank=True, max_length=300, verbose_name="where to apply online"),
        ),
        migrations.AddField(
            model_name="permitstep",
            name="practice",
            field=models.JSONField(blank=True, default=dict, verbose_name="source of times and documents"),
        ),
    ]
