"""Webhooks: who is told of what, what there was to tell, and how telling it went."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reference', '0002_pull_facts'),
        ('syndication', '0010_search_rows'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Webhook',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(max_length=20, unique=True)),
                ('title', models.CharField(max_length=120, verbose_name='name')),
                ('url', models.CharField(max_length=2000, verbose_name='address')),
                ('events', models.JSONField(default=list)),
                ('municipalities', models.JSONField(blank=True, default=list)),
                ('content', models.CharField(choices=[('links', 'Code, version and addresses'), ('document', 'The public document as well')], default='links', max_length=10)),
                ('language', models.CharField(default='en', max_length=5)),
                ('state', models.CharField(choices=[('active', 'Active'), ('paused', 'Paused'), ('stopped', 'Stopped by the service')], default='active', max_length=10)),
                ('reason', models.CharField(blank=True, choices=[('person', 'A person paused it.'), ('failing', 'The receiver has failed for three days.'), ('gone', 'The receiver said that it is gone for good (410).')], max_length=10)),
                ('state_at', models.DateTimeField()),
                ('secret', models.TextField()),
                ('previous_secret', models.TextField(blank=True)),
                ('previous_until', models.DateTimeField(blank=True, null=True)),
                ('created_at', models.DateTimeField()),
                ('revision', models.PositiveIntegerField(default=1)),
                ('failing_since', models.DateTimeField(blank=True, null=True)),
                ('failures', models.PositiveIntegerField(default=0)),
                ('resting_until', models.DateTimeField(blank=True, null=True)),
                ('last_good_at', models.DateTimeField(blank=True, null=True)),
                ('turn', models.PositiveBigIntegerField(default=1)),
                ('claim', models.CharField(blank=True, max_length=32)),
                ('claimed_until', models.DateTimeField(blank=True, null=True)),
                ('municipality', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.municipality')),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('municipality__slug', 'title', 'pk'),
                'indexes': [models.Index(fields=['state'], name='webhook_state')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['active', 'paused', 'stopped'])), name='webhook_state_known'), models.CheckConstraint(condition=models.Q(('content__in', ['links', 'document'])), name='webhook_content_known')],
            },
        ),
        migrations.CreateModel(
            name='WebhookEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40)),
                ('at', models.DateTimeField()),
                ('code', models.CharField(blank=True, max_length=60)),
                ('municipality_slug', models.CharField(blank=True, max_length=60)),
                ('data', models.JSONField(default=dict)),
                ('fact', models.PositiveBigIntegerField(blank=True, null=True, unique=True)),
            ],
            options={
                'ordering': ('at', 'pk'),
                'indexes': [models.Index(fields=['at'], name='webhook_event_at')],
            },
        ),
        migrations.CreateModel(
            name='WebhookDelivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=40, unique=True)),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('delivered', 'Delivered'), ('failed', 'Given up')], default='waiting', max_length=10)),
                ('tries', models.PositiveIntegerField(default=0)),
                ('due_at', models.DateTimeField()),
                ('made_at', models.DateTimeField()),
                ('done_at', models.DateTimeField(blank=True, null=True)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='syndication.webhookevent')),
                ('webhook', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='syndication.webhook')),
            ],
            options={
                'ordering': ('-made_at', '-pk'),
                'indexes': [models.Index(fields=['webhook', 'state', 'due_at'], name='webhook_delivery_due'), models.Index(fields=['webhook', '-made_at'], name='webhook_delivery_log')],
                'constraints': [models.UniqueConstraint(fields=('webhook', 'event'), name='webhook_delivery_once'), models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'delivered', 'failed'])), name='webhook_delivery_state_known')],
            },
        ),
        migrations.CreateModel(
            name='WebhookAttempt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('milliseconds', models.PositiveIntegerField()),
                ('status', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('outcome', models.CharField(choices=[('delivered', 'Delivered'), ('refused', 'The receiver answered with an error'), ('gone', 'The receiver says that it is gone for good (410)'), ('busy', 'The receiver asks us to come back later'), ('moved', 'The receiver redirects to another address; redirects are not followed'), ('too_long', 'The receiver did not answer in time'), ('cut', 'The receiver ended the connection'), ('unreachable', 'The receiver could not be reached'), ('certificate', "The receiver's certificate is not valid"), ('unknown_name', 'There is no server with this name'), ('not_allowed', 'The address is not one that may be called'), ('ours', 'Something broke on our side; it is tried again'), ('no_secret', 'The signing secret cannot be read any more; make a new one')], max_length=12)),
                ('delivery', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attempts', to='syndication.webhookdelivery')),
            ],
            options={
                'ordering': ('at', 'pk'),
            },
        ),
    ]
