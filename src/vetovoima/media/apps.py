"""The app `media`."""

from django.apps import AppConfig


class MediaConfig(AppConfig):
    """Files with a sharing level."""

    name = "vetovoima.media"
    label = "media"
    default_auto_field = "django.db.models.BigAutoField"
