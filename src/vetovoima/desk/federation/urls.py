"""Addresses of what is followed."""

from django.urls import path

from . import views, working

FOLLOWED = "<slug:followed>/"

urlpatterns = [
    path("", views.neighbours, name="neighbours"),
    path("new/", views.neighbour_new, name="neighbour-new"),
    path(FOLLOWED, views.neighbour, name="neighbour"),
    path(f"{FOLLOWED}edit/", views.neighbour_edit, name="neighbour-edit"),
    path(f"{FOLLOWED}read/", working.neighbour_read, name="neighbour-read"),
    path(f"{FOLLOWED}pause/", working.neighbour_pause, name="neighbour-pause"),
    path(f"{FOLLOWED}resume/", working.neighbour_resume, name="neighbour-resume"),
    path(f"{FOLLOWED}end/", working.neighbour_end, name="neighbour-end"),
]
