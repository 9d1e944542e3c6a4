"""The mark of what an embed shows, so that what stands on a page can be told from what was published."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

#: as many letters of the digest as keep two answers of one page apart
LETTERS = 12
#: what an embed without any record says
NOTHING = "empty"


def shown_version(shown: Iterable[tuple[str, int | str]]) -> str:
    """This will return the mark of the records shown, (code, version) each: equal marks, equal content and order.

    12 hexadecimal letters, or `empty` when nothing is shown. The language and the way of showing are no part of it: one
    published version is one version on every page.
    """
    lines = [f"{code}:{version}" for code, version in shown]
    if not lines:
        return NOTHING
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:LETTERS]
