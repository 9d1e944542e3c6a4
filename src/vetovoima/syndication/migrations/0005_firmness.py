from django.db import migrations, models
from django.utils.timezone import localdate


def render_again_by_night(apps, _editor):
    """The new column, and columns of what is hidden by now, are written by the next night's run over all documents."""
    apps.get_model("syndication", "PublishedDocument").objects.update(next_change_on=localdate())


class Migration(migrations.Migration):

    dependencies = [
        ('syndication', '0004_packages'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='publisheddocument',
            name='document_facets',
        ),
        migrations.AddField(
            model_name='publisheddocument',
            name='firmness',
            field=models.CharField(blank=True, default='', max_length=12),
            preserve_default=False,
        ),
        migrations.AddIndex(
            model_name='publisheddocument',
            index=models.Index(fields=['language', 'kind', 'municipality_slug', 'availability', 'queue_state', 'firmness', 'is_example'], name='document_facets'),
        ),
        migrations.RunPython(render_again_by_night, migrations.RunPython.noop),
    ]
