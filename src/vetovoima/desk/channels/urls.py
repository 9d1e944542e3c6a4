"""Addresses of the board of pages that show the offer."""

from django.urls import path

from . import views, working

CHANNEL = "<slug:channel>/"

urlpatterns = [
    path("", views.channel_board, name="channels"),
    path("new/", views.channel_new, name="channel-new"),
    path(CHANNEL, views.channel_detail, name="channel"),
    path(f"{CHANNEL}edit/", views.channel_edit, name="channel-edit"),
    path(f"{CHANNEL}visit/", working.channel_visit, name="channel-visit"),
    path(f"{CHANNEL}remove/", working.channel_remove, name="channel-remove"),
]
