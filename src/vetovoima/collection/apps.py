"""The app `collection`."""

from django.apps import AppConfig


class CollectionConfig(AppConfig):
    """How the offer is collected from everyone to one standard (strategy 6.2, 6.6, 7.2 and 8)."""

    name = "vetovoima.collection"
    label = "collection"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """This will register the work that comes back and what is done in the background."""
        from .connectors import tasks as connectors  # noqa: F401
        from .imports import letters as import_letters  # noqa: F401
        from .imports import presenters as import_presenters  # noqa: F401
        from .imports import tasks as import_tasks  # noqa: F401
        from .rounds import presenters, receivers, tasks  # noqa: F401
        from .sources import presenters as source_presenters  # noqa: F401
        from .sources import receivers as source_receivers  # noqa: F401
        from .sources import tasks as source_tasks  # noqa: F401
