"""The demonstration's processes end together, with whatever they started."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
#: a process that starts a child which does not hear SIGTERM, as a web server's worker may not
STUBBORN = "import signal,subprocess,sys,time; c=subprocess.Popen([sys.executable,'-c','import signal,time; signal.signal(15,signal.SIG_IGN); time.sleep(60)']); print(c.pid, flush=True); time.sleep(60)"
RUN = "import os,sys; from vetovoima.config.demonstration.processes import run_together; sys.exit(run_together({commands!r}, dict(os.environ)))"


def start(commands: dict[str, list[str]]) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(PROJECT / "src")}
    code = RUN.format(commands=commands)
    return subprocess.Popen([sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE, text=True)


def lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z" if Path("/proc").exists() else True


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_told_to_stop_it_leaves_nothing_behind(number: int) -> None:
    with start({"server": [sys.executable, "-c", STUBBORN]}) as running:
        assert running.stdout is not None
        child = int(running.stdout.readline())
        running.send_signal(number)
        assert running.wait(15) == 0
    time.sleep(0.2)
    assert not lives(child)


def test_when_one_ends_all_end_with_a_failure() -> None:
    long = [sys.executable, "-c", "import time; time.sleep(60)"]
    with start({"short": [sys.executable, "-c", "pass"], "long": long}) as running:
        assert running.wait(20) == 1
