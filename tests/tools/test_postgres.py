"""The temporary PostgreSQL."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg
import pytest

from tools import machine, postgres
from tools.stamps import ROOT

pytestmark = [
    pytest.mark.slow,
    pytest.mark.postgres,
    pytest.mark.skipif(
        machine.postgres_folder() is None,
        reason=f"no PostgreSQL 15 or newer found; to have it: {machine.line_to_type([machine.POSTGRES])}",
    ),
]


def test_the_server_answers_folds_finnish_letters_and_is_gone_afterwards(monkeypatch):
    with postgres.server() as address, psycopg.connect(address) as server:
        row = server.execute("select lower('ÄÖÅ'), current_setting('fsync')").fetchone()
    assert row == ("äöå", "off")

    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(address, connect_timeout=2)


@pytest.fixture
def open_folder():
    """A temporary folder that the server's own account can pass through."""
    folder = Path(tempfile.mkdtemp(prefix="vetovoima-test-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


def test_it_is_gone_after_a_termination_too(open_folder):
    environment = {name: value for name, value in os.environ.items() if name != postgres.ADDRESS}
    environment["TMPDIR"] = str(open_folder)
    script = f"import os, pathlib, time; pathlib.Path({str(open_folder / 'up')!r}).write_text(os.environ['{postgres.ADDRESS}']); time.sleep(60)"
    process = subprocess.Popen(
        [sys.executable, "-m", "tools.postgres", sys.executable, "-c", script], cwd=ROOT, env=environment
    )
    deadline = time.monotonic() + 60
    while not (open_folder / "up").exists() and time.monotonic() < deadline:
        time.sleep(0.1)

    process.send_signal(signal.SIGTERM)

    assert process.wait(timeout=60) == 143
    assert list(open_folder.glob("vetovoima-pg-*")) == []
