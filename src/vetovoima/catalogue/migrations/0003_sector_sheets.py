import django.db.models.deletion
import django.utils.timezone
import vetovoima.catalogue.knowledge.validators
import vetovoima.common.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalogue', '0002_full_record'),
        ('directory', '0001_initial'),
        ('reference', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='factuse',
            name='kind',
            field=models.CharField(choices=[('page', 'Page of the portal'), ('site', 'Record'), ('asset', 'Knowledge infrastructure'), ('sector', 'Sheet of a sector')], max_length=10),
        ),
        migrations.CreateModel(
            name='SectorSheet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('summary', vetovoima.common.fields.TranslatedField(blank=True, default=vetovoima.common.fields.Translated, verbose_name='summary')),
                ('figures', models.JSONField(blank=True, default=list, verbose_name='key figures')),
                ('source', models.JSONField(blank=True, default=dict, verbose_name='source')),
                ('state', models.CharField(choices=[('draft', 'Draft, not reviewed by an expert'), ('in_review', 'With an expert for review'), ('reviewed', 'Reviewed by an expert'), ('expired', 'Review has expired')], default='draft', max_length=10, verbose_name='state')),
                ('reviewer_name', models.CharField(blank=True, max_length=120, verbose_name='expert')),
                ('reviewer_role', models.CharField(blank=True, max_length=160, verbose_name='role of the expert')),
                ('reviewer_organisation', models.CharField(blank=True, max_length=160, verbose_name='organisation of the expert')),
                ('reviewed_on', models.DateField(blank=True, null=True, verbose_name='reviewed on')),
                ('expires_on', models.DateField(blank=True, null=True, verbose_name='review valid until')),
                ('comment', models.CharField(blank=True, max_length=2000, verbose_name='what the expert asks for')),
                ('is_example_review', models.BooleanField(default=False, verbose_name='example of a review')),
                ('revision', models.PositiveIntegerField(default=1)),
                ('updated_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('contact', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.contact', verbose_name='contact person')),
                ('reviewer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='expert who signs in')),
                ('sector', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.sector')),
            ],
            options={
                'ordering': ('sector__position', 'sector__slug'),
            },
        ),
        migrations.CreateModel(
            name='SectorQuestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField(default=0)),
                ('question', vetovoima.common.fields.TranslatedField(blank=True, default=vetovoima.common.fields.Translated, verbose_name='question')),
                ('answer', vetovoima.common.fields.TranslatedField(blank=True, default=vetovoima.common.fields.Translated, verbose_name='answer')),
                ('sheet', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='catalogue.sectorsheet')),
            ],
            options={
                'ordering': ('sheet', 'position', 'pk'),
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SectorPull',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField(default=0)),
                ('text', vetovoima.common.fields.TranslatedField(blank=True, default=vetovoima.common.fields.Translated, verbose_name='outside pull')),
                ('evidence', models.JSONField(blank=True, default=list, verbose_name='evidence')),
                ('source', models.JSONField(blank=True, default=dict, verbose_name='source')),
                ('sheet', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pulls', to='catalogue.sectorsheet')),
            ],
            options={
                'ordering': ('sheet', 'position', 'pk'),
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SectorHomework',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField(default=0)),
                ('what', vetovoima.common.fields.TranslatedField(blank=True, default=vetovoima.common.fields.Translated, verbose_name='what')),
                ('who', models.CharField(blank=True, max_length=160, verbose_name='who')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='by when')),
                ('done_on', models.DateField(blank=True, null=True, verbose_name='done on')),
                ('done_by', models.CharField(blank=True, max_length=120, verbose_name='marked by')),
                ('proof', models.CharField(blank=True, max_length=300, verbose_name='what shows it')),
                ('sheet', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='homework', to='catalogue.sectorsheet')),
            ],
            options={
                'ordering': ('sheet', 'position', 'pk'),
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SectorStrength',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField(default=0)),
                ('text', vetovoima.common.fields.TranslatedField(blank=True, default=vetovoima.common.fields.Translated, verbose_name='strength')),
                ('evidence', models.JSONField(blank=True, default=list, verbose_name='evidence')),
                ('sheet', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='strengths', to='catalogue.sectorsheet')),
            ],
            options={
                'ordering': ('sheet', 'position', 'pk'),
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='StrengthJudgement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('score', models.PositiveSmallIntegerField(choices=[(1, '1: answers it weakly'), (2, '2: answers it in part'), (3, '3: answers it well')], verbose_name='score')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='reason')),
                ('judged_by', models.CharField(max_length=120, verbose_name='judged by')),
                ('judged_on', models.DateField(verbose_name='judged on')),
                ('pull', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='judgements', to='catalogue.sectorpull')),
                ('strength', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='judgements', to='catalogue.sectorstrength')),
            ],
            options={
                'ordering': ('strength', 'pull'),
            },
        ),
        migrations.CreateModel(
            name='TargetNiche',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField(default=0)),
                ('name', vetovoima.common.fields.TranslatedField(blank=True, default=vetovoima.common.fields.Translated, verbose_name='niche')),
                ('why', vetovoima.common.fields.TranslatedField(blank=True, default=vetovoima.common.fields.Translated, verbose_name='why us')),
                ('state', models.CharField(choices=[('chosen', 'Chosen'), ('considered', 'Considered'), ('not_chosen', 'Not chosen')], default='considered', max_length=12, verbose_name='state')),
                ('reason', vetovoima.common.fields.TranslatedField(blank=True, default=vetovoima.common.fields.Translated, verbose_name='reason')),
                ('decided_on', models.CharField(blank=True, max_length=10, validators=[vetovoima.catalogue.knowledge.validators.validate_as_of], verbose_name='decided on')),
                ('decided_by', models.CharField(blank=True, max_length=200, verbose_name='decided by')),
                ('sheet', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='niches', to='catalogue.sectorsheet')),
            ],
            options={
                'ordering': ('sheet', 'position', 'pk'),
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='sectorsheet',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'in_review', 'reviewed', 'expired'])), name='sector_sheet_state_known'),
        ),
        migrations.AddConstraint(
            model_name='sectorsheet',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'reviewed'), _negated=True), models.Q(('expires_on__isnull', False), ('reviewed_on__isnull', False), models.Q(('reviewer_name', ''), _negated=True)), _connector='OR'), name='sector_sheet_reviewed_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='strengthjudgement',
            constraint=models.UniqueConstraint(fields=('strength', 'pull'), name='strength_judgement_once'),
        ),
        migrations.AddConstraint(
            model_name='strengthjudgement',
            constraint=models.CheckConstraint(condition=models.Q(('score__in', [1, 2, 3])), name='strength_judgement_score_known'),
        ),
        migrations.AddConstraint(
            model_name='targetniche',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['chosen', 'considered', 'not_chosen'])), name='target_niche_state_known'),
        ),
    ]
