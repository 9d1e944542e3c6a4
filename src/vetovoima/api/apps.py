"""The app `api`."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Machine doors: feeds and embeds."""

    name = "vetovoima.api"
    label = "api"
    default_auto_field = "django.db.models.BigAutoField"
