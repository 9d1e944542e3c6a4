"""The app `portal`."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PortalConfig(AppConfig):
    """The public site: pages, search, records, the enquiry form."""

    name = "vetovoima.portal"
    label = "portal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """This will grant editors and moderators their permissions when the last app with tables has been migrated."""
        from django.apps import apps

        from . import happenings, receivers  # noqa: F401
        from .audit import asking, content, offer, site  # noqa: F401
        from .models.editors import grant_editors

        post_migrate.connect(grant_editors, sender=apps.get_app_config("sessions"))
