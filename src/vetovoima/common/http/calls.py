"""One call: sent to the address that was checked, its answer read within the deadline and the size."""

from __future__ import annotations

import http.client
import io
import json
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from .addresses import Deadline, Resolver, Target, system_resolver, target_of
from .problems import CannotFetch, NotModified, Refused, TookTooLong, TryLater

USER_AGENT = "Vetovoima/1"
ERROR_BODY = 4_096
WAIT_UNLESS_TOLD = 60
LONGEST_WAIT = 24 * 60 * 60


@dataclass(frozen=True)
class Answer:
    """What came back; names of headers are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    host: str = ""

    @property
    def etag(self) -> str:
        """The mark by which the next call can ask whether anything changed."""
        return self.headers.get("etag", "")

    @property
    def modified(self) -> str:
        """When the other side says that it last changed this, as it wrote it."""
        return self.headers.get("last-modified", "")

    def json(self, **how: Any) -> Any:
        """The body as JSON; raises CannotFetch when it is none. `how` goes to the reader of the standard library."""
        try:
            return json.loads(self.body, parse_constant=_no_constant, **how)
        except (ValueError, RecursionError) as error:
            raise CannotFetch("no_json", host=self.host) from error


def _no_constant(word: str) -> None:
    """Python reads NaN and Infinity where JSON has no such thing."""
    raise ValueError(word)


class _BoundedReader(io.RawIOBase):
    """Reads from a socket and never waits beyond the deadline of the whole call."""

    def __init__(self, sock: socket.socket, deadline: Deadline, host: str) -> None:
        self._sock, self._deadline, self._host = sock, deadline, host

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._sock.settimeout(self._deadline.left(self._host))
        return self._sock.recv_into(buffer)


class _BoundedSocket:
    """What http.client needs of a socket: sends and makes a file, both within the deadline."""

    def __init__(self, sock: socket.socket, deadline: Deadline, host: str) -> None:
        self._sock, self._deadline, self._host = sock, deadline, host

    def makefile(self, *_how: Any) -> io.BufferedReader:
        """The answer as a file."""
        return io.BufferedReader(_BoundedReader(self._sock, self._deadline, self._host))

    def sendall(self, data: Any) -> None:
        """This will send all of it."""
        self._sock.settimeout(self._deadline.left(self._host))
        self._sock.sendall(data)

    def close(self) -> None:
        """Nothing yet: http.client lets go of the socket before it reads the body; `_Connection.end` closes it."""


class _Connection(http.client.HTTPConnection):
    """Goes to the address that was checked, under the name that was asked for."""

    def __init__(self, target: Target, deadline: Deadline) -> None:
        super().__init__(target.host, target.port)
        self._place, self._deadline = target, deadline
        self._raw: socket.socket | None = None
        if target.scheme == "https":
            self.default_port = 443

    def connect(self) -> None:
        """This will connect and, save to this machine in tests, begin TLS under the asked name."""
        target = self._place
        self._raw = self._reached()
        if target.scheme == "https":
            self._raw.settimeout(self._deadline.left(target.host))
            context = ssl.create_default_context()
            self._raw = context.wrap_socket(self._raw, server_hostname=target.host)
        self.sock = _BoundedSocket(self._raw, self._deadline, target.host)

    def _reached(self) -> socket.socket:
        """Try the checked addresses in turn; each gets its part of the time that is left."""
        target = self._place
        for number, address in enumerate(target.addresses, start=1):
            chances = len(target.addresses) - number + 1
            try:
                seconds = self._deadline.left(target.host) / chances
                return socket.create_connection((address, target.port), timeout=seconds)
            except OSError:
                if chances == 1:
                    raise
        raise ConnectionRefusedError  # a name without addresses was refused before

    def end(self) -> None:
        """This will let go of everything."""
        self.close()
        if self._raw is not None:
            self._raw.close()


@dataclass(frozen=True)
class Request:
    """One call: what to ask for and how much of our time and memory it may take."""

    url: str
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    content: bytes | None = None
    max_bytes: int = 50_000_000
    #: takes 201, 202, 204 … as well, for whoever only wants to know that something arrived
    takes_any_success: bool = False
    #: without it the answer is its status and headers: not a byte of the rest is waited for or kept
    reads_body: bool = True


def send(request: Request, deadline: Deadline, *, resolve: Resolver = system_resolver) -> Answer:
    """This will make one call and return its answer of status 200, or of any 2xx when the request takes them.

    Raises NotModified for a 304, TryLater for 429 and 503, Refused for every other status, TookTooLong and
    CannotFetch for the rest.
    """
    target = target_of(request.url, resolve, deadline)
    connection = _Connection(target, deadline)
    try:
        connection.request(request.method, target.path, body=request.content, headers=_headers(request))
        response = connection.getresponse()
        headers = {name.lower(): value for name, value in response.getheaders()}
        if response.status != 200 and not (request.takes_any_success and 200 <= response.status < 300):
            _refuse(target, response, headers, reads_body=request.reads_body)
        if not request.reads_body:
            return Answer(response.status, headers, b"", target.host)
        if headers.get("content-encoding", "identity") not in {"identity", ""}:
            raise CannotFetch("compressed", host=target.host)
        return Answer(
            response.status, headers, _body(response, target.host, deadline, request.max_bytes), target.host
        )
    except TimeoutError as error:
        raise TookTooLong("too_long", host=target.host, seconds=round(deadline.seconds)) from error
    except (http.client.IncompleteRead, http.client.RemoteDisconnected, ConnectionResetError) as error:
        raise CannotFetch("cut", host=target.host) from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise CannotFetch("unreachable", host=target.host, reason=str(error)[:200]) from error
    finally:
        connection.end()


def _headers(request: Request) -> dict[str, str]:
    return {
        "User-Agent": USER_AGENT,
        "Accept-Encoding": "identity",
        "Connection": "close",
        **dict(request.headers),
    }


def _refuse(
    target: Target, response: http.client.HTTPResponse, headers: Mapping[str, str], *, reads_body: bool
) -> None:
    status, host = response.status, target.host
    if status == 304:
        raise NotModified
    if status in {429, 503}:
        raise TryLater(wait_of(headers.get("retry-after", "")), status=status, host=host)
    if status in {301, 302, 303, 307, 308}:
        raise Refused("moved", status=status, host=host, to=headers.get("location", "?")[:300])
    code = {404: "not_found", 410: "not_found", 401: "closed", 403: "closed"}.get(status, "status")
    raise Refused(code, status=status, host=host, body=response.read1(ERROR_BODY) if reads_body else b"")


def wait_of(text: str, now: datetime | None = None) -> int:
    """This will read a Retry-After: seconds or a date; a minute when it says nothing that makes sense."""
    if text.isascii() and text.strip().isdigit():
        return max(1, min(int(text.strip()[:9]), LONGEST_WAIT))
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return WAIT_UNLESS_TOLD
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    seconds = (moment - (now or datetime.now(UTC))).total_seconds()
    return max(1, min(int(seconds), LONGEST_WAIT))


def _body(response: http.client.HTTPResponse, host: str, deadline: Deadline, max_bytes: int) -> bytes:
    announced = response.length
    if announced is not None and announced > max_bytes:
        raise CannotFetch("too_large", host=host, megabytes=max(1, max_bytes // 1_000_000))
    chunks: list[bytes] = []
    size = 0
    while chunk := response.read1(65_536):
        deadline.left(host)
        size += len(chunk)
        if size > max_bytes:
            raise CannotFetch("too_large", host=host, megabytes=max(1, max_bytes // 1_000_000))
        chunks.append(chunk)
    # The standard library does not notice an answer that ends before its announced length when read piece by piece.
    if announced is not None and size < announced:
        raise CannotFetch("cut", host=host)
    return b"".join(chunks)


def get(
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    etag: str = "",
    modified: str = "",
    deadline: Deadline | None = None,
    max_bytes: int = 50_000_000,
    resolve: Resolver = system_resolver,
) -> Answer:
    """This will read an address; with `etag` or `modified` only when it has changed, else NotModified is raised."""
    asked = dict(headers or {})
    if etag:
        asked["If-None-Match"] = etag
    if modified:
        asked["If-Modified-Since"] = modified
    request = Request(url, headers=asked, max_bytes=max_bytes)
    return send(request, deadline or Deadline(30), resolve=resolve)


def post_json(
    url: str,
    payload: Any,
    *,
    headers: Mapping[str, str] | None = None,
    deadline: Deadline | None = None,
    max_bytes: int = 50_000_000,
    resolve: Resolver = system_resolver,
) -> Answer:
    """This will send JSON and return the answer."""
    asked = {"Content-Type": "application/json", "Accept": "application/json", **dict(headers or {})}
    content = json.dumps(payload, ensure_ascii=False).encode()
    request = Request(url, "POST", asked, content, max_bytes)
    return send(request, deadline or Deadline(30), resolve=resolve)


def fetch(
    url: str, *, seconds: float = 30, max_bytes: int = 50_000_000, resolve: Resolver = system_resolver
) -> bytes:
    """This will read an https address and return the body.

    `seconds` bounds the whole call, `max_bytes` the body. Raises CannotFetch for everything else than a 200.
    """
    return get(url, deadline=Deadline(seconds), max_bytes=max_bytes, resolve=resolve).body
