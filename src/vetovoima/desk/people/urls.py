"""Address of people and invitations."""

from django.urls import path

from . import keys, leaving, views

urlpatterns = [
    path("", views.people, name="people"),
    path("invite/", views.invite_person, name="people-invite"),
    path("<int:person>/", leaving.person, name="person"),
    path("<int:person>/close/", leaving.close_account, name="person-close"),
    path("<int:person>/open/", leaving.open_account, name="person-open"),
    path("roles/<int:membership>/end/", leaving.end_role, name="people-role-end"),
    path("keys/", keys.people_keys, name="people-keys"),
    path("keys/<slug:prefix>/revoke/", keys.revoke_key, name="people-key-revoke"),
]
