"""The processes of the demonstration: started together, stopped together."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from types import FrameType

STOP_SECONDS = 8


class Stopped(Exception):
    """Somebody asked the demonstration to end."""


def run_together(commands: dict[str, list[str]], environment: dict[str, str]) -> int:
    """This will start every command and wait: 0 when told to stop, 1 when one of them ended by itself.

    Ctrl-C and SIGTERM end all of them; what does not end within eight seconds is killed.
    """

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise Stopped

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    # A session of their own, so that Ctrl-C reaches them through us and in order.
    running = {
        name: subprocess.Popen(command, env=environment, start_new_session=True)
        for name, command in commands.items()
    }
    try:
        while True:
            for name, process in running.items():
                if process.poll() is not None:
                    print(f"The {name} ended with code {process.returncode}.", file=sys.stderr)
                    return 1
            time.sleep(0.3)
    except Stopped:
        return 0
    finally:
        _end(list(running.values()))


def _end(processes: list[subprocess.Popen[bytes]]) -> None:
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_IGN)
    for process in processes:
        if process.poll() is None:
            process.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for process in processes:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(max(0.1, deadline - time.monotonic()))
        # Its whole session: a server's own workers must not stay behind and hold the port.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
