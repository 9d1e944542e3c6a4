"""What may be uploaded as a document, known by its first bytes; and what a file may be called.

The list is short on purpose. A PDF opens everywhere and is what a reader needs; a picture is re-encoded, so that nothing
but the picture is left of it. Word processing and spreadsheet files carry macros, links, tracked changes and the names of
those who wrote them; drawings of DWG and IFC need a program that few investors have and nothing here can look into them.
Each of these can be saved as a PDF by the program it was made with, and the refusal says so.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

#: longest name that we give, in bytes, without its ending
LONGEST_NAME = 120
ENDINGS = re.compile(r"(?:\.[A-Za-z][A-Za-z0-9]{0,4})+$")
#: names that Windows keeps for devices, with any ending
DEVICES = re.compile(r"(?:con|prn|aux|nul|clock\$|com[0-9¹²³]|lpt[0-9¹²³])", re.IGNORECASE)
#: characters that cannot stand in a file's name somewhere, or lead out of a folder
FORBIDDEN = re.compile(r'[<>:"/\\|?*%;]+')
MARKUP = re.compile(rb"\s*(?:<!doctype|<html|<\?xml|<svg|<script|<head|<body|<!--)", re.IGNORECASE)


@dataclass(frozen=True)
class MediaType:
    """A kind of file that is taken in: what it is served as, its ending, and what people call it."""

    name: str
    ending: str
    label: str
    is_image: bool = False


PDF = MediaType("application/pdf", ".pdf", "PDF")
#: pictures are re-encoded as JPEG, whatever they came as
PICTURE = MediaType("image/jpeg", ".jpg", "JPEG", is_image=True)
BY_TYPE = {one.name: one for one in (PDF, PICTURE)}


def type_label(media_type: str) -> str:
    """This will name a media type as people do: PDF, JPEG."""
    known = BY_TYPE.get(media_type)
    return known.label if known else media_type


#: first bytes of what is refused with a way out
OFFICE = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf")
DRAWINGS = (b"AC10", b"AutoCAD Binary DXF", b"ISO-10303-21")


def recognise(content: bytes) -> MediaType:
    """This will say what a document is by its bytes; raises ValidationError, with what to do, for what is not taken in.

    A PDF must begin as one: readers forgive a kilobyte of something else before it, and that is how a file is made
    that one program takes for a PDF and another for a web page.
    """
    if not content.strip(b"\x00 \t\r\n"):
        raise ValidationError(_("The file is empty."), code="empty")
    if content.startswith((b"%PDF-1.", b"%PDF-2.")):
        if b"%%EOF" not in content[-4096:]:
            raise ValidationError(
                _("The PDF is cut off or damaged. Save it again and upload the new file."), code="damaged"
            )
        return PDF
    if _is_picture(content):
        return PICTURE
    raise ValidationError(_refusal(content), code="not_allowed")


def _is_picture(content: bytes) -> bool:
    return content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or (
        content[:4] == b"RIFF" and content[8:12] == b"WEBP"
    )


def _refusal(content: bytes) -> str:
    if content.startswith(OFFICE):
        return gettext(
            "Documents are taken as PDF. Open this one in the program it was made with and save it as PDF: that also "
            "leaves out comments and tracked changes."
        )
    if content.startswith(DRAWINGS):
        return gettext(
            "Drawings are taken as PDF or as a picture. Export the drawing as PDF and upload that."
        )
    if MARKUP.match(content[:1024].lstrip(b"\xef\xbb\xbf")):
        return gettext(
            "This is a web page or a vector drawing, which may hold a program. Save it as PDF and upload that."
        )
    return gettext(
        "This is neither a PDF nor a JPEG, PNG or WebP picture. Save it as one of these and upload that."
    )


def clean_download_name(original: str, media_type: MediaType) -> str:
    """This will make a name that is safe on every machine of what the uploader's file was called.

    No folders, no invisible or direction-changing characters, no device names, not too long, and the ending that the
    content has, so that what was called plan.pdf.exe arrives as plan.pdf.
    """
    text = "".join(_visible(char) for char in unicodedata.normalize("NFC", original))
    stem = FORBIDDEN.sub(" ", re.split(r"[/\\]", text)[-1])
    stem = ENDINGS.sub("", stem.strip(" ."))
    stem = re.sub(r" +", " ", stem).encode()[:LONGEST_NAME].decode("utf-8", "ignore").strip(" .")
    if DEVICES.fullmatch(stem.split(".")[0].strip()):
        stem = f"document {stem}"
    return f"{stem or 'document'}{media_type.ending}"


def _visible(char: str) -> str:
    kind = unicodedata.category(char)[0]
    return " " if kind == "Z" else "" if kind == "C" else char
