"""Receivers of webhooks on this machine: some that live, and three that are dead in three ways."""

from __future__ import annotations

import json
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self


class Receivers:
    """`with Receivers(17) as several:` so many receivers that take every message at once, beside one that refuses every
    connection, one that takes it and never says a word, and one that says a letter a second."""

    def __init__(self, living: int) -> None:
        self.told: dict[tuple[int, str, int], float] = {}
        self.news = threading.Condition()
        self.servers = [self._living(number) for number in range(living)]
        self.silent, self.dripping = _listening(), _listening()
        closed = _listening()
        self.refusing = closed.getsockname()[1]
        closed.close()
        self.is_over = threading.Event()

    def _living(self, number: int) -> ThreadingHTTPServer:
        several = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                several._note(number, body["data"])
                self.send_response(204)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_args: Any) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        return server

    def _note(self, number: int, data: dict[str, Any]) -> None:
        with self.news:
            self.told.setdefault((number, data["code"], data["version"]), time.time())
            self.news.notify_all()

    def __enter__(self) -> Self:
        for server in self.servers:
            threading.Thread(target=server.serve_forever, daemon=True).start()
        for listening, letters in (
            (self.silent, b""),
            (self.dripping, b"HTTP/1.1 200 OK\r\nX: " + b"x" * 600),
        ):
            threading.Thread(target=self._take, args=(listening, letters), daemon=True).start()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.is_over.set()
        for server in self.servers:
            server.shutdown()
            server.server_close()
        self.silent.close()
        self.dripping.close()

    def _take(self, listening: socket.socket, letters: bytes) -> None:
        """Take every connection and hold it."""
        held = []
        while not self.is_over.is_set():
            try:
                held.append(listening.accept()[0])
            except OSError:
                return
            if letters:
                threading.Thread(target=self._drip, args=(held[-1], letters), daemon=True).start()

    def _drip(self, taken: socket.socket, letters: bytes) -> None:
        for letter in letters:
            try:
                taken.sendall(bytes([letter]))
            except OSError:
                return
            if self.is_over.wait(1.0):
                return

    def places(self) -> list[str]:
        """Host and port of each, the dead ones among them."""
        ports = [server.server_address[1] for server in self.servers]
        ports += [self.refusing, self.silent.getsockname()[1], self.dripping.getsockname()[1]]
        return [f"127.0.0.1:{port}" for port in ports]

    def addresses(self) -> list[str]:
        """The address of each."""
        return [f"http://{place}/hook" for place in self.places()]

    def forget(self) -> None:
        """This will forget what was told."""
        with self.news:
            self.told.clear()

    def wait_for(self, code: str, version: int, end: float) -> float:
        """This will wait until every living receiver was told of a version of a record; returns when the last one was."""
        keys = [(number, code, version) for number in range(len(self.servers))]
        with self.news:
            while missing := [key for key in keys if key not in self.told]:
                if not self.news.wait(max(end - time.time(), 0)):
                    raise SystemExit(f"{len(missing)} of {len(keys)} receivers were never told of {code}.")
            return max(self.told[key] for key in keys)


def _listening() -> socket.socket:
    found = socket.socket()
    found.bind(("127.0.0.1", 0))
    found.listen(128)
    return found
