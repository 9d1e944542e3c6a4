"""Reading CSV and TSV in the child: encoding, delimiter, quotation marks; every cell is text."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from .archives import Refused
from .tables import LONGEST_CELL, Source

#: in this order when two divide a file equally well: a comma is a decimal mark in half of Europe
DELIMITERS = "\t;|,"
SAMPLE_LINES = 80
#: what a writer puts before a text that a spreadsheet would take for a formula, and we take away again
ESCAPED = re.compile(r"^'(?='*[=+\-@\t\r])")
#: a record that can only be read when every quotation mark before it was closed
END = "\x02end of file\x02"
REPLACEMENT = "\ufffd"


def open_text(path: Path, kind: str) -> Source:
    """This will read a text table; `kind` is an encoding given by a mark, "text", or "ole" for Microsoft's old files."""
    content = path.read_bytes()
    if kind == "ole":
        locked = (
            "EncryptedPackage".encode("utf-16-le") in content or b"E\x00n\x00c\x00r\x00y\x00p\x00t" in content
        )
        raise Refused("password" if locked else "old_excel")
    text, encoding, notes = _decoded(content, kind)
    del content
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    delimiter, skipped = _delimiter(text)
    return Source(
        "csv",
        _records(text, delimiter, skipped),
        notes=notes,
        more={"encoding": encoding, "delimiter": delimiter},
    )


def _decoded(content: bytes, kind: str) -> tuple[str, str, list[tuple[str, dict[str, Any]]]]:
    if kind != "text":
        text = content.decode(kind, "replace").removeprefix("\ufeff")
        bad = text.count(REPLACEMENT)
        at = text.count("\n", 0, text.find(REPLACEMENT)) + 1 if bad else 0
        return text, kind, [("mixed_encoding", {"count": bad, "row": at})] if bad else []
    try:
        return content.decode("utf-8"), "utf-8", []
    except UnicodeDecodeError:
        return _by_line(content)


def _by_line(content: bytes) -> tuple[str, str, list[tuple[str, dict[str, Any]]]]:
    """Each line as UTF-8 where it is, else as Windows-1252: files pasted together have both."""
    lines, good, bad, first = [], 0, 0, 0
    for number, line in enumerate(content.split(b"\n"), 1):
        try:
            lines.append(line.decode("utf-8"))
            good += not line.isascii()
        except UnicodeDecodeError:
            lines.append(_single_byte(line))
            bad += 1
            first = first or number
    notes: list[tuple[str, dict[str, Any]]] = (
        [("mixed_encoding", {"count": bad, "row": first})] if good else []
    )
    return "\n".join(lines), "cp1252", notes


def _single_byte(line: bytes) -> str:
    try:
        return line.decode("cp1252")
    except UnicodeDecodeError:
        return line.decode("latin-1")


def _lines(text: str, start: int = 0) -> Iterator[str]:
    at, row = start, 0
    while at < len(text):
        stop = text.find("\n", at)
        stop = len(text) if stop < 0 else stop + 1
        row += 1
        line = text[at:stop]
        if "\x00" in line:
            raise Refused("nul", row=row)
        yield line
        at = stop


def _delimiter(text: str) -> tuple[str, int]:
    """The mark that divides most rows into equally many cells, and where the table begins (after Excel's "sep=;")."""
    if match := re.match(r"\"?sep=(.)\"?\n", text):
        return match[1], match.end()
    sample = [line for line, _stop in zip(_lines(text), range(SAMPLE_LINES), strict=False)]
    scores = {mark: _score(sample, mark) for mark in DELIMITERS}
    best = max(scores.values())
    if not best:
        whole = "".join(sample)
        return max(DELIMITERS, key=whole.count), 0
    return next(mark for mark in DELIMITERS if scores[mark] >= best - 0.15), 0


def _score(sample: list[str], mark: str) -> float:
    """How large a part of the rows has the most common width above one; half as much when the header has not."""
    try:
        widths = [len(row) for row in csv.reader(sample, delimiter=mark) if any(cell.strip() for cell in row)]
    except csv.Error:
        return 0.0
    wide = [width for width in widths if width > 1]
    if not wide:
        return 0.0
    common = max(set(wide), key=lambda width: (wide.count(width), width))
    share = wide.count(common) / len(widths)
    return share if common in widths[:3] else share / 2


def _records(text: str, delimiter: str, start: int) -> Iterator[tuple[int, list[Any]]]:
    csv.field_size_limit(LONGEST_CELL * 4)
    number = last = 1 if start else 0
    closed = False
    reader = csv.reader(_with_end(_lines(text, start)), delimiter=delimiter)
    try:
        for row in reader:
            number += 1
            closed = row == [END]
            if closed or END in "".join(row[-1:]):
                break
            last = number
            yield number, [ESCAPED.sub("", cell) if cell[:1] == "'" else cell for cell in row]
    except csv.Error as error:
        raise Refused(
            "unclosed_quote" if reader.line_num - last > 50 else "long_cell", row=last + 1
        ) from error
    if not closed:
        raise Refused("unclosed_quote", row=number)


def _with_end(lines: Iterable[str]) -> Iterator[str]:
    line = ""
    for line in lines:
        yield line
    if not line.endswith("\n"):
        # The last line has no end of its own, and the mark below must begin a new one.
        yield "\n"
    yield END
