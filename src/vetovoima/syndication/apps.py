"""The app `syndication`."""

from django.apps import AppConfig


class SyndicationConfig(AppConfig):
    """Published documents: all that the public side reads."""

    name = "vetovoima.syndication"
    label = "syndication"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """This will subscribe to what the catalogue publishes."""
        from . import receivers, tasks  # noqa: F401
        from .packages import presenters  # noqa: F401
