"""The app `pipeline`."""

from django.apps import AppConfig


class PipelineConfig(AppConfig):
    """From an investor's question to the answer; confidential."""

    name = "vetovoima.pipeline"
    label = "pipeline"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """This will register the words for the app's facts and who hears of them."""
        from . import presenters, receivers  # noqa: F401
