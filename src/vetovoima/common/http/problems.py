"""What can go wrong on the way out, kept as a code with details and said later in any language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

WORDS: Mapping[str, Any] = {
    "not_an_address": _("This is not an address that begins with https://."),
    "not_allowed": _("Only plain https addresses without a user name are read."),
    "port": _("The port %(port)s is not one on which data is offered. Use an address without a port."),
    "unknown_name": _(
        "There is no server with the name %(host)s. Check the spelling; if it is right, our connection may be down."
    ),
    "not_public": _("%(host)s leads to %(address)s, which is not a public address."),
    "unreachable": _("%(host)s could not be reached: %(reason)s"),
    "cut": _("%(host)s ended the answer in the middle."),
    "too_long": _("%(host)s did not finish its answer in %(seconds)s seconds."),
    "too_large": _("The answer of %(host)s is larger than %(megabytes)s MB."),
    "compressed": _("%(host)s compressed its answer although we asked it not to."),
    "moved": _("%(host)s has moved this to %(to)s. Give that address instead."),
    "not_found": _("%(host)s has nothing at this address (404). Check the address."),
    "closed": _("%(host)s does not let us read this (%(status)s). It must be open without a password."),
    "status": _("%(host)s answered with the error %(status)s."),
    "busy": _("%(host)s asks us to come back in %(seconds)s seconds (%(status)s)."),
    "no_json": _("%(host)s did not answer with JSON."),
}


def explain(code: str, details: Mapping[str, Any]) -> str:
    """This will say what went wrong in the active language."""
    return str(WORDS[code]) % dict(details)


class CannotFetch(Exception):
    """The address could not be read; the text says why, `code` and `details` keep it for later."""

    def __init__(self, code: str, **details: Any) -> None:
        self.code = code
        self.details = details
        super().__init__(code)

    def __str__(self) -> str:
        return explain(self.code, self.details)


class TookTooLong(CannotFetch):
    """The time was up before the answer was there."""


class Refused(CannotFetch):
    """The other side answered, but not with what was asked for; `body` is the beginning of what it said."""

    def __init__(self, code: str, *, status: int, body: bytes = b"", **details: Any) -> None:
        self.status = status
        self.body = body
        super().__init__(code, status=status, **details)


class TryLater(Refused):
    """The other side is busy or has had enough of us; `seconds` is how long it asks us to wait."""

    def __init__(self, seconds: int, *, status: int, host: str) -> None:
        self.seconds = seconds
        super().__init__("busy", status=status, host=host, seconds=seconds)


class NotModified(Exception):
    """Nothing has changed since the answer whose `etag` or `modified` was given."""
