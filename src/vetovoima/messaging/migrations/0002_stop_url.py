from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('messaging', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='mail',
            name='stop_url',
            field=models.CharField(blank=True, max_length=300),
        ),
    ]
