import django.db.models.deletion
import vetovoima.common.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0001_initial'),
        ('reference', '0001_initial'),
        ('syndication', '0003_quality'),
    ]

    operations = [
        migrations.CreateModel(
            name='OfferPackage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=20, unique=True)),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('ready', 'Ready'), ('archived', 'Archived')], default='draft', max_length=10)),
                ('title', vetovoima.common.fields.TranslatedField(blank=True, default=vetovoima.common.fields.Translated, verbose_name='title')),
                ('sector', models.SlugField(blank=True, max_length=60, verbose_name='sector')),
                ('segment', models.CharField(blank=True, choices=[('foreign_company', 'Company from abroad'), ('domestic_company', 'Company from elsewhere in Finland'), ('local_company', 'Company of the region'), ('capital_investor', 'Capital investor or investor group'), ('intermediary', 'Consultant or intermediary')], max_length=20, verbose_name='investors')),
                ('language', models.CharField(choices=[('en', 'English'), ('fi', 'Finnish'), ('sv', 'Swedish')], default='en', max_length=2, verbose_name='language')),
                ('argument', vetovoima.common.fields.TranslatedField(blank=True, default=vetovoima.common.fields.Translated, verbose_name='value argument')),
                ('sites', models.JSONField(blank=True, default=list, verbose_name='records')),
                ('facts', models.JSONField(blank=True, default=list, verbose_name='numbers')),
                ('visit', vetovoima.common.fields.TranslatedField(blank=True, default=vetovoima.common.fields.Translated, verbose_name='visit idea')),
                ('visit_length', models.CharField(blank=True, choices=[('half_day', 'half a day'), ('day', 'a day')], max_length=10, verbose_name='length of the visit')),
                ('visit_host', models.CharField(blank=True, max_length=200, verbose_name='host of the visit')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='valid until')),
                ('revision', models.PositiveIntegerField(default=1)),
                ('created_at', models.DateTimeField()),
                ('updated_at', models.DateTimeField()),
                ('contact', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='directory.contact', verbose_name='contact person')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.municipality')),
            ],
            options={
                'ordering': ('-updated_at', 'code'),
                'indexes': [models.Index(fields=['municipality', 'state', '-updated_at'], name='package_by_town')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'ready', 'archived'])), name='package_state_known')],
            },
        ),
    ]
