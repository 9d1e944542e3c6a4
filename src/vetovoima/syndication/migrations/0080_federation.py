"""Other regions' sources that are followed, how reading them went, and what of theirs is shown here."""

import django.db.models.deletion
import vetovoima.common.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('syndication', '0070_partners'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='FollowedSource',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(max_length=60, unique=True)),
                ('title', vetovoima.common.fields.TranslatedField(blank=True, default=vetovoima.common.fields.Translated)),
                ('kind', models.CharField(choices=[('vetovoima', "Another region's instance of this service"), ('oapif', 'OGC API Features service'), ('geojson', 'GeoJSON file'), ('json_feed', 'JSON Feed'), ('atom', 'Atom feed')], max_length=12)),
                ('address', models.CharField(max_length=2000)),
                ('layer', models.CharField(blank=True, max_length=200)),
                ('language', models.CharField(default='en', max_length=5)),
                ('home', models.CharField(blank=True, max_length=2000)),
                ('licence', models.CharField(blank=True, max_length=120)),
                ('licence_said', models.CharField(blank=True, max_length=120)),
                ('attribution', models.CharField(max_length=200)),
                ('contact', models.CharField(blank=True, max_length=200)),
                ('choice', models.CharField(choices=[('all', 'All'), ('kinds', 'Those of the chosen kinds'), ('sectors', 'Those of the named sectors'), ('codes', 'Only those that are named by code')], default='all', max_length=10)),
                ('chosen', models.JSONField(blank=True, default=list)),
                ('every', models.CharField(choices=[('hour', 'Every hour'), ('quarter', 'Every six hours'), ('day', 'Once a day')], default='quarter', max_length=10)),
                ('state', models.CharField(choices=[('active', 'Followed'), ('paused', 'Paused'), ('stopped', 'Stopped by the service')], default='active', max_length=10)),
                ('reason', models.CharField(blank=True, choices=[('person', 'A person paused it.'), ('failing', 'It could not be read eight times in a row.'), ('gone', 'It says that it is gone for good (410).')], max_length=10)),
                ('state_at', models.DateTimeField()),
                ('created_at', models.DateTimeField()),
                ('revision', models.PositiveIntegerField(default=1)),
                ('etag', models.CharField(blank=True, max_length=300)),
                ('modified', models.CharField(blank=True, max_length=60)),
                ('last_good_at', models.DateTimeField(blank=True, null=True)),
                ('failures', models.PositiveIntegerField(default=0)),
                ('due_at', models.DateTimeField()),
                ('turn', models.PositiveIntegerField(default=0)),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('key',),
            },
        ),
        migrations.CreateModel(
            name='FollowRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('running', 'Running'), ('ok', 'Read'), ('nothing_new', 'Read, nothing new'), ('partly', 'Read in part'), ('changed', 'The source has changed'), ('failed', 'Could not be read'), ('too_long', 'Took too long')], default='running', max_length=12)),
                ('started_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('counts', models.JSONField(blank=True, default=dict)),
                ('problem', models.JSONField(blank=True, default=dict)),
                ('notes', models.JSONField(blank=True, default=list)),
                ('asked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='runs', to='syndication.followedsource')),
            ],
            options={
                'ordering': ('-started_at', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='ForeignRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('identifier', models.CharField(max_length=300)),
                ('code', models.CharField(blank=True, max_length=60)),
                ('version', models.CharField(blank=True, max_length=40)),
                ('url', vetovoima.common.fields.TranslatedField(blank=True, default=vetovoima.common.fields.Translated)),
                ('name', vetovoima.common.fields.TranslatedField(blank=True, default=vetovoima.common.fields.Translated)),
                ('summary', vetovoima.common.fields.TranslatedField(blank=True, default=vetovoima.common.fields.Translated)),
                ('kind', models.CharField(max_length=20)),
                ('place_name', models.CharField(blank=True, max_length=120)),
                ('precision', models.CharField(max_length=12)),
                ('latitude', models.FloatField(blank=True, null=True)),
                ('longitude', models.FloatField(blank=True, null=True)),
                ('area_m2', models.FloatField(blank=True, null=True)),
                ('floor_area_m2', models.FloatField(blank=True, null=True)),
                ('power_mw', models.FloatField(blank=True, null=True)),
                ('is_example', models.BooleanField(default=False)),
                ('sectors', models.JSONField(blank=True, default=list)),
                ('licence', models.CharField(blank=True, max_length=120)),
                ('updated_at', models.DateTimeField(blank=True, null=True)),
                ('sort_name', models.CharField(max_length=300)),
                ('fetched_at', models.DateTimeField()),
                ('seen_at', models.DateTimeField()),
                ('digest', models.CharField(max_length=64)),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='records', to='syndication.followedsource')),
            ],
            options={
                'ordering': ('source', 'sort_name', 'pk'),
            },
        ),
        migrations.AddIndex(
            model_name='followedsource',
            index=models.Index(fields=['state', 'due_at'], name='followed_source_due'),
        ),
        migrations.AddConstraint(
            model_name='followedsource',
            constraint=models.UniqueConstraint(fields=('address', 'layer'), name='followed_source_once'),
        ),
        migrations.AddConstraint(
            model_name='followedsource',
            constraint=models.CheckConstraint(condition=models.Q(('choice__in', ['all', 'kinds', 'sectors', 'codes']), ('every__in', ['hour', 'quarter', 'day']), ('kind__in', ['vetovoima', 'oapif', 'geojson', 'json_feed', 'atom']), ('state__in', ['active', 'paused', 'stopped'])), name='followed_source_choices_known'),
        ),
        migrations.AddIndex(
            model_name='followrun',
            index=models.Index(fields=['source', '-started_at'], name='follow_run_of_source'),
        ),
        migrations.AddConstraint(
            model_name='followrun',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'running')), fields=('source',), name='follow_runs_alone'),
        ),
        migrations.AddConstraint(
            model_name='followrun',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['running', 'ok', 'nothing_new', 'partly', 'changed', 'failed', 'too_long'])), name='follow_run_state_known'),
        ),
        migrations.AddIndex(
            model_name='foreignrecord',
            index=models.Index(fields=['source', 'kind', 'sort_name'], name='foreign_record_list'),
        ),
        migrations.AddIndex(
            model_name='foreignrecord',
            index=models.Index(fields=['seen_at'], name='foreign_record_seen'),
        ),
        migrations.AddConstraint(
            model_name='foreignrecord',
            constraint=models.UniqueConstraint(fields=('source', 'identifier'), name='foreign_record_once'),
        ),
    ]
