"""What may be allowed to frame us: the origin of a public website, written as browsers write it."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urlsplit

import idna
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

LONGEST = 300
#: blanks, controls and backslashes: an origin goes into a header, where they would begin something new
_UNWRITABLE = re.compile(r"[\x00-\x20\x7f\\]")
_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")
#: no number: what ends in one is an address of the network (in any notation), and belongs to nobody's public website
_TOP = re.compile(r"[a-z]{2,63}|xn--[a-z0-9-]{1,59}")
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
#: names that never lead to a public website (RFC 6761, RFC 6762, RFC 8375)
_INSIDE = frozenset({"localhost", "local", "internal", "arpa", "onion"})
_WRONG = _("Give the beginning of the website's address alone, for example https://www.town.example.")


def clean_origin(text: str) -> str:
    """This will return an origin as browsers write it: https, the name in ASCII (IDN as punycode), the port unless 443.

    A slash at the end is overlooked. Raises ValidationError. http is for this machine alone, in the demonstration.
    """
    typed = text.strip()
    parts = _parts(typed)
    if parts.username is not None or parts.password is not None:
        raise ValidationError(_("Leave out the user name and the password."), code="credentials")
    if parts.path not in ("", "/") or "?" in typed or "#" in typed:
        raise ValidationError(_WRONG, code="path")
    if _is_own_machine(parts):
        return f"http://{parts.netloc.lower()}"
    if parts.scheme != "https":
        raise ValidationError(_("Only websites that begin with https:// can be allowed."), code="scheme")
    port = parts.port
    return f"https://{clean_host(parts.hostname or '')}{f':{port}' if port not in (None, 443) else ''}"


def _parts(typed: str) -> SplitResult:
    if not typed or len(typed) > LONGEST or _UNWRITABLE.search(typed):
        raise ValidationError(_WRONG, code="origin")
    try:
        parts = urlsplit(typed)
        port = parts.port
    except ValueError as error:
        raise ValidationError(_WRONG, code="origin") from error
    if port == 0 or parts.netloc.endswith(":"):
        raise ValidationError(_WRONG, code="port")
    return parts


def _is_own_machine(parts: SplitResult) -> bool:
    is_trial = settings.DEBUG or settings.VETOVOIMA_DEMO
    return is_trial and parts.scheme == "http" and (parts.hostname or "") in _LOOPBACK


def clean_host(host: str) -> str:
    """This will return a public server's name in ASCII; raises ValidationError for numbers, single words and wildcards."""
    try:
        name = host.lower() if host.isascii() else idna.encode(host, uts46=True).decode("ascii")
    except idna.IDNAError as error:
        raise ValidationError(_WRONG, code="host") from error
    labels = name.split(".")
    is_name = len(name) <= 253 and len(labels) > 1 and all(_LABEL.fullmatch(one) for one in labels)
    if not is_name or not _TOP.fullmatch(labels[-1]) or labels[-1] in _INSIDE:
        raise ValidationError(
            _("Give the name of a public website: no number, no wildcard, no name of an inner network."),
            code="host",
        )
    return name


def origin_of_website(website: str) -> str:
    """This will return the origin of a municipality's website as the region's data names it; "" when it is none.

    The data may still say http or name a page: what counts is the server, over https.
    """
    try:
        parts = urlsplit(website.strip())
        return clean_origin(f"https://{parts.netloc}") if parts.scheme in ("http", "https") else ""
    except (ValueError, ValidationError):
        return ""
