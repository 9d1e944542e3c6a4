"""The permission matrix: every address × every role × every specimen, expected from `accounts.rights` alone."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from vetovoima.accounts.enums import Role
from vetovoima.accounts.rights import RIGHTS, Action, Reach, reach_of_role
from vetovoima.activity.models import Fact

from .addresses import Address, addresses, addresses_for, door_of, patterns
from .conftest import Refusals
from .world import World, build_world

pytestmark = pytest.mark.django_db
#: packages whose views are not ours; what they guard is tested in test_other_doors
FOREIGN = ("wagtail", "allauth", "django")
#: the answers that refuse: behind them nothing may have changed
REFUSALS = {302, 401, 403, 404, 405}


@pytest.fixture
def world() -> World:
    return build_world()


def _client(world: World, role: str | None) -> Client:
    client = Client(raise_request_exception=True)
    if role:
        client.force_login(world.people[role])
    return client


def _expected(address: Address, role: str | None, method: str) -> set[int]:
    """The answers that are right, from the table of rights and the specimen's own words."""
    door = address.door
    if door.by_key:  # a browser's session opens nothing there; keys are tried in test_api_keys
        return {401, 405}
    if not door.signed_in:
        return {200, 204, 301, 302, 304, 400, 404, 405, 422}
    if role is None:
        return {302} if method == "get" else {403}
    if door.kind is None or door.action is None:
        return {200, 302, 404, 405}
    reach = reach_of_role(role, door.kind, door.action)
    if reach == Reach.NONE:
        return {403}
    if address.specimen is None:
        return {200, 302, 400, 404, 405, 422}
    if not address.specimen.is_visible_to(role, reach_of_role(role, address.specimen.kind, Action.VIEW)):
        return {404, 405}  # 405 comes before any record is looked for: it tells nothing
    return {200, 302, 400, 403, 404, 405, 409, 422}


def _is_sign_in(response: Any) -> bool:
    return response.status_code == 302 and response.headers["Location"].startswith("/accounts/login/")


def test_every_view_of_ours_has_a_door() -> None:
    open_ = [
        name
        for name, pattern in patterns()
        if door_of(pattern) is None and not str(pattern.callback.__module__).startswith(FOREIGN)
    ]
    assert open_ == [], "put @door, @signed_in_door or @public_door on these views"


def _wrong_answers(world: World, role: str | None, method: str) -> list[str]:
    wrong, tried, client = [], 0, _client(world, role)
    for address in addresses_for(world, role):
        expected = _expected(address, role, method)
        facts = Fact.objects.count() if method == "post" else 0
        response = getattr(client, method)(address.path, {"comment": "x", "text": "x"})
        if response.streaming:  # read to its end, so that the file behind it is closed
            b"".join(response.streaming_content)
        tried += 1
        if response.status_code not in expected:
            wrong.append(f"{method} {address.path} as {role}: {response.status_code}")
        if address.door.signed_in and role is not None and _is_sign_in(response):
            wrong.append(f"{method} {address.path} as {role}: asked to sign in again")
        if method == "post" and expected <= REFUSALS and Fact.objects.count() != facts:
            wrong.append(f"{method} {address.path} as {role}: refused, and yet something was recorded")
    assert tried > 60, "the addresses were not found"
    return wrong


@pytest.mark.parametrize("method", ["get", "post"])
def test_every_address_answers_each_role_as_the_table_says(
    world: World, refusals: Refusals, method: str
) -> None:
    refusals.are_bare = True
    wrong = [answer for role in (None, *Role.values) for answer in _wrong_answers(world, role, method)]
    assert wrong == []


def test_the_visible_querysets_agree_with_the_words_of_the_levels(world: World) -> None:
    from vetovoima.catalogue.models import Site
    from vetovoima.collection.models import RoundTask
    from vetovoima.collection.rounds.queries import visible_municipalities
    from vetovoima.cooperation.models import CompanyContact, Gathering
    from vetovoima.pipeline.models import Enquiry
    from vetovoima.syndication.models import (
        ChannelPage,
        OfferPackage,
        PartnerChannel,
        PartnerDelivery,
        Webhook,
    )

    for role, person in world.people.items():
        sites = set(Site.objects.visible_to(person).values_list("code", flat=True))
        enquiries = set(Enquiry.objects.visible_to(person).values_list("reference", flat=True))
        packages = set(OfferPackage.objects.visible_to(person).values_list("code", flat=True))
        towns = set(visible_municipalities(person).values_list("slug", flat=True))
        tasks = set(RoundTask.objects.visible_to(person).values_list("municipality__slug", flat=True))
        assert tasks == towns & set(world.towns)
        gathered = set(Gathering.objects.visible_to(person).values_list("municipality__slug", flat=True))
        assert gathered == towns & set(world.towns)
        contacts = set(CompanyContact.objects.visible_to(person).values_list("code", flat=True))
        webhooks = set(Webhook.objects.visible_to(person).values_list("key", flat=True))
        channels = set(ChannelPage.objects.visible_to(person).values_list("key", flat=True))
        partners = set(PartnerChannel.objects.visible_to(person).values_list("key", flat=True))
        partners |= set(PartnerDelivery.objects.visible_to(person).values_list("code", flat=True))
        for specimen in world.specimens:
            expected = specimen.is_visible_to(role, reach_of_role(role, specimen.kind, Action.VIEW))
            seen = sites | enquiries | towns | packages | contacts | webhooks | channels | partners
            assert (specimen.key in seen) is expected, f"{role} {specimen}"


def test_every_role_has_rights_and_none_is_unknown() -> None:
    assert set(RIGHTS) == set(Role)


def test_somebody_without_a_role_sees_nothing(
    world: World, refusals: Refusals, django_user_model: Any
) -> None:
    refusals.are_bare = True
    stranger = django_user_model.objects.create_user("stranger@matrix.example", "stranger-stranger")
    client = Client()
    client.force_login(stranger)
    answers = {
        address.path: client.get(address.path).status_code
        for address in addresses(world)
        if address.door.kind
    }
    assert {path: status for path, status in answers.items() if status != 403} == {}


def test_a_disabled_person_is_out_at_once(world: World) -> None:
    client = _client(world, Role.COORDINATOR)
    assert client.get("/desk/").status_code == 200
    person = world.people[Role.COORDINATOR]
    person.is_active = False
    person.save()
    assert client.get("/desk/").status_code == 302
