"""Address of people and invitations."""

from django.urls import path

from . import keys, views

urlpatterns = [
    path("", views.people, name="people"),
    path("invite/", views.invite_person, name="people-invite"),
    path("keys/", keys.people_keys, name="people-keys"),
    path("keys/<slug:prefix>/revoke/", keys.revoke_key, name="people-key-revoke"),
]
