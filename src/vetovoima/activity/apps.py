"""The app `activity`."""

from django.apps import AppConfig


class ActivityConfig(AppConfig):
    """The log of facts, those who subscribe to it, and the outbox."""

    name = "vetovoima.activity"
    label = "activity"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """This will write down what the app below announces."""
        from vetovoima.accounts.announcing import listen

        from .services import record

        listen(record)
