from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('monitoring', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='AuditResult',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('item', models.CharField(max_length=4)),
                ('result', models.CharField(choices=[('fail', 'not met'), ('part', 'partly met'), ('pass', 'met')], max_length=4)),
                ('evidence', models.JSONField(blank=True, default=list)),
                ('checked_at', models.DateTimeField()),
            ],
            options={
                'ordering': ('day', 'item'),
                'constraints': [models.UniqueConstraint(fields=('day', 'item'), name='audit_result_once_a_day'), models.CheckConstraint(condition=models.Q(('result__in', ['fail', 'part', 'pass'])), name='audit_result_known')],
            },
        ),
        migrations.CreateModel(
            name='DailyCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('what', models.CharField(choices=[('entry', 'Arrivals'), ('view', 'Pages read'), ('enquiry', 'Enquiries')], max_length=8)),
                ('path', models.CharField(max_length=200)),
                ('language', models.CharField(max_length=5)),
                ('origin', models.CharField(choices=[('search', 'Search engine'), ('assistant', 'Assistant that answers questions'), ('social', 'Social media'), ('partner', "Partner's site"), ('campaign', 'Campaign'), ('other', 'Another site'), ('direct', 'Directly, or not told'), ('inside', 'From within the portal, first source not told')], max_length=10)),
                ('detail', models.CharField(blank=True, max_length=80)),
                ('count', models.PositiveIntegerField(default=0)),
            ],
            options={
                'ordering': ('day', 'what', 'path', 'pk'),
                'constraints': [models.UniqueConstraint(fields=('day', 'what', 'path', 'language', 'origin', 'detail'), name='daily_count_once'), models.CheckConstraint(condition=models.Q(('origin__in', ['search', 'assistant', 'social', 'partner', 'campaign', 'other', 'direct', 'inside']), ('what__in', ['entry', 'view', 'enquiry'])), name='daily_count_known')],
            },
        ),
    ]
