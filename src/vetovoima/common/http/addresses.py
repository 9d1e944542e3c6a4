"""Where a call may go: https, a plain name, public addresses only, and none but those that were checked."""

from __future__ import annotations

import ipaddress
import re
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Thread
from urllib.parse import SplitResult, quote, urlsplit

from django.conf import settings

from .problems import CannotFetch, TookTooLong

Resolver = Callable[[str, int], list[str]]

#: services sit here; lower ports belong to mail, files and shells, which have no business with us
HIGH_PORTS = 1024
#: addresses of one name that are tried: the first may be IPv6 where we, or they, have none
MOST_ADDRESSES = 4


class Deadline:
    """The moment by which a whole piece of work must be over; several calls may share one."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end = time.monotonic() + seconds

    def left(self, host: str) -> float:
        """How many seconds are left; raises TookTooLong when there are none."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise TookTooLong("too_long", host=host, seconds=round(self.seconds))
        return left


@dataclass(frozen=True)
class Target:
    """Where a call goes: what the server is called, and its addresses, every one of which was checked."""

    scheme: str
    host: str
    port: int
    path: str
    addresses: tuple[str, ...]


def system_resolver(host: str, port: int) -> list[str]:
    try:
        return sorted({str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)})
    except (OSError, UnicodeError) as error:
        raise CannotFetch("unknown_name", host=host) from error


def _resolve_in_time(host: str, port: int, resolve: Resolver, deadline: Deadline) -> list[str]:
    """The system's resolver cannot be given a time limit: it works beside us, and is left behind when it is late."""
    found: list[list[str]] = []
    problems: list[CannotFetch] = []

    def ask() -> None:
        try:
            found.append(resolve(host, port))
        except CannotFetch as error:
            problems.append(error)

    asking = Thread(target=ask, daemon=True)
    asking.start()
    asking.join(deadline.left(host))
    if problems:
        raise problems[0]
    if not found:
        raise TookTooLong("too_long", host=host, seconds=round(deadline.seconds))
    return found[0]


#: what an IPv6 address may carry an IPv4 one in, beside what the standard library knows: NAT64 and its stateless kin
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_STATELESS = ipaddress.IPv6Network("::ffff:0:0:0/96")
#: what the registries set aside and the standard library calls global all the same: NAT64 within a network, segment
#: routing, and the relays of 6to4, which were withdrawn and lead to whatever stands behind them
_SET_ASIDE = tuple(map(ipaddress.ip_network, ("64:ff9b:1::/48", "5f00::/16", "192.88.99.0/24")))


def _carried(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address that an IPv6 one leads to: 6to4, Teredo, NAT64, SIIT, or written the old way (::127.0.0.1)."""
    if address.sixtofour:
        return address.sixtofour
    if address.teredo:
        return address.teredo[1]
    if address in _NAT64 or address in _STATELESS or int(address) >> 32 == 0:
        return ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
    return None


def _is_public(text: str) -> bool:
    address = ipaddress.ip_address(text)
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return _is_public(str(address.ipv4_mapped))
        if address.is_site_local:
            return False
        inner = _carried(address)
        if inner is not None and not _is_public(str(inner)):
            return False
    if any(address in one for one in _SET_ASIDE if one.version == address.version):
        return False
    return address.is_global and not address.is_multicast


def public_addresses(host: str, port: int, resolve: Resolver = system_resolver) -> list[str]:
    """This will return the addresses of a name; raises CannotFetch when any of them is not a public one."""
    addresses = resolve(host, port)
    for address in addresses:
        if not _is_public(address):
            raise CannotFetch("not_public", host=host, address=address)
    if not addresses:
        raise CannotFetch("unknown_name", host=host)
    return addresses


def _is_allowed_loopback(parts: SplitResult) -> bool:
    """Whether this is a server on this machine that the tests or an operator's demonstration have named.

    Production never reads the setting and refuses to start with it (`config/settings/production.py`).
    """
    return (
        parts.scheme == "http"
        and bool(settings.VETOVOIMA_HTTP_ALLOWED_LOOPBACK)
        and parts.netloc in settings.VETOVOIMA_HTTP_ALLOWED_LOOPBACK
    )


def check_address(url: str) -> SplitResult:
    """This will refuse an address that can never be read, without asking the network; raises CannotFetch."""
    if not url or len(url) > 2000 or re.search(r"[\x00-\x20\x7f\\]", url):
        raise CannotFetch("not_an_address")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise CannotFetch("not_an_address") from error
    if _is_allowed_loopback(parts):
        return parts
    if parts.scheme != "https" or parts.username is not None or parts.password is not None:
        raise CannotFetch("not_allowed" if parts.scheme else "not_an_address")
    if not parts.hostname:
        raise CannotFetch("not_an_address")
    if port is not None and port != 443 and port < HIGH_PORTS:
        raise CannotFetch("port", port=port)
    return parts


def target_of(url: str, resolve: Resolver, deadline: Deadline) -> Target:
    parts = check_address(url)
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    if parts.query:
        path += "?" + quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
    host = parts.hostname or ""
    if _is_allowed_loopback(parts):
        return Target("http", host, parts.port or 80, path, ("127.0.0.1",))
    try:
        name = host.encode("idna").decode("ascii") if not host.isascii() else host
    except UnicodeError as error:
        raise CannotFetch("unknown_name", host=host) from error
    port = parts.port or 443

    def ask(name: str, port: int) -> list[str]:
        return _resolve_in_time(name, port, resolve, deadline)

    return Target("https", name, port, path, tuple(public_addresses(name, port, ask)[:MOST_ADDRESSES]))
