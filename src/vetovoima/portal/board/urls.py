"""Addresses of the content board."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.board, name="content-board"),
    path("<int:pk>/translate/<str:language>/", views.translate, name="content-translate"),
    path("<int:pk>/same/", views.says_the_same, name="content-same"),
]
