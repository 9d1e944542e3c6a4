"""A few places for work that costs much, shared by all processes of a machine."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings


@contextmanager
def one_of(places: int, name: str) -> Iterator[bool]:
    """This will hold one of so many places while the block runs; false when none is free.

    A lock on a file: a process that dies gives its place back.
    """
    folder = Path(settings.VAR_DIR) / "places"
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(places):
        with (folder / f"{name}-{number}").open("ab") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            yield True
            return
    yield False
