"""The app `cooperation`."""

from django.apps import AppConfig


class CooperationConfig(AppConfig):
    """The operating model as data: strategy and responsibilities, each municipality's emphasis, readiness and contacts."""

    name = "vetovoima.cooperation"
    label = "cooperation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """This will register the words for the app's facts."""
        from .contacts import presenters as contacts  # noqa: F401
        from .emphasis import presenters as emphasis  # noqa: F401
        from .readiness import presenters as readiness  # noqa: F401
