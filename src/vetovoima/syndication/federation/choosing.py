"""Which of a source's records are taken, and what must be said of a reading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from vetovoima.collection.connectors.problems import few

from .enums import Choice
from .problems import note
from .shapes import Foreign

if TYPE_CHECKING:
    from .models import ForeignRecord

#: what concerns single records, in the order in which it is said
FLAWS = ("no_address", "no_place", "no_kind")


def is_chosen(record: Foreign | ForeignRecord, choice: str, chosen: Iterable[str]) -> bool:
    """Whether a record is one of those that the coordinator chose."""
    if choice == Choice.ALL:
        return True
    wanted = {one.casefold() for one in chosen}
    if choice == Choice.KINDS:
        return record.kind in wanted
    if choice == Choice.SECTORS:
        return any(one.casefold() in wanted for one in record.sectors)
    return record.code.casefold() in wanted or record.identifier.casefold() in wanted


def missing_codes(records: Iterable[Foreign], choice: str, chosen: Iterable[str]) -> list[str]:
    """The codes that were named by hand and that no record has."""
    if choice != Choice.CODES:
        return []
    there = {name.casefold() for one in records for name in (one.code, one.identifier)}
    return [one for one in chosen if one.casefold() not in there]


def notes_of(
    taken: Iterable[Foreign], left_out: Counter[str], missing: Iterable[str] = (), *, has_licence: bool
) -> list[dict[str, Any]]:
    """This will say what a reading lacks: of the whole, of what was left out, of what was taken."""
    flaws = Counter(flaw for one in taken for flaw in one.flaws)
    absent = list(missing)
    return [
        *([] if has_licence else [note("no_licence")]),
        *([note("missing_codes", codes=few(absent, 20))] if absent else []),
        *(note(code, count=left_out[code]) for code in sorted(left_out)),
        *(note(code, count=flaws[code]) for code in FLAWS if flaws[code]),
    ]
