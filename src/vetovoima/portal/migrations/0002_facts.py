import vetovoima.portal.models.blocks
import wagtail.fields
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('portal', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='homepage',
            name='key_facts',
            field=wagtail.fields.StreamField([('fact', 1)], blank=True, block_lookup={0: ('wagtail.blocks.ChoiceBlock', [], {'choices': vetovoima.portal.models.blocks.fact_choices, 'label': 'Fact'}), 1: ('wagtail.blocks.StructBlock', [[('code', 0)]], {})}, verbose_name='key facts'),
        ),
        migrations.AddField(
            model_name='municipalityindexpage',
            name='key_facts',
            field=wagtail.fields.StreamField([('fact', 1)], blank=True, block_lookup={0: ('wagtail.blocks.ChoiceBlock', [], {'choices': vetovoima.portal.models.blocks.fact_choices, 'label': 'Fact'}), 1: ('wagtail.blocks.StructBlock', [[('code', 0)]], {})}, verbose_name='key facts'),
        ),
        migrations.AddField(
            model_name='municipalitypage',
            name='key_facts',
            field=wagtail.fields.StreamField([('fact', 1)], blank=True, block_lookup={0: ('wagtail.blocks.ChoiceBlock', [], {'choices': vetovoima.portal.models.blocks.fact_choices, 'label': 'Fact'}), 1: ('wagtail.blocks.StructBlock', [[('code', 0)]], {})}, verbose_name='key facts'),
        ),
        migrations.AddField(
            model_name='newsindexpage',
            name='key_facts',
            field=wagtail.fields.StreamField([('fact', 1)], blank=True, block_lookup={0: ('wagtail.blocks.ChoiceBlock', [], {'choices': vetovoima.portal.models.blocks.fact_choices, 'label': 'Fact'}), 1: ('wagtail.blocks.StructBlock', [[('code', 0)]], {})}, verbose_name='key facts'),
        ),
        migrations.AddField(
            model_name='newspage',
            name='key_facts',
            field=wagtail.fields.StreamField([('fact', 1)], blank=True, block_lookup={0: ('wagtail.blocks.ChoiceBlock', [], {'choices': vetovoima.portal.models.blocks.fact_choices, 'label': 'Fact'}), 1: ('wagtail.blocks.StructBlock', [[('code', 0)]], {})}, verbose_name='key facts'),
        ),
        migrations.AddField(
            model_name='regionpage',
            name='key_facts',
            field=wagtail.fields.StreamField([('fact', 1)], blank=True, block_lookup={0: ('wagtail.blocks.ChoiceBlock', [], {'choices': vetovoima.portal.models.blocks.fact_choices, 'label': 'Fact'}), 1: ('wagtail.blocks.StructBlock', [[('code', 0)]], {})}, verbose_name='key facts'),
        ),
        migrations.AddField(
            model_name='sectorindexpage',
            name='key_facts',
            field=wagtail.fields.StreamField([('fact', 1)], blank=True, block_lookup={0: ('wagtail.blocks.ChoiceBlock', [], {'choices': vetovoima.portal.models.blocks.fact_choices, 'label': 'Fact'}), 1: ('wagtail.blocks.StructBlock', [[('code', 0)]], {})}, verbose_name='key facts'),
        ),
        migrations.AddField(
            model_name='sectorpage',
            name='key_facts',
            field=wagtail.fields.StreamField([('fact', 1)], blank=True, block_lookup={0: ('wagtail.blocks.ChoiceBlock', [], {'choices': vetovoima.portal.models.blocks.fact_choices, 'label': 'Fact'}), 1: ('wagtail.blocks.StructBlock', [[('code', 0)]], {})}, verbose_name='key facts'),
        ),
        migrations.AddField(
            model_name='textpage',
            name='key_facts',
            field=wagtail.fields.StreamField([('fact', 1)], blank=True, block_lookup={0: ('wagtail.blocks.ChoiceBlock', [], {'choices': vetovoima.portal.models.blocks.fact_choices, 'label': 'Fact'}), 1: ('wagtail.blocks.StructBlock', [[('code', 0)]], {})}, verbose_name='key facts'),
        ),
    ]
