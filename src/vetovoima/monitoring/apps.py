"""The app `monitoring`."""

from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    """The investment register, targets, indicators."""

    name = "vetovoima.monitoring"
    label = "monitoring"
    default_auto_field = "django.db.models.BigAutoField"
