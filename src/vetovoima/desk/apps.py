"""The app `desk`."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The workspace of the council, the municipalities and the partners."""

    name = "vetovoima.desk"
    label = "desk"
    default_auto_field = "django.db.models.BigAutoField"
