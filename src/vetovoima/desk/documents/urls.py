"""Addresses of the shared documents."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.documents, name="documents"),
    path("<slug:name>/", views.document, name="document"),
]
