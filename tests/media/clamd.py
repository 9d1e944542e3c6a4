"""A virus scanner of the tests, on loopback: speaks the protocol of ClamAV's daemon and knows one virus."""

from __future__ import annotations

import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from .papers import EICAR


@dataclass
class Behaviour:
    """How the scanner behaves, and what it was sent."""

    #: "" answers truly; "hang_up", "slow", "drip", "size", "nonsense" do not
    mood: str = ""
    seen: list[bytes] = field(default_factory=list)


class _Line(socketserver.StreamRequestHandler):
    server: _Tcp

    def handle(self) -> None:
        behaviour = self.server.behaviour
        assert self.rfile.read(10) == b"zINSTREAM\0"
        if behaviour.mood == "size":
            self.rfile.read(100)
            self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
            return
        content = b""
        while size := int.from_bytes(self.rfile.read(4), "big"):
            content += self.rfile.read(size)
        behaviour.seen.append(content)
        self.wfile.write(self._answer(behaviour.mood, content))

    def _answer(self, mood: str, content: bytes) -> bytes:
        if mood == "slow":
            time.sleep(3)
        if mood == "hang_up":
            return b""
        if mood == "nonsense":
            return b"stream: hello\0"
        if mood == "drip":
            for _ in range(30):
                self.wfile.write(b".")
                time.sleep(0.1)
        return b"stream: Eicar-Test-Signature FOUND\0" if EICAR in content else b"stream: OK\0"


class _Tcp(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    behaviour: Behaviour

    def handle_error(self, request: object, client_address: object) -> None:
        """A line that we cut is no news."""


class _Unix(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True
    behaviour: Behaviour


@contextmanager
def scanner(socket: Path | None = None) -> Iterator[tuple[str, Behaviour]]:
    """This will run one and give its address as the setting has it, and how to change its mood."""
    server = _Unix(str(socket), _Line) if socket else _Tcp(("127.0.0.1", 0), _Line)
    server.behaviour = Behaviour()
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        address = f"clamd://{socket}" if socket else f"clamd://127.0.0.1:{server.server_address[1]}"
        yield address, server.behaviour
    finally:
        server.shutdown()
        server.server_close()
