"""Where an invited person comes in: under /accounts/, before anybody has signed in."""

from django.urls import path

from . import views

urlpatterns = [path("invitation/<str:secret>/", views.accept, name="accept-invitation")]
