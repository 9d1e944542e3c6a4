"""The request of a person at the desk, and what its answers share: refusals in words, a text that met another's save."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict

if TYPE_CHECKING:
    from vetovoima.accounts.models import User


class DeskRequest(HttpRequest):
    """A request from somebody who is signed in: the doors let in nobody else. For annotations only."""

    user: User
    htmx: Any


def is_fragment(request: DeskRequest) -> bool:
    """Whether htmx asks for a part of the page; going back in the browser asks for the whole again."""
    return bool(request.htmx) and not request.htmx.history_restore_request


@contextmanager
def refusal_told(request: DeskRequest, *refusals: type[Exception]) -> Iterator[None]:
    """This will say in a message why a service refused, in its own words; the rest of the block is left out.

    What is to be said and shown after success stands in the block, and what comes after a refusal behind it.
    """
    try:
        yield
    except refusals as error:
        said = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
        messages.error(request, said)


def with_revision(request: DeskRequest, revision: int) -> QueryDict:
    """This will return what was sent, put on top of what others saved meanwhile: sending it again saves one's own.

    `revision` is the one that is stored now.
    """
    data = request.POST.copy()
    data["revision"] = str(revision)
    return data
