"""Whence a request comes."""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import IPv6Address, IPv6Network, ip_address
from typing import Any

from django.conf import settings

#: what one subscriber is given of IPv6: whoever holds it has as many addresses as they like
SUBSCRIBER_BITS = 64


def address_of(meta: Mapping[str, Any]) -> str:
    """This will return the client's address of a request, out of its WSGI environment; see `client_address`."""
    return client_address(str(meta.get("REMOTE_ADDR", "")), str(meta.get("HTTP_X_FORWARDED_FOR", "")))


def client_address(remote: str, forwarded: str) -> str:
    """This will return the address of the client behind as many proxies as the operator says there are.

    `remote` is the peer, `forwarded` the X-Forwarded-For header: what stands left of our own proxies' entries was
    written by the client and is not believed. Used to count, never stored: of IPv6 it is the client's network.
    """
    proxies = settings.VETOVOIMA_TRUSTED_PROXIES
    parts = [part.strip() for part in forwarded.split(",") if part.strip()]
    return counted(parts[-proxies] if proxies and len(parts) >= proxies else remote)


def counted(address: str) -> str:
    """This will return what an address is counted as: an IPv4 address itself, of IPv6 the first one of its /64.

    An IPv4 address written as IPv6 is that IPv4 address; what is no address is counted as it stands.
    """
    try:
        read = ip_address(address.strip("[]"))
    except ValueError:
        return address
    if not isinstance(read, IPv6Address):
        return str(read)
    if read.ipv4_mapped:
        return str(read.ipv4_mapped)
    return str(IPv6Network((int(read), SUBSCRIBER_BITS), strict=False).network_address)
