"""What a file is by its first bytes, whatever its name says; runs in the child."""

from __future__ import annotations

from .archives import Refused

IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
ARCHIVES = (b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ", b"SQLite format 3", b"{\\rtf")
MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe\x00\x00", "utf-32-le"), (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"),
)  # fmt: skip
WEB = ("<!doctype html", "<html", "<table", "<meta", "<head", "<body", "<div", "mime-version:")
#: bytes below a blank that texts do hold
WHITE = frozenset(b"\t\n\r\x0b\x0c\x1a\x1b\x00")


def kind_of(head: bytes) -> str:
    """This will return "zip", a text encoding given by a mark, or "text"; raises Refused for what is no table."""
    if not head.strip(b"\x00 \t\r\n") or head.strip() in (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"):
        raise Refused("empty")
    if head[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return "zip"
    if head[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        return "ole"
    if head.startswith(IMAGES) or head[8:12] == b"WEBP" or head[4:12] in (b"ftypheic", b"ftypavif"):
        raise Refused("image")
    if head.lstrip()[:5] == b"%PDF-":
        raise Refused("pdf")
    if head.startswith(ARCHIVES):
        raise Refused("other_archive")
    encoding = next((name for mark, name in MARKS if head.startswith(mark)), None) or _without_mark(head)
    _refuse_markup(head, encoding)
    return encoding


def _without_mark(head: bytes) -> str:
    """UTF-16 betrays itself by a NUL in every other byte; anything else must look like text."""
    sample = head[: len(head) // 2 * 2][:2000]
    half = len(sample) // 2
    if half >= 4:
        even, odd = sample[0::2].count(0), sample[1::2].count(0)
        if odd > half * 0.6 > even * 3:
            return "utf-16-le"
        if even > half * 0.6 > odd * 3:
            return "utf-16-be"
    strange = sum(1 for byte in head if byte < 32 and byte not in WHITE)
    if strange > len(head) * 0.03 or head.count(0) > len(head) * 0.2:
        raise Refused("not_text")
    return "text"


def _refuse_markup(head: bytes, encoding: str) -> None:
    text = (
        head.decode("latin-1" if encoding == "text" else encoding, "ignore").lstrip("\ufeff \t\r\n").lower()
    )
    if text.startswith(WEB) or ("<html" in text[:1000] and text.startswith("<")):
        raise Refused("web_page")
    if text.startswith(("<?xml", "<workbook", "<!doctype", "<kml", "<gml", "<svg")):
        raise Refused("xml")
    if text.startswith(('{"', "[{", "{\n", "{\r\n", '{ "')):
        raise Refused("json")
