"""The top of the house: settings, addresses, command line."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Holds the commands; has no tables."""

    name = "vetovoima.config"
    label = "config"
