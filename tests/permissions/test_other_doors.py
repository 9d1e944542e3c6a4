"""Doors that are not ours: the content editor and the account pages let in nobody by another way."""

from __future__ import annotations

import pytest
from django.test import Client

from vetovoima.accounts.rights import Action, Kind, Reach, reach_of_role

from .addresses import patterns
from .world import World, build_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return build_world()


def test_the_content_editor_opens_to_those_who_may_edit_pages_only(world: World) -> None:
    for role, person in world.people.items():
        client = Client()
        client.force_login(person)
        status = client.get("/cms/").status_code
        may_edit = reach_of_role(role, Kind.PAGES, Action.EDIT) > Reach.NONE
        assert (status == 200) is may_edit, f"{role}: {status}"


def test_nobody_manages_users_in_the_content_editor(world: World) -> None:
    for person in world.people.values():
        client = Client()
        client.force_login(person)
        assert client.get("/cms/users/").status_code in (302, 403, 404)


def test_there_is_one_sign_in() -> None:
    client = Client()
    assert client.get("/cms/login/").headers["Location"].startswith("/accounts/login/")
    assert client.get("/cms/").headers["Location"].startswith(("/accounts/login/", "/cms/login/"))
    assert client.get("/cms/password_reset/").headers["Location"].startswith("/accounts/password/reset/")
    assert not [name for name, _pattern in patterns() if name.startswith("admin:")]


def test_sign_up_is_closed() -> None:
    response = Client().post(
        "/accounts/signup/", {"email": "new@example.com", "password1": "x" * 20, "password2": "x" * 20}
    )
    from vetovoima.accounts.models import User

    assert response.status_code in (200, 302, 404)
    assert not User.objects.filter(email="new@example.com").exists()


def test_confidential_records_do_not_live_in_wagtail_models() -> None:
    from django.apps import apps
    from wagtail.models import Page
    from wagtail.snippets.models import get_snippet_models

    closed = {"pipeline", "accounts", "messaging", "activity", "catalogue"}
    models = [model for model in apps.get_models() if issubclass(model, Page)] + list(get_snippet_models())
    assert [model.__name__ for model in models if model._meta.app_label in closed] == []
