"""Every address of ours says who may open it."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

from tests.architecture.house import report
from vetovoima.accounts.rights import Action, Kind
from vetovoima.accounts.scopes import scopes_for
from vetovoima.api.v1.doors import KeyDoor, OpenDoor
from vetovoima.api.v1.service import operations


def our_addresses(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """This will return every address whose view is written in this project."""
    for entry in resolver.url_patterns:
        address = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from our_addresses(entry, address)
        elif _home(entry).startswith("vetovoima."):
            yield address, entry


def _home(entry: URLPattern) -> str:
    view = entry.callback
    return getattr(view, "view_class", view).__module__


def test_every_view_has_a_door():
    addresses = list(our_addresses(get_resolver()))
    wrong = [
        f"/{address}  ({entry.lookup_str})"
        for address, entry in addresses
        if not hasattr(entry.callback, "door")
    ]

    assert addresses, "the project answers at no address"
    assert wrong == [], report(
        wrong, "Put @door(Kind.X, Action.Y), @signed_in_door or @public_door on the view (accounts/doors.py)."
    )


def test_every_operation_of_the_api_has_one_door_that_some_key_opens():
    wrong, found = [], 0
    for route, by_method, _view in operations():
        for method, operation in by_method.items():
            found += 1
            doors = [one for one in operation.auth_callbacks if isinstance(one, (KeyDoor, OpenDoor))]
            if len(doors) != 1 or len(operation.auth_callbacks) != 1:
                wrong.append(f"{method} {route}: {operation.auth_callbacks}")
            elif isinstance(doors[0], KeyDoor) and not doors[0].scopes:
                wrong.append(f"{method} {route}: no scope lets {doors[0].kind} {doors[0].action} through")

    assert found > 20, "the operations of the API were not found"
    assert wrong == [], report(
        wrong,
        "Give the operation auth=key_door(Kind.X, Action.Y) or OpenDoor() (api/v1/doors.py, accounts/scopes.py).",
    )


def test_what_changes_something_asks_for_a_key():
    open_ = [
        f"{method} {route}"
        for route, by_method, _view in operations()
        for method, operation in by_method.items()
        if method != "GET" and any(isinstance(one, OpenDoor) for one in operation.auth_callbacks)
    ]

    assert open_ == [], report(open_, "Only reading is open to anybody.")


def test_no_scope_manages_people_or_keys():
    for kind in (Kind.PEOPLE, Kind.KEYS, Kind.MAIL, Kind.PAGES, Kind.ENQUIRY):
        assert [action for action in Action if scopes_for(kind, action)] == [], kind
