"""The app `monitoring`."""

from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    """The investment register, targets, indicators."""

    name = "vetovoima.monitoring"
    label = "monitoring"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """This will store the figures that connectors bring, carry new figures into the fact bank, and drop old counts."""
        from . import following, receivers  # noqa: F401
        from .audit import permits, tasks  # noqa: F401
        from .visits import tasks as _  # noqa: F401
