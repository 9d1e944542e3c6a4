"""Addresses of pages as people type them and as embeds report them, in one form, so that they can be compared."""

from __future__ import annotations

from urllib.parse import SplitResult, quote, urlsplit, urlunsplit

from vetovoima.common.http import CannotFetch, check_address

#: what a path keeps as it is; the rest is written in per cent
PLAIN = "/%:@!$&'()*+,;=~-._"
DEFAULT_PORTS = {"https": 443, "http": 80}
LONGEST = 2000


def normal_address(text: str) -> str:
    """This will write an address in its one form: name in small letters and as IDNA, no default port, no fragment.

    Raises CannotFetch for one that can never be visited (not https, a user name in it, a port of other services).
    """
    parts = check_address(_with_scheme(text.strip()))
    address = urlunsplit(
        (parts.scheme, _place(parts), _path(parts.path), quote(parts.query, safe=f"{PLAIN}?"), "")
    )
    if len(address) > LONGEST:
        raise CannotFetch("not_an_address")
    return address


def _with_scheme(text: str) -> str:
    """People copy addresses from where browsers leave the scheme out."""
    looks_plain = "://" not in text[:12] and "." in text.partition("/")[0] and " " not in text
    return f"https://{text}" if looks_plain and ":" not in text.partition("/")[0] else text


def _place(parts: SplitResult) -> str:
    host = (parts.hostname or "").rstrip(".")
    try:
        name = host.encode("idna").decode("ascii") if not host.isascii() else host
    except UnicodeError as error:
        raise CannotFetch("unknown_name", host=host[:100]) from error
    if not name:
        raise CannotFetch("not_an_address")
    shown = f"[{name}]" if ":" in name else name
    port = parts.port
    return shown if port is None or port == DEFAULT_PORTS.get(parts.scheme) else f"{shown}:{port}"


def _path(path: str) -> str:
    return quote(path or "/", safe=PLAIN)


def place_of(address: str) -> str:
    """This will return an address without query and fragment, its path without the last slash: pages are compared by it."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}"


def origin_of(address: str) -> str:
    """This will return the origin of an address, as browsers say it."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def reported_address(text: object) -> str:
    """This will read the address of a page out of a report; "" for anything that is none of a page's."""
    if not isinstance(text, str) or len(text) > LONGEST:
        return ""
    try:
        return normal_address(text) if "://" in text[:12] else ""
    except (CannotFetch, ValueError):
        return ""
