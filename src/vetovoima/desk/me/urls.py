"""Addresses of a person's own settings."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.me, name="me"),
    path("language/", views.language, name="language"),
    path("keys/", views.keys, name="keys"),
]
