"""The one safe way out to the network.

It resolves the name, refuses every address that is not public, connects to the very address it checked, follows
no redirect, and bounds the whole call in time and bytes: a slow drip cannot hold it (OWASP ASVS 5.0, 1.3.6).
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import time
from collections.abc import Callable
from urllib.parse import urlsplit

Resolver = Callable[[str, int], list[str]]


class CannotFetch(Exception):
    """The address could not be read; the text says why."""


def _resolve(host: str, port: int) -> list[str]:
    try:
        return sorted({str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)})
    except OSError as error:
        raise CannotFetch(f"The name {host} could not be resolved: {error}") from error


def public_addresses(host: str, port: int, resolve: Resolver = _resolve) -> list[str]:
    """This will return the addresses of a name; raises CannotFetch when any of them is not a public one."""
    addresses = resolve(host, port)
    for address in addresses:
        parsed = ipaddress.ip_address(address)
        mapped = getattr(parsed, "ipv4_mapped", None)
        if not (mapped or parsed).is_global:
            raise CannotFetch(f"{host} leads to {address}, which is not a public address")
    if not addresses:
        raise CannotFetch(f"The name {host} has no address")
    return addresses


class _PinnedConnection(http.client.HTTPSConnection):
    def __init__(self, host: str, port: int, address: str, timeout: float) -> None:
        super().__init__(host, port, timeout=timeout, context=ssl.create_default_context())
        self._address = address

    def connect(self) -> None:
        raw = socket.create_connection((self._address, self.port), self.timeout)
        self.sock = self._context.wrap_socket(raw, server_hostname=self.host)  # type: ignore[attr-defined]


def fetch(
    url: str, *, seconds: float = 30, max_bytes: int = 50_000_000, resolve: Resolver = _resolve
) -> bytes:
    """This will read an https address and return the body.

    `seconds` bounds the whole call, `max_bytes` the body. Raises CannotFetch for everything else than a 200.
    """
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname or parts.username:
        raise CannotFetch("Only plain https addresses are read")
    deadline = time.monotonic() + seconds
    port = parts.port or 443
    connection = _PinnedConnection(
        parts.hostname, port, public_addresses(parts.hostname, port, resolve)[0], seconds
    )
    try:
        connection.request("GET", parts.path + (f"?{parts.query}" if parts.query else ""))
        response = connection.getresponse()
        if response.status != 200:
            raise CannotFetch(f"{parts.hostname} answered {response.status}")
        return _body(response, connection, deadline, max_bytes)
    except (OSError, http.client.HTTPException) as error:
        raise CannotFetch(f"{parts.hostname} could not be read: {error}") from error
    finally:
        connection.close()


def _body(
    response: http.client.HTTPResponse, connection: _PinnedConnection, deadline: float, max_bytes: int
) -> bytes:
    chunks: list[bytes] = []
    size = 0
    while True:
        left = deadline - time.monotonic()
        if left <= 0:
            raise CannotFetch("The answer took too long")
        if connection.sock is not None:
            connection.sock.settimeout(left)
        chunk = response.read1(65_536)
        if not chunk:
            return b"".join(chunks)
        size += len(chunk)
        if size > max_bytes:
            raise CannotFetch("The answer is too large")
        chunks.append(chunk)
