"""Which page an address is, as it is counted: its language and the path below it, never what stands behind a "?"."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urlsplit

from vetovoima.common.fields import LANGUAGES

#: the parts that addresses of pages are made of; anything else may be a word that somebody typed
_PART = re.compile(r"[A-Za-z0-9-]{1,60}")
#: what is made for one visitor has one part: its kind is counted, never which one it was
_PERSONAL_DEPTH = 1


@lru_cache(maxsize=8192)
def counted_page(path: str, *, is_personal: bool = False) -> tuple[str, str] | None:
    """This will return (language, path) of a page to count; None for what is no page.

    `is_personal`: the answer was made for one visitor. The enquiry form is counted as `enquiry/`; a receipt, a shared list
    or a confirmation, whose address holds a secret, is not.
    """
    first, _slash, rest = path.lstrip("/").partition("/")
    if first not in LANGUAGES or not path.endswith("/") or len(rest) > 200:
        return None
    parts = [part for part in rest.split("/") if part]
    if not all(_PART.fullmatch(part) for part in parts) or (is_personal and len(parts) > _PERSONAL_DEPTH):
        return None
    return first, rest


def page_before(referrer: str, host: str) -> str:
    """This will return the path of the page of ours that a referrer names; "" when it names none."""
    try:
        parts = urlsplit(referrer[:500])
        if (parts.hostname or "").removeprefix("www.") != host.removeprefix("www."):
            return ""
    except ValueError:
        return ""
    found = counted_page(parts.path)
    return found[1] if found else ""
