"""Files to upload: ordinary ones, and hostile ones with what should become of them."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import Any

from PIL import Image

from vetovoima.common.fields import Translated

#: the harmless test file of the antivirus makers, written in two parts so that no scanner takes this module for it
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-" + rb"STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def pdf(text: str = "soil", extra: bytes = b"") -> bytes:
    """A small PDF."""
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n% "
        + text.encode()
        + b"\n"
        + extra
        + b"\ntrailer<</Root 1 0 R>>\n%%EOF\n"
    )


#: it runs a program and carries an attachment in readers that let it
PDF_WITH_PROGRAM = pdf(
    extra=b"2 0 obj<</S/JavaScript/JS(app.alert(1))>>endobj 3 0 obj<</Type/EmbeddedFile>>endobj"
)


def picture(kind: str = "PNG", size: tuple[int, int] = (60, 40), **more: Any) -> bytes:
    """A small real picture."""
    file = io.BytesIO()
    Image.new("RGB", size, "green").save(file, kind, **more)
    return file.getvalue()


def photo_with_position() -> bytes:
    """A JPEG as a camera writes it: where and when it was taken, by which camera, and a comment."""
    exif = Image.Exif()
    exif[0x010F] = "CameraMakerCanary"
    exif[0x8825] = {1: "N", 2: (64.0, 7.0, 43.21), 3: "E", 4: (29.0, 31.0, 12.34)}
    exif[0x8769] = {0x9003: "2026:02:01 12:00:00", 0x9286: b"ASCII\0\0\0CommentCanary"}
    about = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>XmpCanary</x:xmpmeta>"
    return picture("JPEG", exif=exif, comment=b"JpegCommentCanary", xmp=about)


def huge_png(side: int = 10_000) -> bytes:
    """A PNG of a hundred megapixels in a few kilobytes."""

    def chunk(name: bytes, content: bytes) -> bytes:
        whole = name + content
        return struct.pack(">I", len(content)) + whole + struct.pack(">I", zlib.crc32(whole))

    row = b"\0" + bytes((side + 7) // 8)
    squeeze = zlib.compressobj(9)
    packed = b"".join(squeeze.compress(row) for _ in range(side)) + squeeze.flush()
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0))
        + chunk(b"IDAT", packed)
        + chunk(b"IEND", b"")
    )


def office() -> bytes:
    """A document of a word processor."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<document/>")
    return file.getvalue()


SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'><script>alert(1)</script></svg>"
HTML = b"<!doctype html><html><body><script>alert(document.cookie)</script></body></html>"

#: name → (what it was called, its bytes, a part of the sentence that refuses it)
REFUSED = {
    "a web page named .jpg": ("plan.jpg", HTML, "web page or a vector drawing"),
    "a web page with a mark": ("plan.pdf", b"\xef\xbb\xbf \n" + HTML, "web page or a vector drawing"),
    "a web page with a PDF behind": ("plan.pdf", HTML + pdf(), "web page or a vector drawing"),
    "a vector drawing with a program": ("plan.svg", SVG, "web page or a vector drawing"),
    "a vector drawing in XML": ("plan.svg", b"<?xml version='1.0'?>" + SVG, "web page or a vector drawing"),
    "a GIF that is a program": (
        "plan.gif",
        b"GIF89a/*" + b"\0" * 20 + b"*/=1;alert(1)//;",
        "neither a PDF nor",
    ),
    "a PDF that begins later": ("plan.pdf", b"MZ" + b"\0" * 100 + pdf(), "neither a PDF nor"),
    "a PDF cut in the middle": ("plan.pdf", pdf("x" * 9000)[:5000], "cut off or damaged"),
    "nothing": ("plan.pdf", b"", "The file is empty"),
    "blanks": ("plan.pdf", b" \0\r\n" * 40, "The file is empty"),
    "a word processor's document": ("report.docx", office(), "taken as PDF"),
    "an old one": ("report.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "taken as PDF"),
    "rich text": ("report.rtf", b"{\\rtf1 hello}", "taken as PDF"),
    "a drawing": ("plan.dwg", b"AC1032" + b"\0" * 200, "Export the drawing as PDF"),
    "a building model": ("house.ifc", b"ISO-10303-21;\nHEADER;", "Export the drawing as PDF"),
    "a program": ("setup.pdf.exe", b"MZ\x90\0" + b"\0" * 200, "neither a PDF nor"),
    "a program of Linux": ("run", b"\x7fELF" + b"\0" * 200, "neither a PDF nor"),
    "plain text": ("note.txt", b"just words", "neither a PDF nor"),
    "the test virus": ("eicar.com", EICAR, "neither a PDF nor"),
    "the head of a picture alone": (
        "plan.png",
        b"\x89PNG\r\n\x1a\n" + HTML,
        "not a photograph that can be opened",
    ),
    "the head of a photograph": (
        "plan.jpg",
        b"\xff\xd8\xff\xe0" + HTML,
        "not a photograph that can be opened",
    ),
    "the head of a WebP": ("plan.webp", b"RIFF\x10\0\0\0WEBP" + HTML, "not a photograph that can be opened"),
    "a picture cut in the middle": (
        "plan.png",
        picture(size=(900, 900))[:200],
        "not a photograph that can be opened",
    ),
}

#: what somebody called it → what it is called when it is saved
NAMES = {
    "Maaperätutkimus 2024.pdf": "Maaperätutkimus 2024.pdf",
    "plan 1.2.pdf": "plan 1.2.pdf",
    "plan.pdf.exe": "plan.pdf",
    "../../etc/passwd": "passwd.pdf",
    "..\\..\\windows\\system32\\cmd.exe": "cmd.pdf",
    "/absolute/plan.pdf": "plan.pdf",
    "C:\\Users\\ada\\plan.pdf": "plan.pdf",
    "invoice\u202efdp.exe": "invoicefdp.pdf",
    "a\u200bb\x00c\r\nSet-Cookie: x.pdf": "abcSet-Cookie x.pdf",
    'quo"te;s<>.pdf': "quo te s.pdf",
    "CON": "document CON.pdf",
    "nul.pdf": "document nul.pdf",
    "com1.txt.pdf": "document com1.pdf",
    "lpt9": "document lpt9.pdf",
    "....": "document.pdf",
    "": "document.pdf",
    ".htaccess": "htaccess.pdf",
    "trailing. . .pdf": "trailing.pdf",
    "x" * 255 + ".pdf": "x" * 120 + ".pdf",
    "ä" * 255 + ".pdf": "ä" * 60 + ".pdf",
    "🏭" * 255: "🏭" * 30 + ".pdf",
    "plan\u00a0a.pdf": "plan a.pdf",
}


def said(**values: Any) -> dict[str, Any]:
    """What is said of a document, ordinary in every field."""
    return {
        "kind": "ground",
        "title": Translated(en="Soil report"),
        "licence": "CC BY 4.0",
        "languages": ["fi"],
        "sharing": "public",
        **values,
    }
