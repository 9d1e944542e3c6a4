"""The app `media`."""

from django.apps import AppConfig


class MediaConfig(AppConfig):
    """Files with a sharing level."""

    name = "vetovoima.media"
    label = "media"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """This will register the words for the app's facts, and its work."""
        from . import presenters, tasks  # noqa: F401
