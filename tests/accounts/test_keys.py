"""API keys: shown once, never further than their owner, out at once."""

from __future__ import annotations

import json
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command

from tests.factories import NOW, make_organisation, make_person, make_region
from vetovoima.accounts import services
from vetovoima.accounts.enums import Role
from vetovoima.accounts.models import ApiKey, KeptAnswer, Membership, User
from vetovoima.accounts.rights import RIGHTS, Action, Kind, Reach, reach_of_role
from vetovoima.accounts.rules import grantable_scopes, may, municipality_ids
from vetovoima.accounts.scopes import SCOPES, pairs_of, scopes_for
from vetovoima.accounts.services import Answer, KeyNotValid, OtherRequest, answer_once, key_of, revoke_key
from vetovoima.activity.models import Fact

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> User:
    make_region()
    return make_person(Role.MUNICIPALITY_OFFICER, "kuhmo", display_name="Olli Officer")


def make_key(owner: User, *scopes: str, **more: Any) -> tuple[ApiKey, str]:
    """This will make a key in the owner's first organisation."""
    given = {
        "organisation": owner.memberships.first().organisation,  # type: ignore[union-attr]
        "name": "Map service",
        "scopes": scopes or ("sites:read",),
        "days": 30,
        "by": owner,
        "now": NOW,
        **more,
    }
    return services.create_key(owner=owner, **given)


def test_a_key_is_shown_once_and_stored_nowhere(officer: User) -> None:
    key, token = make_key(officer)
    secret = token.split("_", 2)[2]
    assert len(secret) == 43
    assert secret not in json.dumps(list(ApiKey.objects.values()), default=str)
    facts = Fact.objects.filter(kind="api_key")
    assert [(fact.type, fact.code, fact.actor) for fact in facts] == [
        ("accounts.key.created", key.prefix, officer)
    ]
    assert secret not in json.dumps(list(facts.values()), default=str)
    assert key_of(token, NOW).pk == key.pk


@pytest.mark.parametrize("wrong", ["", "vv_", "vv_00000000_" + "x" * 43, "Bearer x", "vv_\x00", "x" * 10_000])
def test_what_is_no_key_is_refused(officer: User, wrong: str) -> None:
    make_key(officer)
    with pytest.raises(KeyNotValid):
        key_of(wrong, NOW)


def test_a_key_with_another_secret_is_refused(officer: User) -> None:
    _key, token = make_key(officer)
    _other, other = make_key(officer)
    with pytest.raises(KeyNotValid):
        key_of(token[:12] + other[12:], NOW)


def test_a_key_ends_with_its_time_its_revocation_and_its_owner(officer: User) -> None:
    _key, token = make_key(officer, days=30)
    assert key_of(token, NOW + timedelta(days=30) - timedelta(seconds=1))
    with pytest.raises(KeyNotValid):
        key_of(token, NOW + timedelta(days=30))

    key, token = make_key(officer)
    revoke_key(key=key, by=officer, now=NOW)
    with pytest.raises(KeyNotValid):
        key_of(token, NOW)

    _key, token = make_key(officer)
    officer.is_active = False
    officer.save()
    with pytest.raises(KeyNotValid):
        key_of(token, NOW)


def test_whoever_leaves_the_organisation_takes_no_key_along(officer: User) -> None:
    _key, token = make_key(officer)
    Membership.objects.create(
        user=officer, organisation=make_organisation("elsewhere"), role=Role.COORDINATOR
    )
    Membership.objects.filter(user=officer, organisation__slug="kuhmo").delete()
    with pytest.raises(KeyNotValid):
        key_of(token, NOW)


def test_a_key_reaches_no_further_than_its_organisation_and_its_scopes(officer: User) -> None:
    council = make_organisation("the-council", "council")
    Membership.objects.create(user=officer, organisation=council, role=Role.COORDINATOR)
    _key, token = make_key(officer, "sites:write", organisation=make_organisation("kuhmo"))
    person = key_of(token, NOW).owner
    assert may(person, Kind.SITE, Action.EDIT)
    assert not may(person, Kind.SITE, Action.SUBMIT), "not in the scopes"
    assert not may(person, Kind.SITE, Action.PUBLISH), (
        "the coordinator's right belongs to the other organisation"
    )
    assert not may(person, Kind.PEOPLE, Action.VIEW)
    assert len(municipality_ids(person, Kind.SITE, Action.EDIT)) == 1
    assert municipality_ids(person, Kind.SITE, Action.SUBMIT) == set()


def test_scopes_beyond_the_role_are_refused_by_name(officer: User) -> None:
    with pytest.raises(ValidationError) as refused:
        make_key(officer, "sites:read", "sites:publish")
    assert refused.value.message_dict == {
        "scopes": ["Your role in this organisation does not hold the rights of: sites:publish."]
    }
    assert not ApiKey.objects.exists()


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"name": " "}, "name"),
        ({"days": 0}, "days"),
        ({"days": 731}, "days"),
        ({"scopes": ["no:such"]}, "scopes"),
    ],
)
def test_a_key_needs_a_purpose_a_duration_and_known_scopes(officer: User, given: Any, field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        make_key(officer, **given)
    assert list(refused.value.message_dict) == [field]


def test_no_role_is_offered_what_it_does_not_hold() -> None:
    for role in Role:
        person = make_person(role)
        organisation = person.memberships.get().organisation
        for scope in grantable_scopes(person, organisation.pk):
            held = {pair for pair in scope.pairs if reach_of_role(role, *pair) > Reach.NONE}
            assert held == scope.pairs, f"{role}: {scope.name}"
    assert set(RIGHTS) == set(Role)


def test_every_pair_of_a_scope_is_a_right_of_somebody() -> None:
    for kind, action in pairs_of(SCOPES):
        assert any(reach_of_role(role, kind, action) > Reach.NONE for role in Role), (kind, action)
        assert scopes_for(kind, action)


def test_only_the_owner_and_those_who_answer_for_keys_revoke(officer: User) -> None:
    other = make_person(Role.MUNICIPALITY_OFFICER, "sotkamo")
    key, token = make_key(officer, "sites:write")
    for stranger in (other, make_person(Role.AUDITOR), key_of(token, NOW).owner):
        with pytest.raises(PermissionDenied):
            revoke_key(key=key, by=stranger, now=NOW)
    for manager in (make_person(Role.ADMIN), make_person(Role.COORDINATOR), officer):
        key, _token = make_key(officer)
        assert revoke_key(key=key, by=manager, now=NOW).revoked_by == manager
    assert Fact.objects.filter(type="accounts.key.revoked").count() == 3


def test_nobody_makes_a_key_for_somebody_else_nor_by_a_key(officer: User) -> None:
    with pytest.raises(PermissionDenied):
        make_key(officer, by=make_person(Role.ADMIN))
    _key, token = make_key(officer)
    with pytest.raises(PermissionDenied):
        make_key(officer, by=key_of(token, NOW).owner)


def test_the_day_of_use_is_noted_once_a_day(officer: User, django_assert_num_queries: Any) -> None:
    _key, token = make_key(officer)
    key_of(token, NOW)
    assert ApiKey.objects.get().last_used_on == NOW.date()
    with django_assert_num_queries(2):
        key_of(token, NOW)


def test_what_is_done_by_a_key_says_so_in_the_history(officer: User) -> None:
    from vetovoima.activity.services import record

    _key, token = make_key(officer)
    person = key_of(token, NOW).owner
    fact = record("test.thing.done", actor=person, kind="thing", code="1", now=NOW, data={"a": 1})
    assert fact.data == {"a": 1, "key": "Map service"}


# An answer that is given once


def answer(text: str = "made", status: int = 201) -> Any:
    """This will be the work of a request: it leaves a trace, so that doing it twice is seen."""

    def work() -> Answer:
        make_organisation(f"org-{Membership.objects.count()}-{text}")
        return Answer(status, {"Location": "/x"}, text)

    return work


def test_a_request_sent_again_gets_the_same_answer_and_has_one_effect(officer: User) -> None:
    key, _token = make_key(officer)
    first = answer_once(key=key, name="n1", request=b"a", work=answer(), now=NOW)
    again = answer_once(key=key, name="n1", request=b"a", work=answer("other"), now=NOW + timedelta(hours=23))
    assert (first.is_repeat, again.is_repeat) == (False, True)
    assert (again.status, again.headers, again.body) == (201, {"Location": "/x"}, "made")
    with pytest.raises(OtherRequest):
        answer_once(key=key, name="n1", request=b"b", work=answer("third"), now=NOW)
    later = answer_once(
        key=key, name="n1", request=b"b", work=answer("next day"), now=NOW + timedelta(hours=25)
    )
    assert later.body == "next day"


def test_an_answer_that_refuses_undoes_the_work_and_is_not_kept(officer: User) -> None:
    from vetovoima.accounts.models import Organisation

    key, _token = make_key(officer)
    before = Organisation.objects.count()
    refused = answer_once(key=key, name="n1", request=b"a", work=answer("no", 422), now=NOW)
    assert refused.status == 422
    assert Organisation.objects.count() == before
    assert not KeptAnswer.objects.exists()
    assert answer_once(key=key, name="n1", request=b"a better", work=answer("yes"), now=NOW).status == 201


def test_the_name_of_a_request_is_stored_as_a_hash(officer: User) -> None:
    key, _token = make_key(officer)
    answer_once(key=key, name="a-secret-name", request=b"a", work=answer(), now=NOW)
    assert "a-secret-name" not in json.dumps(list(KeptAnswer.objects.values()), default=str)


# The command


def run(*arguments: str) -> Any:
    """This will run the command and read its JSON."""
    out = StringIO()
    call_command("apikey", *arguments, "--json", stdout=out)
    return json.loads(out.getvalue())


def test_the_operator_makes_lists_and_revokes_by_command(officer: User) -> None:
    made = run(
        "create",
        "--email",
        officer.email,
        "--organisation",
        "kuhmo",
        "--name",
        "GIS",
        "--scope",
        "sites:read",
    )
    assert key_of(made["key"], NOW).name == "GIS"
    listed = run("list", "--email", officer.email)
    assert [(one["prefix"], one["state"]) for one in listed] == [(made["prefix"], "valid")]
    assert made["key"] not in json.dumps(listed)
    assert run("revoke", made["prefix"])["state"] == "revoked"
    with pytest.raises(KeyNotValid):
        key_of(made["key"], NOW)


def test_the_command_says_what_is_wrong(officer: User) -> None:
    with pytest.raises(CommandError, match="Nobody signs in"):
        run(
            "create",
            "--email",
            "no@x.example",
            "--organisation",
            "kuhmo",
            "--name",
            "x",
            "--scope",
            "sites:read",
        )
    with pytest.raises(CommandError, match="does not hold the rights"):
        run(
            "create", "--email", officer.email, "--organisation", "kuhmo", "--name", "x",
            "--scope", "sites:publish",
        )  # fmt: skip
    with pytest.raises(CommandError, match="no key"):
        run("revoke", "ffffffff")
