"""The virus scanner: a small client of ClamAV's daemon, and what its answer means.

Its protocol: `zINSTREAM`, then the file in pieces, each after its length in four bytes, then a length of zero; the answer
is one line (docs/integrations/virus-scanner.md). The address is the operator's own, inside their network, so the call
does not go through `common.http`, which refuses every address that is not public.
"""

from __future__ import annotations

import re
import socket
import time
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

PIECE = 1 << 17
ANSWER_LIMIT = 4096
FOUND = re.compile(r"(?:^|: )(?P<virus>[^:]{1,200}) FOUND$")


class CannotScan(Exception):
    """The scanner gave no verdict; it may do so later."""


class WillNotScan(Exception):
    """The scanner refuses this file for good: it is too large for it, or it cannot read it."""


def is_on() -> bool:
    """Whether a scanner is configured."""
    return bool(settings.VETOVOIMA_VIRUS_SCANNER)


def virus_in(path: Path) -> str:
    """This will have the scanner read a file and return the name of the virus in it, "" for a clean one.

    Raises CannotScan when there is no verdict in VETOVOIMA_VIRUS_SCANNER_SECONDS, and WillNotScan.
    """
    ends = time.monotonic() + settings.VETOVOIMA_VIRUS_SCANNER_SECONDS
    try:
        with _connection(ends) as line:
            _send(line, path, ends)
            answer = _answer(line, ends)
    except (OSError, TimeoutError) as error:
        raise CannotScan(f"{type(error).__name__}: {error}") from error
    return _verdict(answer)


def _connection(ends: float) -> socket.socket:
    where = urlsplit(settings.VETOVOIMA_VIRUS_SCANNER)
    if where.hostname:
        return socket.create_connection((where.hostname, where.port or 3310), timeout=_left(ends))
    line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    line.settimeout(_left(ends))
    try:
        line.connect(where.path)
    except OSError:
        line.close()
        raise
    return line


def _left(ends: float) -> float:
    left = ends - time.monotonic()
    if left <= 0:
        raise TimeoutError("the scanner took too long")
    return left


def _send(line: socket.socket, path: Path, ends: float) -> None:
    """Send the file; a scanner that refuses it in the middle hangs up, and its answer says why."""
    try:
        line.sendall(b"zINSTREAM\0")
        with path.open("rb") as file:
            while piece := file.read(PIECE):
                line.settimeout(_left(ends))
                line.sendall(len(piece).to_bytes(4, "big") + piece)
        line.sendall(bytes(4))
    except (BrokenPipeError, ConnectionResetError):
        return


def _answer(line: socket.socket, ends: float) -> str:
    found = b""
    while b"\0" not in found and len(found) < ANSWER_LIMIT:
        line.settimeout(_left(ends))
        piece = line.recv(1024)
        if not piece:
            break
        found += piece
    return found.split(b"\0")[0].decode("utf-8", "replace").strip()


def _verdict(answer: str) -> str:
    if answer.endswith("OK"):
        return ""
    if found := FOUND.search(answer):
        return found["virus"].strip()
    if "size limit" in answer:
        raise WillNotScan(answer)
    raise CannotScan(answer or "the scanner hung up without an answer")
