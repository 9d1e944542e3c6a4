"""The request of a person at the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

if TYPE_CHECKING:
    from vetovoima.accounts.models import User


class DeskRequest(HttpRequest):
    """A request from somebody who is signed in: the doors let in nobody else. For annotations only."""

    user: User
    htmx: Any


def is_fragment(request: DeskRequest) -> bool:
    """Whether htmx asks for a part of the page; going back in the browser asks for the whole again."""
    return bool(request.htmx) and not request.htmx.history_restore_request
