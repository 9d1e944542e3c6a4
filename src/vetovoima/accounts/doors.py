"""Doors: who may call an address at all.

Every view of the product carries one; an architecture test refuses a view without, and the permission matrix test
reads them to try every address as every role. What a door lets in still meets the object's own rule.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from .rights import Action, Kind
from .rules import may

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


class SignedOut(PermissionDenied):
    """A form came from somebody whose sign-in has ended; what they wrote must not be lost."""


@dataclass(frozen=True)
class Door:
    """What an address asks for; kind None with `signed_in` means any signed-in person, without it anybody.

    `by_key`: it asks for an API key, and a browser's session opens nothing.
    """

    kind: Kind | None = None
    action: Action | None = None
    signed_in: bool = True
    by_key: bool = False


def door(kind: Kind, action: Action) -> Callable[[View], View]:
    """This will let in only signed-in people whose roles hold the right; others get sign-in or a 403.

    What is behind it is personal, so it is never stored by caches.
    """

    def wrap(view: View) -> View:
        return _guarded(view, Door(kind, action))

    return wrap


def signed_in_door(view: View) -> View:
    """This will let in everybody who is signed in."""
    return _guarded(view, Door())


def public_door(view: View) -> View:
    """This will mark a view as open to anybody."""
    view.door = Door(signed_in=False)  # type: ignore[attr-defined]
    return view


def _guarded(view: View, asked: Door) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            if request.method == "POST":
                raise SignedOut
            return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
        if (
            asked.kind is not None
            and asked.action is not None
            and not may(request.user, asked.kind, asked.action)
        ):
            raise PermissionDenied
        response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = "no-store"
        return response

    guarded.door = asked  # type: ignore[attr-defined]
    return guarded  # type: ignore[return-value]
