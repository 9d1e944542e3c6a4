"""The app `syndication`."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class SyndicationConfig(AppConfig):
    """Published documents: all that the public side reads."""

    name = "vetovoima.syndication"
    label = "syndication"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """This will subscribe to what the catalogue publishes."""
        from . import receivers, tasks  # noqa: F401
        from .alerts import tasks as alerts  # noqa: F401
        from .bundles import tasks as bundles  # noqa: F401
        from .channels import presenters as channel_words  # noqa: F401
        from .channels import tasks as channels  # noqa: F401
        from .embedding import presenters as embed_words  # noqa: F401
        from .federation import presenters as federation_words  # noqa: F401
        from .federation import receivers as federation_ears  # noqa: F401
        from .federation import tasks as federation  # noqa: F401
        from .packages import presenters  # noqa: F401
        from .partners import noting  # noqa: F401
        from .partners import presenters as partner_words  # noqa: F401
        from .webhooks import presenters as webhook_words  # noqa: F401
        from .webhooks import tasks as webhooks  # noqa: F401

        post_migrate.connect(receivers.index_what_has_no_entry, sender=self)
        post_migrate.connect(receivers.render_what_has_no_feature, sender=self)
