from typing import Any

from django.db import migrations, models
from django.db.models import F


def forget_other_addresses(apps: Any, schema_editor: Any) -> None:
    """Addresses beside the one of the account: nobody had shown that they were theirs, and they let in all the same."""
    EmailAddress = apps.get_model("account", "EmailAddress")
    others = EmailAddress.objects.exclude(email__iexact=F("user__email"))
    EmailAddress.objects.filter(pk__in=list(others.values_list("pk", flat=True))).delete()


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_api_keys'),
        ('account', '0009_emailaddress_unique_primary_email'),
    ]

    operations = [
        migrations.AddField(
            model_name='user',
            name='sessions_ended',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.RunPython(forget_other_addresses, migrations.RunPython.noop),
    ]
