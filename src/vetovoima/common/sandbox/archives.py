"""Looking into a zip archive without trusting what it says of itself; runs in the child.

A directory of an archive may lie about sizes, and an entry of 200 KB may hold gigabytes. So every entry is unpacked
here once, piece by piece and counted, before any library sees the file (security-and-reliability 3.3 and finding 12).
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

#: a workbook of 50,000 rows of 40 columns is 11 MB (measured); what it may unpack to is bounded below
MAX_ARCHIVE_BYTES = 15_000_000
MAX_UNPACKED = 160_000_000
#: small entries compress well without harm; beyond this size the ratio counts
FREE_BYTES, MAX_RATIO = 2_000_000, 100
MAX_ENTRIES = 200
PIECE = 1 << 18
LOCAL_HEADER = struct.Struct("<4s5H3L2H")
#: a document type or an entity has no business in a workbook; both are how XML attacks begin
DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


class Refused(Exception):
    """The file is understood and refused: a code of `table_words.REFUSALS` and what fills its sentence."""

    def __init__(self, code: str, **details: Any) -> None:
        self.code = code
        self.details = details
        super().__init__(code)


class Archive:
    """A zip archive whose entries have been unpacked and counted once (`check`)."""

    def __init__(self, content: bytes) -> None:
        if len(content) > MAX_ARCHIVE_BYTES:
            raise Refused("too_large")
        self._content = content
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                listed = archive.infolist()
        except (
            zipfile.BadZipFile,
            ValueError,
            OSError,
            struct.error,
            NotImplementedError,
            EOFError,
        ) as error:
            raise Refused("damaged") from error
        if len(listed) > MAX_ENTRIES:
            raise Refused("too_many_parts")
        self.entries = {info.filename: info for info in listed if not info.is_dir()}
        # Two entries of one name: what is checked here might not be what a library opens.
        if len({info.filename for info in listed}) != len(listed):
            raise Refused("hostile")

    def check(self) -> None:
        """This will unpack everything once within the limits, and refuse document types in the XML."""
        total = 0
        for name, info in self.entries.items():
            size, tail = 0, b""
            is_xml = name.lower().endswith((".xml", ".rels", ".vml"))
            for piece in self.pieces(name):
                size += len(piece)
                if size > FREE_BYTES and size > MAX_RATIO * max(info.compress_size, 1):
                    raise Refused("unpacks")
                if total + size > MAX_UNPACKED:
                    raise Refused("unpacks")
                if is_xml and b"<!" in piece and DOCTYPE.search(tail + piece):
                    raise Refused("hostile")
                tail = piece[-10:]
            total += size

    def pieces(self, name: str) -> Iterator[bytes]:
        """This will unpack an entry piece by piece, to its real end whatever the directory says."""
        info = self.entries[name]
        start = self._start(info)
        packed = memoryview(self._content)[start : start + info.compress_size]
        if info.flag_bits & 0x1:
            raise Refused("password")
        if info.compress_type == zipfile.ZIP_STORED:
            for at in range(0, len(packed), PIECE):
                yield bytes(packed[at : at + PIECE])
            return
        if info.compress_type != zipfile.ZIP_DEFLATED:
            raise Refused("damaged")
        yield from _inflate(packed)

    def _start(self, info: zipfile.ZipInfo) -> int:
        header = self._content[info.header_offset : info.header_offset + LOCAL_HEADER.size]
        if len(header) < LOCAL_HEADER.size or header[:4] != b"PK\x03\x04":
            raise Refused("damaged")
        fields = LOCAL_HEADER.unpack(header)
        return int(info.header_offset + LOCAL_HEADER.size + fields[9] + fields[10])

    def text(self, name: str, limit: int = 1_000_000) -> bytes:
        """This will return the beginning of a small entry; empty when there is none."""
        if name not in self.entries:
            return b""
        found = b""
        for piece in self.pieces(name):
            found += piece
            if len(found) >= limit:
                break
        return found[:limit]


def _inflate(packed: memoryview) -> Iterator[bytes]:
    machine = zlib.decompressobj(-15)
    waiting: bytes | memoryview = packed
    try:
        while not machine.eof:
            piece = machine.decompress(waiting, PIECE)
            waiting = machine.unconsumed_tail
            if piece:
                yield piece
            elif not waiting:
                raise Refused("damaged")
    except zlib.error as error:
        raise Refused("damaged") from error
