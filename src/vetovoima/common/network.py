"""Whence a request comes."""

from __future__ import annotations

from django.conf import settings


def client_address(remote: str, forwarded: str) -> str:
    """This will return the address of the client behind as many proxies as the operator says there are.

    `remote` is the peer, `forwarded` the X-Forwarded-For header: what stands left of our own proxies' entries was
    written by the client and is not believed. Used to count, never stored.
    """
    proxies = settings.VETOVOIMA_TRUSTED_PROXIES
    parts = [part.strip() for part in forwarded.split(",") if part.strip()]
    if proxies and len(parts) >= proxies:
        return parts[-proxies]
    return remote
