import django.db.models.deletion
import vetovoima.common.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('monitoring', '0002_visits_and_audit'),
    ]

    operations = [
        migrations.CreateModel(
            name='BenchmarkPlace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=60, unique=True)),
                ('role', models.CharField(choices=[('home', 'This region'), ('peer', 'Another place'), ('average', 'An average of countries')], default='peer', max_length=10)),
                ('name', vetovoima.common.fields.TranslatedField(blank=True, default=vetovoima.common.fields.Translated)),
                ('country', models.CharField(blank=True, max_length=2)),
                ('latitude', models.FloatField(blank=True, null=True)),
                ('longitude', models.FloatField(blank=True, null=True)),
                ('note', vetovoima.common.fields.TranslatedField(blank=True, default=vetovoima.common.fields.Translated)),
                ('position', models.PositiveIntegerField(default=0)),
                ('source', models.JSONField(blank=True, default=dict)),
            ],
            options={
                'ordering': ('position', 'slug'),
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('latitude__isnull', True), ('longitude__isnull', True)), models.Q(('latitude__gte', -90), ('latitude__lte', 90), ('longitude__gte', -180), ('longitude__lte', 180)), _connector='OR'), name='benchmark_place_on_earth')],
            },
        ),
        migrations.CreateModel(
            name='BenchmarkFigure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('factor', models.SlugField(max_length=60)),
                ('value', models.FloatField(blank=True, null=True)),
                ('fact', models.SlugField(blank=True, max_length=80)),
                ('qualifier', models.CharField(choices=[('exact', 'Exact'), ('about', 'About'), ('almost', 'Almost'), ('at_least', 'At least'), ('more_than', 'More than'), ('at_most', 'At most')], default='exact', max_length=20)),
                ('period', models.CharField(blank=True, max_length=20)),
                ('holds_for', vetovoima.common.fields.TranslatedField(blank=True, default=vetovoima.common.fields.Translated)),
                ('note', vetovoima.common.fields.TranslatedField(blank=True, default=vetovoima.common.fields.Translated)),
                ('source', models.JSONField(blank=True, default=dict)),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='figures', to='monitoring.benchmarkplace')),
            ],
            options={
                'ordering': ('place', 'factor'),
                'constraints': [models.UniqueConstraint(fields=('place', 'factor'), name='benchmark_figure_once'), models.CheckConstraint(condition=models.Q(models.Q(('fact', ''), ('value__isnull', False)), models.Q(('value__isnull', True), models.Q(('fact', ''), _negated=True)), _connector='OR'), name='benchmark_figure_has_one_origin')],
            },
        ),
    ]
