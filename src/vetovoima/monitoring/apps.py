"""The app `monitoring`."""

from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    """The investment register, targets, indicators."""

    name = "vetovoima.monitoring"
    label = "monitoring"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """This will store the figures that connectors bring, and carry new figures into the fact bank."""
        from . import following, receivers  # noqa: F401
