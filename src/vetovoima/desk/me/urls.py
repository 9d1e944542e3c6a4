"""Addresses of a person's own settings."""

from django.urls import path

from . import api_keys, views

urlpatterns = [
    path("", views.me, name="me"),
    path("language/", views.language, name="language"),
    path("keys/", views.keys, name="keys"),
    path("api-keys/", api_keys.api_keys, name="api-keys"),
    path("api-keys/<slug:prefix>/revoke/", api_keys.revoke_api_key, name="api-key-revoke"),
]
