"""The one safe way out to the network (OWASP ASVS 5.0, 1.3.6).

It resolves the name, refuses every address that is not public, connects to the very address it checked, follows no
redirect, and bounds the whole call in time and bytes: a slow drip cannot hold it, not in the headers either.
What goes wrong is a `CannotFetch` with a code, so that whoever keeps it can say it later in any language (`explain`).
"""

from __future__ import annotations

from .addresses import Deadline, Resolver, check_address, public_addresses
from .calls import Answer, Request, fetch, get, post_json, send, wait_of
from .problems import (
    WORDS,
    CannotFetch,
    NotModified,
    Refused,
    TookTooLong,
    TryLater,
    explain,
)

__all__ = [
    "WORDS",
    "Answer",
    "CannotFetch",
    "Deadline",
    "NotModified",
    "Refused",
    "Request",
    "Resolver",
    "TookTooLong",
    "TryLater",
    "check_address",
    "explain",
    "fetch",
    "get",
    "post_json",
    "public_addresses",
    "send",
    "wait_of",
]
