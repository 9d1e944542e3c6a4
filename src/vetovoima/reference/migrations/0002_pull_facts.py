from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reference', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='region',
            name='pull_facts',
            field=models.JSONField(blank=True, default=dict, help_text='codes of facts that draw investors, by kind (PullKind)'),
        ),
    ]
