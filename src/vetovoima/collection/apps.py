"""The app `collection`."""

from django.apps import AppConfig


class CollectionConfig(AppConfig):
    """How the offer is collected from everyone to one standard (strategy 6.2, 6.6, 7.2 and 8)."""

    name = "vetovoima.collection"
    label = "collection"
    default_auto_field = "django.db.models.BigAutoField"
