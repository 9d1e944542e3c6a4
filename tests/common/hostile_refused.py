"""Files that must be refused in words: broken, locked, of another kind, too large, or attacks."""

from __future__ import annotations

import io
import random
import struct
import warnings
import zipfile
import zlib

from .hostile_making import (
    GOOD,
    MAIN,
    ODS_TABLE,
    TWO_ROWS,
    case,
    changed,
    entries,
    inline,
    ods,
    ods_row,
    packed,
    sheet_xml,
    text,
    workbook,
)


def _lying_bomb() -> bytes:
    """An entry that says that it holds 100 bytes and holds 200 million."""
    machine = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = b"".join(machine.compress(b"A" * 1_000_000) for _ in range(200)) + machine.flush()
    return _raw_zip(
        {
            "[Content_Types].xml": (b"<Types/>", None),
            "xl/workbook.xml": (b"<workbook/>", None),
            "xl/worksheets/sheet1.xml": (body, 100),
        }
    )


def _raw_zip(parts: dict[str, tuple[bytes, int | None]]) -> bytes:
    """An archive written by hand: content (packed already when a size is claimed for it)."""
    file, central = io.BytesIO(), b""
    for name, (content, claimed) in parts.items():
        method, size, crc = (0, len(content), zlib.crc32(content)) if claimed is None else (8, claimed, 0)
        offset, raw = file.tell(), name.encode()
        common = struct.pack("<HHHHHLLLHH", 20, 0, method, 0, 33, crc, len(content), size, len(raw), 0)
        file.write(b"PK\x03\x04" + common + raw + content)
        central += (
            b"PK\x01\x02" + struct.pack("<H", 20) + common + struct.pack("<HHHLL", 0, 0, 0, 0, offset) + raw
        )
    start = file.tell()
    file.write(
        central
        + b"PK\x05\x06"
        + struct.pack("<HHHHLLH", 0, 0, len(parts), len(parts), len(central), start, 0)
    )
    return file.getvalue()


def _encrypted_zip() -> bytes:
    content = bytearray(workbook())
    at = 0
    while (at := content.find(b"PK\x01\x02", at)) >= 0:
        content[at + 8] |= 1
        at += 4
    at = 0
    while (at := content.find(b"PK\x03\x04", at)) >= 0:
        content[at + 6] |= 1
        at += 4
    return bytes(content)


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a0 "ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9))
    + "]>"
)
XXE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
MANY_ROWS = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(3, 60_000))

case("nothing", "a.xlsx", lambda: b"", "empty")
case("blanks only", "a.csv", lambda: b" \r\n\r\n  \n", "empty")
case("only a byte order mark", "a.csv", lambda: b"\xef\xbb\xbf", "empty")
case("only semicolons", "a.csv", lambda: b";;;\n;;;\n", "empty")
case("empty workbook", "a.xlsx", lambda: workbook([]), "empty_workbook")
case("only a header", "a.xlsx", lambda: workbook(GOOD[:1]), codes=("no_rows", ""))
case("old Excel", "a.xls", lambda: OLE + "Workbook".encode("utf-16-le"), "old_excel")
case("old Excel named xlsx", "a.xlsx", lambda: OLE + "Workbook".encode("utf-16-le"), "old_excel")
case("locked with a password", "a.xlsx", lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "password")
case("locked entries", "a.xlsx", _encrypted_zip, "password")
case(
    "locked ods",
    "a.ods",
    lambda: ods(ODS_TABLE, manifest='<manifest:encryption-data manifest:checksum="x"/>'),
    "password",
)
case(
    "binary workbook",
    "a.xlsb",
    lambda: packed({"[Content_Types].xml": b"<Types/>", "xl/workbook.bin": b"\x83\x01"}),
    "binary_excel",
)
case(
    "HTML as xls",
    "a.xls",
    lambda: b"<html><body><table><tr><td>Nimi</td></tr></table></body></html>",
    "web_page",
)
case(
    "HTML with a mark in UTF-16",
    "a.xls",
    lambda: "\ufeff<html><table></table></html>".encode("utf-16-le"),
    "web_page",
)
case(
    "a saved mail page",
    "a.xls",
    lambda: b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n",
    "web_page",
)
case(
    "XML spreadsheet",
    "a.xls",
    lambda: b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>',
    "xml",
)
case("billion laughs as text", "a.csv", lambda: f'<?xml version="1.0"?>{LAUGHS}<x>&a8;</x>'.encode(), "xml")
case("JSON", "a.csv", lambda: b'{"type": "FeatureCollection", "features": []}', "json")
case("PNG", "a.xlsx", lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "image")
case("JPEG", "a.csv", lambda: b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"\0" * 40, "image")
case("WEBP", "a.ods", lambda: b"RIFF\x10\0\0\0WEBPVP8 " + b"\0" * 40, "image")
case("PDF", "a.xlsx", lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "pdf")
case("gzip", "a.xlsx", lambda: b"\x1f\x8b\x08\x00" + b"x" * 40, "other_archive")
case("SQLite", "a.csv", lambda: b"SQLite format 3\0" + b"\0" * 84, "other_archive")
case("RTF", "a.csv", lambda: b"{\\rtf1\\ansi Nimi;Ala}", "other_archive")
case("some zip", "a.xlsx", lambda: packed({"kuva.txt": b"hei"}), "other_archive")
case("an empty zip", "a.xlsx", lambda: packed({}), "other_archive")
case(
    "a word document",
    "a.xlsx",
    lambda: packed({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<x/>"}),
    "other_archive",
)
case(
    "an OpenDocument text",
    "a.ods",
    lambda: ods("", "application/vnd.oasis.opendocument.text"),
    "other_archive",
)
case("noise", "a.csv", lambda: random.Random(5).randbytes(5000), "not_text")
case("a program", "a.csv", lambda: b"\x7fELF\x02\x01\x01" + bytes(range(32)) * 40, "not_text")
case("truncated workbook", "a.xlsx", lambda: workbook()[:-600], "damaged")
case("truncated in the middle", "a.xlsx", lambda: workbook()[:2000], "damaged")
case("only the first bytes", "a.xlsx", lambda: b"PK\x03\x04", "damaged")
case("without its sheets", "a.xlsx", lambda: changed(sheet1=None), codes=("damaged", "empty_workbook"))
case(
    "without its workbook part",
    "a.xlsx",
    lambda: packed({name: part for name, part in entries(workbook()).items() if name != "xl/workbook.xml"}),
    "damaged",
)
case(
    "broken XML in the sheet",
    "a.xlsx",
    lambda: changed(sheet1=b"<worksheet><sheetData><row r='1'><c r='A1'"),
    codes=("damaged", "empty_workbook", "crashed"),
)
case(
    "broken XML in the workbook",
    "a.xlsx",
    lambda: packed({**entries(workbook()), "xl/workbook.xml": b"<workbook><sheets"}),
    codes=("damaged", "empty_workbook", "crashed"),
)
case(
    "broken packing",
    "a.xlsx",
    lambda: (lambda c: c[:200] + bytes(b ^ 255 for b in c[200:260]) + c[260:])(workbook()),
    codes=("damaged", "crashed"),
)
case(
    "billion laughs in the sheet",
    "a.xlsx",
    lambda: changed(sheet1=sheet_xml(TWO_ROWS.replace("Paja", "&a8;"), head=LAUGHS)),
    "hostile",
)
case(
    "XXE in the sheet",
    "a.xlsx",
    lambda: changed(sheet1=sheet_xml(TWO_ROWS.replace("Paja", "&e;"), head=XXE)),
    "hostile",
)
case(
    "XXE in the shared strings",
    "a.xlsx",
    lambda: changed(
        sharedstrings=f'<?xml version="1.0"?>{XXE}<sst xmlns="{MAIN}"><si><t>&e;</t></si></sst>'.encode()
    ),
    "hostile",
)
case(
    "laughs in ods",
    "a.ods",
    lambda: packed(
        {
            **entries(ods(ODS_TABLE)),
            "content.xml": entries(ods(ODS_TABLE))["content.xml"].replace(
                b"<office:document", LAUGHS.encode() + b"<office:document", 1
            ),
        }
    ),
    "hostile",
)
case(
    "undeclared entity",
    "a.xlsx",
    lambda: changed(sheet1=sheet_xml(TWO_ROWS.replace("Paja", "&what;"))),
    codes=("damaged", "crashed", ""),
)
case("two parts of one name", "a.xlsx", lambda: _doubled(), "hostile")
case("one cell of 200 MB", "a.xlsx", lambda: _bomb_cell(), "unpacks")
case("an entry that lies about its size", "a.xlsx", _lying_bomb, "unpacks")
case(
    "500 entries",
    "a.xlsx",
    lambda: packed({**entries(workbook()), **{f"xl/media/{n}.txt": b"x" for n in range(500)}}),
    "too_many_parts",
)
case("60 sheets", "a.xlsx", lambda: workbook(sheets=tuple(f"S{n}" for n in range(60))), "too_many_sheets")
case("three million empty rows", "a.xlsx", lambda: _empty_rows(), codes=("unpacks", "", "time"))
case("60,000 rows", "a.xlsx", lambda: changed(sheet1=sheet_xml(TWO_ROWS + MANY_ROWS)), "too_many_rows")
case("60,000 rows of CSV", "a.csv", lambda: b"Nimi;Ala\n" + b"x;1\n" * 60_000, "too_many_rows")
case(
    "far cell",
    "a.xlsx",
    lambda: changed(sheet1=sheet_xml(TWO_ROWS + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')),
    "too_many_columns",
    row=1048576,
)
case(
    "far row",
    "a.xlsx",
    lambda: changed(sheet1=sheet_xml(TWO_ROWS + '<row r="1048576"><c r="A1048576"><v>1</v></c></row>')),
    "too_many_rows",
    row=1048576,
)
case(
    "301 columns",
    "a.xlsx",
    lambda: workbook([[f"C{n}" for n in range(301)], list(range(301))]),
    "too_many_columns",
)
case(
    "1,000 columns of CSV",
    "a.csv",
    lambda: text([[f"C{n}" for n in range(1000)], ["1"] * 1000]),
    "too_many_columns",
)
case(
    "a cell of 40,000 characters",
    "a.csv",
    lambda: text([["A", "B"], ["x", "y"], ["x", "y" * 40_000]]),
    "long_cell",
    row=3,
)
case(
    "a cell of a million characters",
    "a.csv",
    lambda: text([["A", "B"], ["x", "y"], ["x", "y" * 1_000_000]]),
    "long_cell",
    row=3,
)
case("one text in a million cells", "a.xlsx", lambda: _repeated_text(), codes=("memory", "unpacks", "time"))
case(
    "ods repeated to 10 million cells",
    "a.ods",
    lambda: ods(ods_row("Nimi", "Ala") + ods_row(*[7] * 100, repeat=1_000_000)),
    codes=("memory", "too_many_rows", "damaged", "time"),
)
case("too large a file", "a.csv", lambda: b"Nimi;Ala\n" + b"x;1\n" * 8_000_000, "too_large")
case(
    "too large an archive",
    "a.xlsx",
    lambda: packed({**entries(workbook()), "xl/media/x.bin": random.Random(1).randbytes(15_500_000)}),
    "too_large",
)


def _bomb_cell() -> bytes:
    return packed(
        {
            **entries(workbook()),
            "xl/worksheets/sheet1.xml": sheet_xml(f'<row r="1">{inline("A1", "A" * 200_000_000)}</row>'),
        }
    )


def _empty_rows() -> bytes:
    body = "".join(f'<row r="{n}"/>' for n in range(3, 1_000_000)) + "<row/>" * 2_000_000
    return packed({**entries(workbook()), "xl/worksheets/sheet1.xml": sheet_xml(TWO_ROWS + body)})


def _repeated_text() -> bytes:
    shared = f'<?xml version="1.0"?><sst xmlns="{MAIN}"><si><t>{"long " * 6_000}</t></si></sst>'.encode()
    rows = "".join(
        f'<row r="{n}">'
        + "".join(f'<c r="{chr(65 + c)}{n}" t="s"><v>0</v></c>' for c in range(20))
        + "</row>"
        for n in range(1, 40_000)
    )
    return changed(sheet1=sheet_xml(rows), sharedstrings=shared)


def _doubled() -> bytes:
    file = io.BytesIO(workbook())
    with warnings.catch_warnings(), zipfile.ZipFile(file, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr("xl/worksheets/sheet1.xml", sheet_xml(TWO_ROWS))
    return file.getvalue()
