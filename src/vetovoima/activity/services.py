"""Recording what happened."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from vetovoima.accounts.enums import Sharing
from vetovoima.accounts.models import Organisation, User

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

    `changes` is {field: [before, after]} in JSON values; `actor` None is the system (a load, the worker).
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
        data=dict(data or {}),
    )
    fact.organisations.set(organisations)
    for subscriber in subscribers(type_):
        subscriber(fact)
    return fact


def field_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, list[Any]]:
    """This will compare two snapshots: {field: [before, after]} for each field that differs."""
    return {
        key: [before.get(key), after.get(key)]
        for key in sorted({*before, *after})
        if before.get(key) != after.get(key)
    }
