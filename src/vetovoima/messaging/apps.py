"""The app `messaging`."""

from django.apps import AppConfig


class MessagingConfig(AppConfig):
    """Mail as rows, sent by the worker."""

    name = "vetovoima.messaging"
    label = "messaging"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """This will register who sends what the outbox holds."""
        from . import tasks  # noqa: F401
