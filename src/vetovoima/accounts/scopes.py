"""What an API key may be let through to: every scope of the product, in one place.

A scope is a list of rights (`rights.py`), and a key never reaches further than its owner: what a scope names and the
owner's role does not hold stays closed. Read it as sentences: "a key with sites:submit may VIEW, SUBMIT and WITHDRAW a
SITE, as far as its owner may".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .rights import Action, Kind

Pair = tuple[Kind, Action]


@dataclass(frozen=True)
class Scope:
    """One scope: what it is called, what it is for in words, and the rights it lets through."""

    name: str
    label: str | Promise
    pairs: frozenset[Pair]


def _scope(name: str, label: str | Promise, rights: Mapping[Kind, Iterable[Action]]) -> Scope:
    return Scope(
        name, label, frozenset((kind, action) for kind, actions in rights.items() for action in actions)
    )


VIEW, CREATE, EDIT, SUBMIT = Action.VIEW, Action.CREATE, Action.EDIT, Action.SUBMIT
_ALL = (
    _scope("sites:read", _("Read records that are being worked on, and their history"), {Kind.SITE: (VIEW,)}),
    _scope("sites:write", _("Make and change records"), {Kind.SITE: (VIEW, CREATE, EDIT)}),
    _scope("sites:submit", _("Send records to review, and withdraw them"),
           {Kind.SITE: (VIEW, SUBMIT, Action.WITHDRAW)}),
    _scope("sites:publish", _("Publish, return and withdraw records"),
           {Kind.SITE: (VIEW, Action.PUBLISH, Action.WITHDRAW)}),
    _scope("collection:read", _("Read imports and collection rounds"), {Kind.COLLECTION: (VIEW,)}),
    _scope("collection:manage", _("Accept and return answers of collection rounds"), {Kind.COLLECTION: (VIEW, EDIT)}),
    # An import makes and changes records: whoever may import could do by it what sites:write lets through.
    _scope("collection:write", _("Import files (which makes and changes records), and answer collection rounds"),
           {Kind.COLLECTION: (VIEW, CREATE, Action.ANSWER), Kind.SITE: (VIEW, CREATE, EDIT)}),
    _scope("facts:read", _("Read the fact bank"), {Kind.FACTS: (VIEW,)}),
    _scope("webhooks:read", _("Read webhooks and how their deliveries went"), {Kind.WEBHOOK: (VIEW,)}),
    _scope("webhooks:write", _("Make, change, test and replay webhooks"), {Kind.WEBHOOK: (VIEW, CREATE, EDIT)}),
    _scope("channels:read", _("Read which pages show the offer, and how they stand"), {Kind.CHANNEL: (VIEW,)}),
    _scope("channels:write", _("Register, change and visit pages that show the offer"),
           {Kind.CHANNEL: (VIEW, CREATE, EDIT)}),
    _scope("deliveries:read", _("Read partner channels and what was given to them"),
           {Kind.PARTNER: (VIEW,), Kind.DELIVERY: (VIEW,)}),
    _scope("deliveries:write", _("Prepare what is given to partner channels"),
           {Kind.PARTNER: (VIEW,), Kind.DELIVERY: (VIEW, CREATE, EDIT)}),
    _scope("deliveries:note", _("Note what partner channels were sent, received and show, and what came of it"),
           {Kind.PARTNER: (VIEW,), Kind.DELIVERY: (VIEW, Action.SHARE)}),
    _scope("facts:write", _("Add, change and confirm facts of the fact bank"), {Kind.FACTS: (VIEW, CREATE, EDIT)}),
)  # fmt: skip
SCOPES: Mapping[str, Scope] = {scope.name: scope for scope in _ALL}


def pairs_of(names: Iterable[str]) -> frozenset[Pair]:
    """This will return the rights that some scopes let through together; a name that is no scope lets nothing through."""
    return frozenset(pair for name in names if name in SCOPES for pair in SCOPES[name].pairs)


def scopes_for(kind: Kind, action: Action) -> list[str]:
    """This will return the names of the scopes that let a right through."""
    return [scope.name for scope in SCOPES.values() if (kind, action) in scope.pairs]
