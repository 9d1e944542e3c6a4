"""An archive while it is written: each file is put in as it comes, and its sum is kept for the list at the end."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import IO, Any, cast

from django.utils.timezone import localtime

SUMS = "SHA256SUMS"


class _Summed(io.BufferedIOBase):
    """Writes through and sums up."""

    def __init__(self, inner: IO[bytes]) -> None:
        self._inner = inner
        self.sum = hashlib.sha256()

    def writable(self) -> bool:
        """It is for writing."""
        return True

    def write(self, data: Any) -> int:
        """This will write on and add to the sum."""
        self.sum.update(data)
        return self._inner.write(data)


class Packer:
    """An archive that is being written to a file; every entry carries the same moment."""

    def __init__(self, target: IO[bytes], made_at: datetime) -> None:
        self._archive = zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6)
        day = localtime(made_at)
        self._moment = (day.year, day.month, day.day, day.hour, day.minute, day.second)
        self._sums: dict[str, str] = {}

    @contextmanager
    def entry(self, name: str, *, is_packed: bool = False) -> Iterator[_Summed]:
        """This will open one entry to write into; `is_packed` for what does not get smaller, as photographs."""
        about = zipfile.ZipInfo(name, date_time=self._moment)
        about.compress_type = zipfile.ZIP_STORED if is_packed else zipfile.ZIP_DEFLATED
        about.external_attr = 0o644 << 16
        with self._archive.open(about, "w", force_zip64=True) as inner:
            summed = _Summed(inner)
            yield summed
        self._sums[name] = summed.sum.hexdigest()

    @contextmanager
    def text(self, name: str) -> Iterator[IO[str]]:
        """This will open one entry to write text into, in UTF-8."""
        with self.entry(name) as inner:
            file = io.TextIOWrapper(cast("Any", inner), encoding="utf-8", newline="")
            yield file
            file.detach()  # it would close the entry, which the archive does

    def add(self, name: str, content: bytes | str, *, is_packed: bool = False) -> None:
        """This will put one whole entry in."""
        with self.entry(name, is_packed=is_packed) as inner:
            inner.write(content.encode() if isinstance(content, str) else content)

    def close(self) -> None:
        """This will put the list of sums in (as `sha256sum --check` reads it) and end the archive."""
        lines = "".join(f"{summed}  {name}\n" for name, summed in sorted(self._sums.items()))
        self._archive.writestr(zipfile.ZipInfo(SUMS, date_time=self._moment), lines)
        self._archive.close()
