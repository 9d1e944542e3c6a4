"""Every address that the product has, read from the addresses themselves: a new one is tried without being added."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from vetovoima.accounts.doors import Door
from vetovoima.accounts.enums import Role
from vetovoima.accounts.rights import Kind

from .world import Specimen, World


@dataclass(frozen=True)
class Address:
    """One address with its door, filled in with one specimen where it names one."""

    name: str
    path: str
    door: Door
    specimen: Specimen | None


def patterns(
    resolver: URLResolver | None = None, spaces: tuple[str, ...] = ()
) -> Iterator[tuple[str, URLPattern]]:
    """This will yield every pattern with its namespaced name."""
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            yield from patterns(one, (*spaces, one.namespace) if one.namespace else spaces)
        else:
            yield ":".join((*spaces, one.name or "")), one


def door_of(pattern: URLPattern) -> Door | None:
    """The door of a pattern's view, through whatever wraps it."""
    view: Any = pattern.callback
    while view is not None:
        found = getattr(view, "door", None)
        if found is not None:
            return found  # type: ignore[no-any-return]
        view = getattr(view, "__wrapped__", None)
    return None


#: values for what an address may name beside a specimen
PLAIN = {
    "language": "en",
    "size": "large",
    "slug": "own",
    "subject": "own",
    "lang": "en",
    "id": "1",
    "tab": "open",
    "receipt": "not-a-receipt",
    "round": "outlook-2026",
    "duty": "by-hand",
    "municipality": "own",
    "token": "not-a-token",
    "row": "1",
    "group": "location",
    "prefix": "00000000",
    "number": "1",
    "part": "strengths",
    "run": "1",
    # nobody: to be tried by the administrator must end nobody's role in the middle of the matrix
    "person": "0",
    "membership": "0",
    "key": "not-a-key",
    "delivery": "not-a-delivery",
    "followed": "not-followed",
    "collection": "sites",
    "feature": "own",
    "item": "W02",
    "kind": "page",
    "pk": "1",
    "ending": "csv",
    "form": "ttl",
}


#: which specimens an address names by which part
NAMES = {
    "reference": Kind.ENQUIRY,
    "code": Kind.SITE,
    "package": Kind.PACKAGE,
    "contact": Kind.CONTACT,
    "webhook": Kind.WEBHOOK,
    "channel": Kind.CHANNEL,
    "town": Kind.COLLECTION,
    "partner": Kind.PARTNER,
    # after the webhooks, in whose addresses this names a message
    "delivery": Kind.DELIVERY,
}


def _filled(name: str, pattern: URLPattern, door: Door, world: World) -> Iterator[Address]:
    wanted = set(pattern.pattern.regex.groupindex)
    if pattern.pattern.regex.groups and not wanted:  # the page addresses of the content: one unnamed part
        yield Address(name, reverse(name, args=["news/"]), door, None)
        return
    values: dict[str, Any] = {key: PLAIN[key] for key in wanted & set(PLAIN)}
    if "secret" in wanted:
        values["secret"] = world.secret
    named, kind = next(((key, kind) for key, kind in NAMES.items() if key in wanted), ("", None))
    for specimen in world.keys(kind) if kind else [None]:
        if specimen is not None:
            values[named] = specimen.key
        if "name" in wanted:  # of a document: that of the specimen, or of a record that nobody may see as yet
            values["name"] = world.files[specimen.key if specimen else world.sites["other-published"].code]
        try:
            path = reverse(name, kwargs=values)
        except NoReverseMatch as error:
            missing = re.sub(r"\s+", " ", str(error))[:200]
            raise AssertionError(
                f"{name}: say in tests/permissions/addresses.py how to fill it: {missing}"
            ) from error
        yield Address(name, path, door, specimen)


#: what is open to anybody is tried as these alone: a stranger, somebody of the council, somebody of a municipality
TRY_PUBLIC_AS = (None, Role.COORDINATOR, Role.MUNICIPALITY_OFFICER)


def addresses_for(world: World, role: str | None) -> list[Address]:
    """This will return the addresses to try as a role: all that ask who it is, and for three of them the open ones."""
    return [one for one in addresses(world) if one.door.signed_in or role in TRY_PUBLIC_AS]


def addresses(world: World) -> list[Address]:
    """This will return every address of ours, once for each specimen it may name."""
    found: list[Address] = []
    for name, pattern in patterns():
        door = door_of(pattern)
        if door is not None and not name.endswith(":") and name:
            found.extend(_filled(name, pattern, door, world))
    return found
