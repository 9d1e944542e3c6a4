"""A visitor's own list: codes in an address or in a cookie, and what the public side knows of each.

Nothing of a list is stored here: the visitor's browser keeps it, or the address says it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from vetovoima.catalogue.queries import Gone, withdrawn_among

from .models import PublishedDocument

#: more is no list from which somebody chooses
MOST = 40
#: as many stand side by side
MOST_COMPARED = 6
CODE = re.compile(r"[A-Z0-9]+(?:-[A-Z0-9]+)*")
LONGEST_CODE = 30


@dataclass(frozen=True)
class Shortlist:
    """The records of a list in its order, and what became of those that are not public any more."""

    documents: list[PublishedDocument]
    gone: list[Gone]

    @property
    def codes(self) -> list[str]:
        """The codes of what is still public."""
        return [one.code for one in self.documents]


def read_codes(texts: Iterable[str], most: int = MOST) -> list[str]:
    """This will read codes divided by commas or dots: each once, in order, `most` at most; anything else is left out."""
    found: dict[str, None] = {}
    for text in texts:
        for part in re.split(r"[,.\s]+", text[: MOST * (LONGEST_CODE + 1) * 2]):
            code = part.upper()
            if len(code) <= LONGEST_CODE and CODE.fullmatch(code):
                found.setdefault(code)
    return list(found)[:most]


def shortlist(codes: list[str], language: str, *, whole: bool = False) -> Shortlist:
    """This will find the records of a list; `whole` reads their documents too, else their cards alone.

    A code that never was public is left out without a word: nothing is told of what is not ours to tell.
    """
    if not codes:
        return Shortlist([], [])
    rows = PublishedDocument.objects.in_language(language).filter(code__in=codes)
    rows = rows if whole else rows.defer("body")
    found = {one.code: one for one in rows}
    missing = [code for code in codes if code not in found]
    gone = withdrawn_among(missing) if missing else {}
    return Shortlist(
        [found[code] for code in codes if code in found], [gone[code] for code in missing if code in gone]
    )
