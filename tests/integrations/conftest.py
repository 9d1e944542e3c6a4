"""What the tests of plugins and recipes share: PHP where it is found, Node.js, and a portal that does as it is told."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tools import frontend, machine

ROOT = Path(__file__).resolve().parents[2]
INTEGRATIONS = ROOT / "integrations"
HARNESS = Path(__file__).parent / "harness"
Steps = list[dict[str, Any]]


@pytest.fixture(scope="session")
def php() -> str:
    """The PHP of this machine, with the extension that the harness reads HTML with."""
    found = shutil.which("php")
    if found is None or b"dom" not in subprocess.run([found, "-m"], capture_output=True, check=True).stdout:
        pytest.skip(f"no PHP with DOM found; to have it: {machine.line_to_type([machine.PHP])}")
    return found


@pytest.fixture(scope="session")
def node() -> str:
    """The Node.js of this machine, else the one among the Python packages."""
    try:
        return frontend.find_node(Path(sys.executable))[0]
    except SystemExit as missing:
        pytest.fail(f"{missing}\n        `make test` brings one with the Python packages.")


@pytest.fixture
def wordpress(php: str) -> Callable[..., list[Any]]:
    """Run steps in the plugin for WordPress."""
    return _runner(php, "wordpress")


@pytest.fixture
def drupal(php: str) -> Callable[..., list[Any]]:
    """Run steps in the module for Drupal."""
    return _runner(php, "drupal")


def _runner(php: str, name: str) -> Callable[..., list[Any]]:
    plugin = INTEGRATIONS / name / "vetovoima"

    def run(*steps: dict[str, Any]) -> list[Any]:
        given = json.dumps({"plugin": str(plugin), "steps": steps})
        done = subprocess.run(
            [php, "-d", "display_errors=stderr", "-d", "error_reporting=-1", str(HARNESS / f"{name}.php")],
            input=given, capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr + done.stdout
        answers: list[Any] = json.loads(done.stdout)
        return answers

    return run


@dataclass
class Said:
    """One answer of the portal that does as it is told; `slowly` waits that many seconds between ten bytes."""

    status: int = 200
    body: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    slowly: float = 0
    waits: float = 0


def an_offer(name: str, version: str = "v1") -> Said:
    """A fragment that names one record, with a mark of its version and an ETag."""
    body = f'<section class="vetovoima-sites" lang="fi" data-vetovoima-version="{version}"><ul><li>{name}</li></ul></section>'
    return Said(200, body, {"ETag": f'W/"{version}"'})


@dataclass
class Portal:
    """A portal that answers what it is told, in that order, the last one again and again."""

    url: str
    says: list[Said] = field(default_factory=list)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def next(self) -> Said:
        """The next answer."""
        return self.says.pop(0) if len(self.says) > 1 else self.says[0]


@pytest.fixture
def portal() -> Iterator[Portal]:
    """A portal on loopback."""
    told = Portal("")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            told.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
            said = told.next()
            time.sleep(said.waits)
            content = said.body.encode()
            self.send_response(said.status)
            for name, value in {"Content-Type": "text/html; charset=utf-8", **said.headers}.items():
                self.send_header(name, value)
            if said.status != 304:
                self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self._write(content, said.slowly)

        def _write(self, content: bytes, slowly: float) -> None:
            step = 10 if slowly else max(len(content), 1)
            try:
                for start in range(0, len(content), step):
                    self.wfile.write(content[start : start + step])
                    time.sleep(slowly)
            except OSError:
                return  # whoever asked has heard enough

        def log_message(self, *_words: object) -> None:
            """Tests read what was asked, not what was printed."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    told.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield told
    server.shutdown()
    server.server_close()


@pytest.fixture
def nobody() -> str:
    """An address at which nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{taken.getsockname()[1]}"
