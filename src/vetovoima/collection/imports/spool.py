"""Prepared records on their way from the long preparation to the short transaction: on disk, not in memory."""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Iterator
from types import TracebackType
from typing import Any


class Spool:
    """Pieces of work in a temporary file without a name: written once, read back in order, gone when closed.

    Only this process ever writes or reads it, so that nothing foreign is unpickled.
    """

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile(prefix="vetovoima-import-")  # noqa: SIM115
        self._count = 0

    def add(self, piece: Any) -> None:
        """This will append one piece."""
        pickle.dump(piece, self._file, pickle.HIGHEST_PROTOCOL)
        self._count += 1

    def __iter__(self) -> Iterator[Any]:
        self._file.seek(0)
        for _number in range(self._count):
            yield pickle.load(self._file)  # noqa: S301

    def __enter__(self) -> Spool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()
