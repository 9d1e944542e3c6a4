"""The app `accounts`."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People, organisations, memberships, roles and every right of the product."""

    name = "vetovoima.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
