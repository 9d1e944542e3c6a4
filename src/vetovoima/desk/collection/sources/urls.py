"""Addresses of sources."""

from django.urls import path

from . import companies, views

SOURCE = "<int:number>/"

urlpatterns = [
    path("", views.sources, name="sources"),
    path("new/", views.source_new, name="source-new"),
    path("registers/read/", views.registers_read, name="registers-read"),
    path("company/", companies.company, name="company"),
    path(SOURCE, views.source, name="source"),
    path(f"{SOURCE}runs/<int:run>/", views.source_run, name="source-run"),
    path(f"{SOURCE}edit/", views.source_edit, name="source-edit"),
    path(f"{SOURCE}read/", views.source_read, name="source-read"),
    path(f"{SOURCE}pause/", views.source_pause, name="source-pause"),
    path(f"{SOURCE}remove/", views.source_remove, name="source-remove"),
    path(f"{SOURCE}accept/", views.source_accept, name="source-accept"),
    path(f"{SOURCE}conflict/", views.source_conflict, name="source-conflict"),
    path(f"{SOURCE}decided/", views.source_decided, name="source-decided"),
]
