"""Recording what happened."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from vetovoima.accounts.enums import Sharing
from vetovoima.accounts.models import Organisation, User
from vetovoima.common.inserting import insert_many

from .models import Fact
from .registry import subscribers


@transaction.atomic
def record(
    type_: str,
    *,
    actor: User | None,
    kind: str,
    code: str,
    now: datetime,
    changes: Mapping[str, Any] | None = None,
    data: Mapping[str, Any] | None = None,
    sharing: str = Sharing.OWNER,
    organisations: Iterable[Organisation] = (),
) -> Fact:
    """This will write one fact, then call its subscribers in the same transaction: all happen, or none.

    `changes` is {field: [before, after]} in JSON values; `actor` None is the system (a load, the worker). What somebody
    did by an API key says so: `data["key"]` is the key's name.
    """
    fact = Fact.objects.create(
        type=type_,
        at=now,
        actor=actor,
        actor_name=str(actor) if actor else "",
        kind=kind,
        code=code,
        sharing=sharing,
        changes=dict(changes or {}),
        data={**(data or {}), **_by_key(actor)},
    )
    fact.organisations.set(organisations)
    for subscriber in subscribers(type_):
        subscriber(fact)
    return fact


def _by_key(actor: User | None) -> dict[str, str]:
    return {"key": actor.by_key} if actor and actor.by_key else {}


@transaction.atomic
def record_many(
    type_: str,
    entries: Sequence[tuple[str, Mapping[str, Any], Organisation | None]],
    *,
    actor: User | None,
    kind: str,
    now: datetime,
    data: Mapping[str, Any] | None = None,
    sharing: str = Sharing.OWNER,
) -> list[Fact]:
    """This will write one fact for each of (code, changes, organisation), in a few statements.

    Subscribers are not called: work done for thousands of things at once is told by the one fact of the whole.
    """
    about, name = {**(data or {}), **_by_key(actor)}, str(actor) if actor else ""
    facts = [
        Fact(
            type=type_, at=now, actor=actor, actor_name=name, kind=kind, code=code, sharing=sharing,
            changes=dict(changes), data=about,
        )
        for code, changes, _owner in entries
    ]  # fmt: skip
    insert_many(facts)
    through = Fact.organisations.through
    insert_many(
        [
            through(fact_id=fact.pk, organisation_id=owner.pk)
            for fact, (_code, _changes, owner) in zip(facts, entries, strict=True)
            if owner is not None
        ]
    )
    return facts


def field_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, list[Any]]:
    """This will compare two snapshots: {field: [before, after]} for each field that differs."""
    return {
        key: [before.get(key), after.get(key)]
        for key in sorted({*before, *after})
        if before.get(key) != after.get(key)
    }
