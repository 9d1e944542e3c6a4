import django.db.models.deletion
import vetovoima.common.fields
import vetovoima.media.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('media', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='StoredFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(default=vetovoima.media.models.random_name, max_length=32, unique=True)),
                ('kind', models.CharField(choices=[('plan', 'Plan extract'), ('site_plan', 'Site plan'), ('floor_plan', 'Floor plan'), ('ground', 'Geotechnical report'), ('environment', 'Environmental study'), ('grid', 'Letter of the grid company'), ('brochure', 'Brochure'), ('other', 'Other')], default='other', max_length=20)),
                ('title', vetovoima.common.fields.TranslatedField(blank=True, default=vetovoima.common.fields.Translated)),
                ('description', vetovoima.common.fields.TranslatedField(blank=True, default=vetovoima.common.fields.Translated)),
                ('author', models.CharField(blank=True, max_length=200)),
                ('licence', models.CharField(blank=True, max_length=120)),
                ('languages', models.JSONField(blank=True, default=list)),
                ('dated', models.DateField(blank=True, null=True)),
                ('media_type', models.CharField(max_length=60)),
                ('size', models.PositiveIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('download_name', models.CharField(max_length=160)),
                ('sharing', models.CharField(choices=[('public', 'Public'), ('network', 'All partners signed in'), ('parties', 'Those named on the record'), ('owner', 'The owning organisation and the council'), ('sealed', 'Named persons only')], default='owner', max_length=10)),
                ('open_to', models.CharField(choices=[('public', 'Public'), ('network', 'All partners signed in'), ('parties', 'Those named on the record'), ('owner', 'The owning organisation and the council'), ('sealed', 'Named persons only')], default='owner', max_length=10)),
                ('scan', models.CharField(choices=[('not_scanned', 'Not scanned for viruses'), ('waiting', 'Being scanned for viruses'), ('clean', 'Scanned: no virus found'), ('infected', 'Removed: a virus was found'), ('failed', 'Could not be scanned for viruses')], default='not_scanned', max_length=12)),
                ('scanned_at', models.DateTimeField(blank=True, null=True)),
                ('uploaded_at', models.DateTimeField()),
                ('uploaded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('uploaded_at', 'pk'),
                'indexes': [models.Index(fields=['scan', 'uploaded_at'], name='file_scan')],
                'constraints': [models.CheckConstraint(condition=models.Q(('scan__in', ['not_scanned', 'waiting', 'clean', 'infected', 'failed'])), name='file_scan_known')],
            },
        ),
    ]
