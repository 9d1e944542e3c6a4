"""The app `cooperation`."""

from django.apps import AppConfig


class CooperationConfig(AppConfig):
    """The operating model as data: strategy and responsibilities."""

    name = "vetovoima.cooperation"
    label = "cooperation"
    default_auto_field = "django.db.models.BigAutoField"
