"""Address of people and invitations."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.people, name="people"),
    path("invite/", views.invite_person, name="people-invite"),
]
