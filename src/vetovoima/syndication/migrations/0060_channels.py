"""Pages that show the offer: which they are, what each should have shown when, and how each stood."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reference', '0002_pull_facts'),
        ('syndication', '0050_origins'),
    ]

    operations = [
        migrations.CreateModel(
            name='ChannelHost',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=260, unique=True)),
                ('turn', models.PositiveBigIntegerField(default=1)),
                ('claim', models.CharField(blank=True, max_length=32)),
                ('claimed_until', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ('name',),
            },
        ),
        migrations.CreateModel(
            name='ChannelPage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=8, unique=True)),
                ('title', models.CharField(max_length=120, verbose_name='name')),
                ('url', models.CharField(max_length=2000, verbose_name='address')),
                ('place', models.CharField(db_index=True, max_length=2000)),
                ('way', models.CharField(choices=[('component', 'Web component (a script and a tag)'), ('frame', 'Frame'), ('fragment', "Fragment fetched by the page's own server"), ('bundle', 'Files of the nightly bundle'), ('feed', 'Own programme that reads a feed or the API')], default='component', max_length=10)),
                ('language', models.CharField(default='fi', max_length=5)),
                ('question', models.JSONField(blank=True, default=dict)),
                ('contact_email', models.EmailField(blank=True, max_length=254)),
                ('contact_language', models.CharField(default='fi', max_length=5)),
                ('keeper', models.CharField(blank=True, max_length=200)),
                ('agreed_on', models.DateField(blank=True, null=True)),
                ('agreement', models.TextField(blank=True)),
                ('is_example', models.BooleanField(default=False)),
                ('created_at', models.DateTimeField()),
                ('revision', models.PositiveIntegerField(default=1)),
                ('state', models.CharField(choices=[('green', 'Up to date'), ('late', 'Late'), ('broken', 'Broken'), ('unknown', 'Not known yet')], default='unknown', max_length=8)),
                ('finding', models.CharField(choices=[('current', 'It shows what is published now.'), ('when_opened', 'The embed is on the page. When somebody last opened it, it showed what was published then.'), ('soon', 'It shows what was published shortly before; the newest version is expected within its time.'), ('old', "It shows an older version for longer than it should. Empty the site's caches, or look why its server does not fetch the new one."), ('unopened', 'The embed is on the page, but nobody has opened it yet, so its version is not known. Open the page once.'), ('strange', "It shows a selection that does not fit what is registered. Compare the embed's filters with those of this page."), ('unseen', 'It has not been visited yet.'), ('origin', "Its site is not among the allowed ones, so browsers refuse the frame. Allow the site's address for embeds."), ('visit', 'The visit found something to mend.')], default='unseen', max_length=12)),
                ('state_at', models.DateTimeField()),
                ('visited_at', models.DateTimeField(blank=True, null=True)),
                ('seen', models.CharField(blank=True, choices=[('embed', 'The embed is on the page.'), ('gone', 'The embed is no longer on the page. Paste the lines below into it again.'), ('no_script', 'The tag is on the page, but not the script beside it. Paste both lines again.'), ('no_mark', "The offer's list is not on the page, or its mark data-vetovoima-version was taken out. Put the fragment in unchanged."), ('other_address', 'The embed on the page reads from another address than ours. Paste the lines below instead.'), ('other_content', 'The embed on the page belongs to another municipality or another registered page. Paste the lines below instead.'), ('not_found', 'There is nothing at this address (404). Publish the page again, or change the address.'), ('closed', 'The server does not let us read the page. It must be open to everybody without signing in.'), ('error', 'The server answered with an error. Ask whoever looks after the site.'), ('busy', 'The server asked us to come back later.'), ('unreachable', 'The server could not be reached. Ask whoever looks after the site.'), ('unknown_name', 'There is no server with this name. Check the address.'), ('certificate', "The server's certificate is not valid. Ask whoever looks after the site."), ('too_long', 'The server did not finish its answer in time. Ask whoever looks after the site.'), ('cut', 'The server ended its answer in the middle. Ask whoever looks after the site.'), ('too_large', 'The page is larger than 3 MB, or too tangled to be read. Register a smaller page.'), ('compressed', 'The server compressed its answer although it was asked not to. Ask whoever looks after the site.'), ('not_a_page', 'At this address is a file, not a page. Change the address.'), ('not_allowed', 'The address, or one that it forwards to, is not a public https address. Change the address.'), ('loop', 'The page forwards from one address to the next without end. Change the address.'), ('ours', 'Something broke on our side; the page is visited again.')], max_length=14)),
                ('status', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('landed', models.CharField(blank=True, max_length=2000)),
                ('reported_at', models.DateTimeField(blank=True, null=True)),
                ('version', models.CharField(blank=True, max_length=12)),
                ('version_at', models.DateTimeField(blank=True, null=True)),
                ('version_by', models.CharField(blank=True, choices=[('visit', 'a visit'), ('report', "the embed's own report")], max_length=6)),
                ('strange_at', models.DateTimeField(blank=True, null=True)),
                ('failures', models.PositiveIntegerField(default=0)),
                ('told_at', models.DateTimeField(blank=True, null=True)),
                ('next_visit_at', models.DateTimeField(db_index=True)),
                ('host', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pages', to='syndication.channelhost')),
                ('municipality', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.municipality')),
            ],
            options={
                'ordering': ('municipality__slug', 'title', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='ChannelEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('state', models.CharField(choices=[('green', 'Up to date'), ('late', 'Late'), ('broken', 'Broken'), ('unknown', 'Not known yet')], max_length=8)),
                ('finding', models.CharField(choices=[('current', 'It shows what is published now.'), ('when_opened', 'The embed is on the page. When somebody last opened it, it showed what was published then.'), ('soon', 'It shows what was published shortly before; the newest version is expected within its time.'), ('old', "It shows an older version for longer than it should. Empty the site's caches, or look why its server does not fetch the new one."), ('unopened', 'The embed is on the page, but nobody has opened it yet, so its version is not known. Open the page once.'), ('strange', "It shows a selection that does not fit what is registered. Compare the embed's filters with those of this page."), ('unseen', 'It has not been visited yet.'), ('origin', "Its site is not among the allowed ones, so browsers refuse the frame. Allow the site's address for embeds."), ('visit', 'The visit found something to mend.')], max_length=12)),
                ('seen', models.CharField(blank=True, choices=[('embed', 'The embed is on the page.'), ('gone', 'The embed is no longer on the page. Paste the lines below into it again.'), ('no_script', 'The tag is on the page, but not the script beside it. Paste both lines again.'), ('no_mark', "The offer's list is not on the page, or its mark data-vetovoima-version was taken out. Put the fragment in unchanged."), ('other_address', 'The embed on the page reads from another address than ours. Paste the lines below instead.'), ('other_content', 'The embed on the page belongs to another municipality or another registered page. Paste the lines below instead.'), ('not_found', 'There is nothing at this address (404). Publish the page again, or change the address.'), ('closed', 'The server does not let us read the page. It must be open to everybody without signing in.'), ('error', 'The server answered with an error. Ask whoever looks after the site.'), ('busy', 'The server asked us to come back later.'), ('unreachable', 'The server could not be reached. Ask whoever looks after the site.'), ('unknown_name', 'There is no server with this name. Check the address.'), ('certificate', "The server's certificate is not valid. Ask whoever looks after the site."), ('too_long', 'The server did not finish its answer in time. Ask whoever looks after the site.'), ('cut', 'The server ended its answer in the middle. Ask whoever looks after the site.'), ('too_large', 'The page is larger than 3 MB, or too tangled to be read. Register a smaller page.'), ('compressed', 'The server compressed its answer although it was asked not to. Ask whoever looks after the site.'), ('not_a_page', 'At this address is a file, not a page. Change the address.'), ('not_allowed', 'The address, or one that it forwards to, is not a public https address. Change the address.'), ('loop', 'The page forwards from one address to the next without end. Change the address.'), ('ours', 'Something broke on our side; the page is visited again.')], max_length=14)),
                ('version', models.CharField(blank=True, max_length=12)),
                ('by', models.CharField(blank=True, choices=[('visit', 'a visit'), ('report', "the embed's own report")], max_length=6)),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='syndication.channelpage')),
            ],
            options={
                'ordering': ('-at', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='ChannelVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.CharField(max_length=12)),
                ('since', models.DateTimeField()),
                ('until', models.DateTimeField(blank=True, null=True)),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='syndication.channelpage')),
            ],
            options={
                'ordering': ('-since', '-pk'),
            },
        ),
        migrations.AddIndex(
            model_name='channelpage',
            index=models.Index(fields=['host', 'next_visit_at'], name='channel_due'),
        ),
        migrations.AddConstraint(
            model_name='channelpage',
            constraint=models.CheckConstraint(condition=models.Q(('way__in', ['component', 'frame', 'fragment', 'bundle', 'feed'])), name='channel_way_known'),
        ),
        migrations.AddConstraint(
            model_name='channelpage',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['green', 'late', 'broken', 'unknown'])), name='channel_state_known'),
        ),
        migrations.AddIndex(
            model_name='channelevent',
            index=models.Index(fields=['page', '-at'], name='channel_event'),
        ),
        migrations.AddIndex(
            model_name='channelversion',
            index=models.Index(fields=['page', 'version'], name='channel_version'),
        ),
        migrations.AddConstraint(
            model_name='channelversion',
            constraint=models.UniqueConstraint(condition=models.Q(('until__isnull', True)), fields=('page',), name='channel_one_version_now'),
        ),
    ]
