"""Starting the child process, and the one exception that says in words why a file cannot be read."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import Promise

SECONDS = 20


class CannotRead(ValidationError):
    """A file, or a row of it, cannot be read; the message says why and what to do, `row` where it is."""

    def __init__(
        self,
        message: str | Promise,
        code: str = "cannot_read",
        params: dict[str, Any] | None = None,
        row: int | None = None,
    ) -> None:
        self.row = row
        known = dict(params or {})
        if row is not None:
            known.setdefault("row", row)
        super().__init__(message, code=code, params=known)  # type: ignore[arg-type] # a lazy text is a text


@dataclass(frozen=True)
class Finished:
    """How a child ended: `answer` is the JSON it wrote; `failure` names why there is none."""

    answer: Any = None
    #: "" | "refused" (see `answer`) | "time" | "memory" | "crashed"
    failure: str = ""
    details: dict[str, Any] = field(default_factory=dict)


def run_job(job: str, *arguments: str, seconds: int = SECONDS) -> Finished:
    """This will run one job of `python -m vetovoima.common.sandbox` and say how it ended; it never raises.

    A job writes JSON to its output: its answer, or {"refused": code, …} for a file that it understands but refuses.
    """
    command = [sys.executable, "-m", "vetovoima.common.sandbox", job, *arguments]
    try:
        done = subprocess.run(command, capture_output=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired:
        return Finished(failure="time")
    if done.returncode != 0:
        return Finished(failure=_why(done.returncode, done.stderr))
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        return Finished(failure="crashed")
    if isinstance(answer, dict) and "refused" in answer:
        return Finished(answer=answer, failure="refused", details=answer)
    return Finished(answer=answer)


def _why(status: int, words: bytes) -> str:
    """Killed by the limit on processor time (SIGXCPU, then SIGKILL), out of memory, or broken by the file."""
    if status in (-24, -9):
        return "time"
    if status == -6 or b"MemoryError" in words or b"memory allocation" in words:
        return "memory"
    return "crashed"
