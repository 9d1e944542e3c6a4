"""Visits that come from a registered page which shows the offer."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('monitoring', '0003_benchmarks'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='dailycount',
            name='daily_count_known',
        ),
        migrations.AlterField(
            model_name='dailycount',
            name='origin',
            field=models.CharField(choices=[('search', 'Search engine'), ('assistant', 'Assistant that answers questions'), ('social', 'Social media'), ('partner', "Partner's site"), ('embed', 'A page that shows the offer'), ('campaign', 'Campaign'), ('other', 'Another site'), ('direct', 'Directly, or not told'), ('inside', 'From within the portal, first source not told')], max_length=10),
        ),
        migrations.AddConstraint(
            model_name='dailycount',
            constraint=models.CheckConstraint(condition=models.Q(('origin__in', ['search', 'assistant', 'social', 'partner', 'embed', 'campaign', 'other', 'direct', 'inside']), ('what__in', ['entry', 'view', 'enquiry'])), name='daily_count_known'),
        ),
    ]
