"""A server on this machine that answers as a test says: well, badly, slowly, or not at all."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


@dataclass
class Call:
    """What came in: parameters have names in lower case."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Reply:
    """What goes out; `cut` ends the body after so many bytes, `drip` sends one byte in so many seconds."""

    body: bytes | str = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    cut: int | None = None
    drip: float = 0
    wait: float = 0


def as_json(data: Any, **more: Any) -> Reply:
    """This will make a reply of JSON."""
    return Reply(json.dumps(data).encode(), headers={"Content-Type": "application/json"}, **more)


class Server:
    """Answers each call with what `answer(call)` returns, and remembers the calls."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.answer: Callable[[Call], Reply] = lambda call: Reply(b"hello")
        self.port = 0

    @property
    def place(self) -> str:
        """host:port, as the setting names it."""
        return f"127.0.0.1:{self.port}"

    @property
    def url(self) -> str:
        """Where it is."""
        return f"http://{self.place}"


def _handler(server: Server) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _answer(self) -> None:
            parts = urlsplit(self.path)
            size = int(self.headers.get("Content-Length") or 0)
            call = Call(
                self.command, parts.path,
                {key.lower(): values[-1] for key, values in parse_qs(parts.query, keep_blank_values=True).items()},
                {key.lower(): value for key, value in self.headers.items()},
                self.rfile.read(size),
            )  # fmt: skip
            server.calls.append(call)
            reply = server.answer(call)
            body = reply.body.encode() if isinstance(reply.body, str) else reply.body
            time.sleep(reply.wait)
            self.close_connection = True
            try:
                self.send_response(reply.status)
                for name, value in {"Content-Length": str(len(body)), **reply.headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self._write(body[: reply.cut], reply.drip)
            except OSError:
                pass  # whoever asked has gone: that is what some tests are about

        def _write(self, body: bytes, drip: float) -> None:
            if not drip:
                self.wfile.write(body)
                return
            for number in range(len(body)):
                self.wfile.write(body[number : number + 1])
                self.wfile.flush()
                time.sleep(drip)

        do_GET = do_POST = _answer

        def log_message(self, *_what: Any) -> None:
            pass

    return Handler


@contextmanager
def running_server() -> Iterator[Server]:
    """This will run a server for the length of a test."""
    server = Server()
    running = ThreadingHTTPServer(("127.0.0.1", 0), _handler(server))
    running.daemon_threads = True
    server.port = running.server_address[1]
    thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        running.shutdown()
        running.server_close()


@contextmanager
def raw_server(talk: Callable[[socket.socket], None]) -> Iterator[str]:
    """This will run a server that takes one connection and does with it what `talk` says; yields host:port."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        try:
            connection, _address = listening.accept()
            with connection:
                talk(connection)
        except OSError:
            pass  # the test is over, or the other side went away

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"127.0.0.1:{listening.getsockname()[1]}"
    finally:
        listening.close()
