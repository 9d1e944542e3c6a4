"""Signatures as the Standard Webhooks specification writes them (https://www.standardwebhooks.com/, version 1.0.0)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Iterable
from datetime import datetime

PREFIX = "whsec_"
#: the specification asks for 24 to 64 bytes
SECRET_BYTES = 32


def new_secret() -> str:
    """This will make a signing secret: whsec_ and 32 random bytes in base64."""
    return PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def signature(secret: str, key: str, at: datetime, payload: bytes) -> str:
    """This will sign one message: `v1,` and the HMAC-SHA256 of id, timestamp and payload, in base64."""
    signed = b".".join((key.encode(), str(int(at.timestamp())).encode(), payload))
    digest = hmac.new(base64.b64decode(secret.removeprefix(PREFIX)), signed, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(digest).decode()}"


def headers(secrets_: Iterable[str], key: str, at: datetime, payload: bytes) -> dict[str, str]:
    """This will return the three headers of a message; while a secret is being replaced there are two signatures."""
    return {
        "webhook-id": key,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": " ".join(signature(one, key, at, payload) for one in secrets_),
    }
