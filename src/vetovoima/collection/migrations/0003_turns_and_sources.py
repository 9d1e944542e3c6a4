from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('collection', '0002_import_round_task'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='roundnotice',
            name='round_notice_once',
        ),
        migrations.AddField(
            model_name='round',
            name='turn',
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddField(
            model_name='roundnotice',
            name='turn',
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddField(
            model_name='source',
            name='shape',
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name='sourcerecord',
            name='conflicts',
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name='sourcerecord',
            name='said',
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name='statistic',
            name='highest',
            field=models.FloatField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='statistic',
            name='lowest',
            field=models.FloatField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='statistic',
            name='most_change',
            field=models.FloatField(default=5.0),
        ),
        migrations.AddField(
            model_name='statistic',
            name='unit',
            field=models.CharField(blank=True, max_length=80),
        ),
        migrations.AddConstraint(
            model_name='roundnotice',
            constraint=models.UniqueConstraint(fields=('task', 'step', 'turn'), name='round_notice_once'),
        ),
    ]
