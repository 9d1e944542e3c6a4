"""The app `common`."""

from django.apps import AppConfig


class CommonConfig(AppConfig):
    """Shared fields, geometry, text, time, money, and the safe ways out and in."""

    name = "vetovoima.common"
    label = "common"
    default_auto_field = "django.db.models.BigAutoField"
