import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('syndication', '0002_search'),
    ]

    operations = [
        migrations.CreateModel(
            name='DocumentPower',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveIntegerField()),
                ('free_mw', models.FloatField()),
            ],
            options={
                'ordering': ('document', 'year'),
            },
        ),
        migrations.AddField(
            model_name='publisheddocument',
            name='checked_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='publisheddocument',
            name='completeness',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='publisheddocument',
            name='connection_lead_months',
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='publisheddocument',
            name='has_redundancy',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='publisheddocument',
            name='is_firm',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='publisheddocument',
            name='is_grid_confirmed',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='publisheddocument',
            name='next_change_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='publisheddocument',
            name='queue_state',
            field=models.CharField(blank=True, max_length=12),
        ),
        migrations.AddField(
            model_name='publisheddocument',
            name='readiness',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='publisheddocument',
            name='voltage_kv',
            field=models.FloatField(null=True),
        ),
        migrations.AddIndex(
            model_name='publisheddocument',
            index=models.Index(fields=['next_change_on'], name='document_next_change'),
        ),
        migrations.AddField(
            model_name='documentpower',
            name='document',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='power', to='syndication.publisheddocument'),
        ),
        migrations.AddIndex(
            model_name='documentpower',
            index=models.Index(fields=['year', 'free_mw', 'document'], name='document_by_power'),
        ),
        migrations.AddConstraint(
            model_name='documentpower',
            constraint=models.UniqueConstraint(fields=('document', 'year'), name='document_power_once'),
        ),
    ]
