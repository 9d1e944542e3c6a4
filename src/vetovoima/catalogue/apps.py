"""The app `catalogue`."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    """The offer: plots, premises, brownfields, business areas."""

    name = "vetovoima.catalogue"
    label = "catalogue"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """This will register the words for the app's facts, and who hears of them."""
        from . import drafts, presenters, receivers, tasks  # noqa: F401
        from .knowledge import chores  # noqa: F401
        from .knowledge import presenters as knowledge_presenters  # noqa: F401
        from .sectors import chores as sector_chores  # noqa: F401
        from .sectors import presenters as sector_presenters  # noqa: F401
        from .sectors import receivers as sector_receivers  # noqa: F401
