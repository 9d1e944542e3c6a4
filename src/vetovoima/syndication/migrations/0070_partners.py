import django.db.models.deletion
import vetovoima.common.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_sessions_and_addresses"),
        ("directory", "0001_initial"),
        ("media", "0002_files"),
        ("reference", "0002_pull_facts"),
        ("syndication", "0060_channels"),
    ]

    operations = [
        migrations.CreateModel(
            name="PartnerChannel",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.SlugField(max_length=60, unique=True)),
                (
                    "name",
                    vetovoima.common.fields.TranslatedField(
                        blank=True, default=vetovoima.common.fields.Translated, verbose_name="name"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("agency", "National agency"),
                            ("platform", "Service platform"),
                            ("network", "Network"),
                            ("regions", "Partner regions"),
                            ("chamber", "Chamber of commerce"),
                            ("fair", "Fair or event"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "purpose",
                    vetovoima.common.fields.TranslatedField(
                        blank=True, default=vetovoima.common.fields.Translated, verbose_name="purpose"
                    ),
                ),
                ("website", models.CharField(blank=True, max_length=500, verbose_name="address on the web")),
                (
                    "email",
                    models.EmailField(blank=True, max_length=254, verbose_name="e-mail for deliveries"),
                ),
                (
                    "fee",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="fee"
                    ),
                ),
                ("fee_currency", models.CharField(blank=True, max_length=3)),
                (
                    "fee_period",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("once", "once"),
                            ("month", "a month"),
                            ("year", "a year"),
                            ("event", "each event"),
                        ],
                        max_length=10,
                    ),
                ),
                ("kinds", models.JSONField(blank=True, default=list)),
                (
                    "rules",
                    vetovoima.common.fields.TranslatedField(
                        blank=True, default=vetovoima.common.fields.Translated, verbose_name="sharing rules"
                    ),
                ),
                ("languages", models.JSONField(blank=True, default=list)),
                ("source", models.JSONField(blank=True, default=dict)),
                ("active_from", models.DateField(blank=True, null=True)),
                ("active_until", models.DateField(blank=True, null=True)),
                ("answer_days", models.PositiveSmallIntegerField(default=21)),
                ("talk_months", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("talk_on", models.DateField(blank=True, null=True)),
                ("note", models.TextField(blank=True)),
                ("is_example", models.BooleanField(default=False)),
                ("revision", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField(blank=True, null=True)),
                ("updated_at", models.DateTimeField(blank=True, null=True)),
                (
                    "contact",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="directory.contact",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ("key",),
            },
        ),
        migrations.CreateModel(
            name="PartnerDelivery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=80, unique=True)),
                ("number", models.PositiveIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("sent", "Sent"),
                            ("received", "Received"),
                            ("shown", "Shown"),
                            ("ended", "Outcome known"),
                            ("cancelled", "Not sent"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("language", models.CharField(default="en", max_length=5)),
                ("title", models.CharField(max_length=160, verbose_name="title")),
                ("message", models.TextField(blank=True, verbose_name="message")),
                ("facts", models.JSONField(blank=True, default=list)),
                ("revision", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField()),
                ("updated_at", models.DateTimeField()),
                ("packed_at", models.DateTimeField(blank=True, null=True)),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("mark", models.CharField(blank=True, max_length=20)),
                ("sent_on", models.DateField(blank=True, null=True)),
                ("sent_by_name", models.CharField(blank=True, max_length=200)),
                (
                    "way",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("mail", "By e-mail"),
                            ("form", "Entered on their own pages or form"),
                            ("meeting", "At a meeting or fair"),
                            ("api", "From program to program"),
                        ],
                        max_length=10,
                    ),
                ),
                ("sent_to", models.CharField(blank=True, max_length=300)),
                ("received_on", models.DateField(blank=True, null=True)),
                ("receipt_reference", models.CharField(blank=True, max_length=120)),
                ("receipt_note", models.TextField(blank=True)),
                ("shown_on", models.DateField(blank=True, null=True)),
                ("shown_url", models.CharField(blank=True, max_length=500)),
                ("ended_on", models.DateField(blank=True, null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("leads", "Enquiries or leads came"),
                            ("published", "They published it"),
                            ("nothing", "Nothing came of it"),
                            ("other", "Something else"),
                        ],
                        max_length=10,
                    ),
                ),
                ("enquiry_count", models.PositiveIntegerField(blank=True, null=True)),
                ("lead_count", models.PositiveIntegerField(blank=True, null=True)),
                ("deal_url", models.CharField(blank=True, max_length=500)),
                ("outcome_note", models.TextField(blank=True)),
                (
                    "channel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="syndication.partnerchannel",
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="directory.contact",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reference.municipality",
                    ),
                ),
                (
                    "receipt_file",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="media.storedfile",
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("-created_at", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="DeliveryFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "form",
                    models.CharField(
                        choices=[
                            ("json", "Data (JSON)"),
                            ("xlsx", "Workbook"),
                            ("pdf", "PDF"),
                            ("txt", "Text of the mail"),
                        ],
                        max_length=5,
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("media_type", models.CharField(max_length=100)),
                ("content", models.BinaryField()),
                ("size", models.PositiveIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                (
                    "delivery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="syndication.partnerdelivery",
                    ),
                ),
            ],
            options={
                "ordering": ("delivery", "pk"),
            },
        ),
        migrations.CreateModel(
            name="DeliveredRecord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("code", models.CharField(max_length=30)),
                ("name", models.CharField(max_length=300)),
                ("version", models.PositiveIntegerField(blank=True, null=True)),
                ("shown_version", models.PositiveIntegerField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("told_on", models.DateField(blank=True, null=True)),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reference.municipality",
                    ),
                ),
                (
                    "delivery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="records",
                        to="syndication.partnerdelivery",
                    ),
                ),
            ],
            options={
                "ordering": ("delivery", "position", "pk"),
            },
        ),
        migrations.CreateModel(
            name="PartnerTalk",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("happened_on", models.DateField()),
                ("topic", models.CharField(max_length=500)),
                ("noted_by", models.CharField(blank=True, max_length=200)),
                ("noted_at", models.DateTimeField()),
                (
                    "channel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="talks",
                        to="syndication.partnerchannel",
                    ),
                ),
            ],
            options={
                "ordering": ("-happened_on", "-pk"),
            },
        ),
        migrations.AddConstraint(
            model_name="partnerchannel",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["agency", "platform", "network", "regions", "chamber", "fair"])
                ),
                name="partner_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="partnerchannel",
            constraint=models.CheckConstraint(
                condition=models.Q(("fee", None), ("fee__gte", 0), _connector="OR"), name="partner_fee_sane"
            ),
        ),
        migrations.AddIndex(
            model_name="partnerdelivery",
            index=models.Index(fields=["state", "sent_on"], name="partner_delivery_due"),
        ),
        migrations.AddIndex(
            model_name="partnerdelivery",
            index=models.Index(fields=["municipality", "-created_at"], name="partner_delivery_town"),
        ),
        migrations.AddConstraint(
            model_name="partnerdelivery",
            constraint=models.UniqueConstraint(fields=("channel", "number"), name="partner_delivery_once"),
        ),
        migrations.AddConstraint(
            model_name="partnerdelivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["draft", "sent", "received", "shown", "ended", "cancelled"])
                ),
                name="partner_delivery_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="deliveryfile",
            constraint=models.UniqueConstraint(fields=("delivery", "form"), name="delivery_file_once"),
        ),
        migrations.AddIndex(
            model_name="deliveredrecord",
            index=models.Index(fields=["code"], name="delivered_record_code"),
        ),
        migrations.AddConstraint(
            model_name="deliveredrecord",
            constraint=models.UniqueConstraint(fields=("delivery", "code"), name="delivered_record_once"),
        ),
    ]
