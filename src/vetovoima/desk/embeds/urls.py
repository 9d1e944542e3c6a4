"""Addresses of the offer on other websites."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.builder, name="embeds"),
    path("origins/", views.origins, name="embed-origins"),
    path("origins/remove/", views.origin_remove, name="embed-origin-remove"),
]
