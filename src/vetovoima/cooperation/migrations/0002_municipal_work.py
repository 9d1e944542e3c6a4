import django.core.validators
import django.db.models.deletion
import vetovoima.common.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cooperation', '0001_initial'),
        ('reference', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Emphasis',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(help_text='version, counted within the municipality')),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('approved', 'Approved'), ('replaced', 'Replaced by a later one')], default='draft', max_length=10)),
                ('vision', vetovoima.common.fields.TranslatedField(blank=True, default=vetovoima.common.fields.Translated)),
                ('approved_by', models.CharField(blank=True, help_text='the body, for example the council', max_length=120)),
                ('approved_on', models.DateField(blank=True, null=True)),
                ('document', models.CharField(blank=True, max_length=200)),
                ('document_url', models.URLField(blank=True, max_length=500)),
                ('valid_until', models.DateField(blank=True, null=True)),
                ('is_example', models.BooleanField(default=False)),
                ('revision', models.PositiveIntegerField(default=0)),
                ('updated_at', models.DateTimeField()),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.municipality')),
            ],
            options={
                'verbose_name_plural': 'emphases',
                'ordering': ('municipality', '-number'),
            },
        ),
        migrations.CreateModel(
            name='EmphasisWeight',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('weight', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(100)])),
                ('emphasis', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='weights', to='cooperation.emphasis')),
                ('sector', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.sector')),
                ('theme', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.theme')),
            ],
            options={
                'ordering': ('emphasis', '-weight', 'sector__position', 'theme__position', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='Gathering',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('interview', 'Interview'), ('survey', 'Survey'), ('workshop', 'Workshop'), ('document', 'Document')], max_length=10)),
                ('held_on', models.DateField()),
                ('asked_by', models.CharField(max_length=120)),
                ('asked', models.CharField(max_length=200)),
                ('summary', models.TextField(blank=True, max_length=5000)),
                ('is_example', models.BooleanField(default=False)),
                ('revision', models.PositiveIntegerField(default=0)),
                ('updated_at', models.DateTimeField()),
                ('emphasis', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='gatherings', to='cooperation.emphasis')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.municipality')),
            ],
            options={
                'ordering': ('municipality', '-held_on', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='PlanAction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('item', models.SlugField(max_length=60)),
                ('action', models.CharField(max_length=300)),
                ('responsible', models.CharField(max_length=120)),
                ('due_on', models.DateField()),
                ('state', models.CharField(choices=[('open', 'Open'), ('under_way', 'Under way'), ('done', 'Done'), ('dropped', 'Dropped')], default='open', max_length=10)),
                ('reason', models.CharField(blank=True, help_text='why it was dropped', max_length=300)),
                ('closed_on', models.DateField(blank=True, null=True)),
                ('is_example', models.BooleanField(default=False)),
                ('revision', models.PositiveIntegerField(default=0)),
                ('updated_at', models.DateTimeField()),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.municipality')),
            ],
            options={
                'ordering': ('municipality', 'due_on', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='Assessment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField()),
                ('answers', models.JSONField(blank=True, default=dict)),
                ('finished_on', models.DateField(blank=True, null=True)),
                ('finished_by', models.CharField(blank=True, max_length=120)),
                ('is_example', models.BooleanField(default=False)),
                ('revision', models.PositiveIntegerField(default=0)),
                ('updated_at', models.DateTimeField()),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.municipality')),
            ],
            options={
                'ordering': ('municipality', '-year'),
                'constraints': [models.UniqueConstraint(fields=('municipality', 'year'), name='assessment_once_a_year')],
            },
        ),
        migrations.CreateModel(
            name='CompanyContact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=20, unique=True)),
                ('company_name', models.CharField(max_length=200)),
                ('business_id', models.CharField(blank=True, max_length=9)),
                ('happened_on', models.DateField()),
                ('kind', models.CharField(choices=[('visit', 'Visit'), ('call', 'Call'), ('meeting', 'Meeting'), ('event', 'Event'), ('mail', 'Mail')], max_length=10)),
                ('our_people', models.CharField(max_length=200)),
                ('subject', models.CharField(max_length=200)),
                ('notes', models.TextField(blank=True, max_length=10000)),
                ('outcome', models.TextField(blank=True, max_length=2000)),
                ('follow_up_on', models.DateField(blank=True, null=True)),
                ('followed_up_on', models.DateField(blank=True, null=True)),
                ('shared_summary', models.TextField(blank=True, max_length=1000)),
                ('shared_on', models.DateField(blank=True, null=True)),
                ('shared_by', models.CharField(blank=True, max_length=120)),
                ('is_example', models.BooleanField(default=False)),
                ('revision', models.PositiveIntegerField(default=0)),
                ('updated_at', models.DateTimeField()),
                ('follow_up_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.municipality')),
            ],
            options={
                'ordering': ('-happened_on', '-pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['visit', 'call', 'meeting', 'event', 'mail'])), name='company_contact_kind_known'), models.CheckConstraint(condition=models.Q(('shared_on__isnull', True), models.Q(('shared_summary', ''), _negated=True), _connector='OR'), name='company_contact_shared_words', violation_error_message='Write the summary that is shared.')],
            },
        ),
        migrations.AddConstraint(
            model_name='emphasis',
            constraint=models.UniqueConstraint(fields=('municipality', 'number'), name='emphasis_number_once'),
        ),
        migrations.AddConstraint(
            model_name='emphasis',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'draft')), fields=('municipality',), name='emphasis_one_draft', violation_error_message='The municipality has a draft already: go on with that one.'),
        ),
        migrations.AddConstraint(
            model_name='emphasis',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'approved')), fields=('municipality',), name='emphasis_one_approved'),
        ),
        migrations.AddConstraint(
            model_name='emphasis',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'approved', 'replaced'])), name='emphasis_state_known'),
        ),
        migrations.AddConstraint(
            model_name='emphasis',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'draft'), models.Q(models.Q(('approved_by', ''), _negated=True), ('approved_on__isnull', False)), _connector='OR'), name='emphasis_approved_by_somebody', violation_error_message='What is approved says by whom and when.'),
        ),
        migrations.AddConstraint(
            model_name='emphasisweight',
            constraint=models.UniqueConstraint(fields=('emphasis', 'sector'), name='emphasis_sector_once'),
        ),
        migrations.AddConstraint(
            model_name='emphasisweight',
            constraint=models.UniqueConstraint(fields=('emphasis', 'theme'), name='emphasis_theme_once'),
        ),
        migrations.AddConstraint(
            model_name='emphasisweight',
            constraint=models.CheckConstraint(condition=models.Q(('sector__isnull', True), ('theme__isnull', True), _connector='XOR'), name='emphasis_sector_or_theme'),
        ),
        migrations.AddConstraint(
            model_name='emphasisweight',
            constraint=models.CheckConstraint(condition=models.Q(('weight__gte', 1), ('weight__lte', 100)), name='emphasis_weight_in_per_cent'),
        ),
        migrations.AddConstraint(
            model_name='gathering',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['interview', 'survey', 'workshop', 'document'])), name='gathering_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='planaction',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['open', 'under_way', 'done', 'dropped'])), name='plan_action_state_known'),
        ),
        migrations.AddConstraint(
            model_name='planaction',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'dropped'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='plan_action_dropped_with_reason', violation_error_message='Say why it is dropped.'),
        ),
    ]
