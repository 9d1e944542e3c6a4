"""Addresses that people write into texts: which ones may stand there, and where those of the portal lead."""

from __future__ import annotations

import re

from .languages import SWITCH

#: addresses of the portal that have no language in front
PLAIN = (
    "api", "charts", "dcat", "documents", "embed", "export", "feeds", "media", "oembed", "ogc", "schema", "static", *SWITCH,
)  # fmt: skip
LINK = re.compile(r'(<a\s[^>]*?href=")(/[^"]*)(")')
MAIL = re.compile(r"(mailto|tel):[^\s<>\"']+")


def is_address(text: str) -> bool:
    """Whether an address may be linked: of the web, of the portal from `/` on, a mail address or a telephone."""
    text = text.strip()
    if text.startswith(("https://", "http://")):
        return " " not in text
    return (text.startswith("/") and not text.startswith("//")) or MAIL.fullmatch(text) is not None


def with_language(address: str, language: str) -> str:
    """This will put the language in front of an address of the portal that has none: /energy/ to /fi/energy/."""
    if not address.startswith("/") or address.startswith("//"):
        return address
    first = re.split(r"[/?#.]", address[1:], maxsplit=1)[0]
    return address if first in PLAIN else f"/{language}{address}"


def links_with_language(html: str, language: str) -> str:
    """This will do the same to every link of a rich text."""
    return LINK.sub(lambda found: found[1] + with_language(found[2], language) + found[3], html)
