"""Facts: written once with what they are about, and heard in the same transaction."""

from __future__ import annotations

import pytest
from django.utils.functional import lazy, lazystr
from django.utils.translation import get_language, override

from tests.factories import NOW, make_organisation, make_person
from vetovoima.accounts.enums import Role, Sharing
from vetovoima.activity.models import Fact
from vetovoima.activity.queries import history_of
from vetovoima.activity.registry import (
    _presenters,
    _subscribers,
    in_words,
    plain_presenters,
    presenter,
    subscribe,
)
from vetovoima.activity.services import field_changes, record


@pytest.fixture
def heard():
    facts: list[Fact] = []
    subscribe("test.thing.made")(facts.append)
    yield facts
    del _subscribers["test.thing.made"]


def make_fact(type_: str = "test.thing.made", **more) -> Fact:
    return record(type_, **{"actor": None, "kind": "thing", "code": "T-1", "now": NOW, **more})


def test_a_fact_keeps_who_what_and_with_whom_it_is_shared(db):
    person, party = make_person(Role.COORDINATOR), make_organisation("fenland")

    make_fact(
        actor=person,
        changes={"state": ["a", "b"]},
        data={"n": 1},
        sharing=Sharing.PARTIES,
        organisations=[party],
    )

    fact = Fact.objects.get()
    assert (fact.actor, fact.actor_name, fact.at) == (person, str(person), NOW)
    assert (fact.changes, fact.data, fact.sharing) == ({"state": ["a", "b"]}, {"n": 1}, "parties")
    assert list(fact.organisations.all()) == [party]


def test_a_fact_is_its_owner_s_unless_said_otherwise(db):
    assert make_fact().sharing == Sharing.OWNER


def test_subscribers_hear_of_their_type_alone(db, heard):
    make_fact()
    make_fact("test.thing.unmade")

    assert [fact.type for fact in heard] == ["test.thing.made"]


def test_what_a_subscriber_cannot_do_did_not_happen(db, heard):
    def broken(_fact: Fact) -> None:
        raise RuntimeError

    subscribe("test.thing.made")(broken)

    with pytest.raises(RuntimeError):
        make_fact()

    assert Fact.objects.count() == 0


def test_history_is_of_one_thing_newest_first(db):
    first, other, second = make_fact(), make_fact(code="T-2"), make_fact("test.thing.unmade")

    assert list(history_of("thing", "T-1")) == [second, first]
    assert list(history_of("thing", "T-2")) == [other]


def test_changes_name_what_differs(db):
    assert field_changes({"a": 1, "b": 2, "c": 3}, {"a": 1, "b": 4, "d": 5}) == {
        "b": [2, 4], "c": [3, None], "d": [None, 5],
    }  # fmt: skip


def test_words_for_a_fact(db):
    presenter("test.thing.made")(lambda fact: f"{fact.code} was made")
    try:
        assert in_words(make_fact()) == "T-1 was made"
        assert in_words(make_fact("test.thing.unmade")) == "test.thing.unmade"
        with pytest.raises(ValueError):
            presenter("test.thing.made")(lambda fact: "other words")
    finally:
        del _presenters["test.thing.made"]


def test_words_alone_are_said_in_the_active_language_and_given_once(db):
    said = {"made": lazystr("Made"), "un.made": lazy(lambda: f"Unmade ({get_language()})", str)()}
    plain_presenters("test.thing", said)
    try:
        assert in_words(make_fact()) == "Made"
        with override("sv"):
            assert in_words(make_fact("test.thing.un.made")) == "Unmade (sv)"
        with pytest.raises(ValueError):
            plain_presenters("test.thing", {"made": lazystr("Other words")})
    finally:
        del _presenters["test.thing.made"], _presenters["test.thing.un.made"]
