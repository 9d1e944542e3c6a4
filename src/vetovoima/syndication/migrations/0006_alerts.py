from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('syndication', '0005_firmness'),
    ]

    operations = [
        migrations.CreateModel(
            name='SavedSearch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=32, unique=True)),
                ('email', models.EmailField(max_length=254)),
                ('language', models.CharField(max_length=5)),
                ('query', models.CharField(blank=True, max_length=2000)),
                ('words', models.CharField(blank=True, max_length=500)),
                ('terms', models.JSONField()),
                ('frequency', models.CharField(choices=[('instant', 'at once'), ('daily', 'once a day'), ('weekly', 'once a week')], max_length=10)),
                ('asked_at', models.DateTimeField()),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('told_until', models.DateTimeField(null=True)),
                ('told', models.JSONField(default=dict)),
                ('letters', models.PositiveIntegerField(default=0)),
                ('seen_version', models.PositiveBigIntegerField(default=0)),
            ],
            options={
                'ordering': ('asked_at', 'pk'),
                'indexes': [models.Index(fields=['frequency', 'confirmed_at'], name='saved_search_due'), models.Index(fields=['email'], name='saved_search_owner')],
                'constraints': [models.CheckConstraint(condition=models.Q(('frequency__in', ['instant', 'daily', 'weekly'])), name='saved_search_frequency_known'), models.CheckConstraint(condition=models.Q(('language__in', ('fi', 'en', 'sv'))), name='saved_search_language_known'), models.CheckConstraint(condition=models.Q(('confirmed_at__isnull', True), ('told_until__isnull', False), _connector='OR'), name='saved_search_told_from_its_confirmation')],
            },
        ),
    ]
