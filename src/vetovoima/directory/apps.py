"""The app `directory`."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Named contacts of the offer."""

    name = "vetovoima.directory"
    label = "directory"
    default_auto_field = "django.db.models.BigAutoField"
