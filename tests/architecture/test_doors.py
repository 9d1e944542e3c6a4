"""Every address of ours says who may open it."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

from tests.architecture.house import report


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
