"""The app `reference`."""

from django.apps import AppConfig


class ReferenceConfig(AppConfig):
    """The region: municipalities, places, sectors, themes, classifications."""

    name = "vetovoima.reference"
    label = "reference"
    default_auto_field = "django.db.models.BigAutoField"
