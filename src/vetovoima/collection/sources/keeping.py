"""Whose a field is: what a person has changed stays theirs until the source itself says something else.

A run compares what the source says now with what it said last, field by field, as the loading of data packs does. Where
a record still holds what the source said, the source may change it. Where a person has changed it and the source says
the same as before, nothing happens; where the source says something new, the person's value is kept and both are told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from vetovoima.catalogue.registry import BY_NAME
from vetovoima.collection.imports.cleaning import Cleaner
from vetovoima.collection.imports.committing import count_rows
from vetovoima.collection.imports.comparing import EMPTY, given_by, holds
from vetovoima.collection.imports.enums import RowState
from vetovoima.collection.imports.messages import NOTE, Message
from vetovoima.collection.imports.vocabulary import Vocabulary
from vetovoima.collection.models import Import, ImportRow
from vetovoima.collection.models.sources import Source, SourceRecord
from vetovoima.reference.queries import plausible_box

from .shape import Figures

PIECE = 250
READABLE = (RowState.NEW, RowState.CHANGED, RowState.SAME)
#: the code of the sentence about a field that was kept
KEPT = "kept"
#: what says that nobody knows, beside no value at all
UNKNOWN = "unknown"


@dataclass
class Heard:
    """What a source says now, by row of the import; and where it disagrees with a person, by record."""

    said: dict[int, dict[str, Any]] = field(default_factory=dict)
    conflicts: dict[str, dict[str, Any]] = field(default_factory=dict)
    #: rows in which a conflict is new: {row, name, messages}
    told: list[dict[str, Any]] = field(default_factory=list)
    medians: dict[str, float] = field(default_factory=dict)


def hold_back(source: Source, import_: Import) -> Heard:
    """This will take out of a checked import what would overwrite a person's changes, and return what was heard."""
    cleaner = Cleaner(
        import_.kind, import_.columns, import_.style, plausible_box(), Vocabulary(import_.municipality)
    )
    known = {one.code: one for one in SourceRecord.objects.filter(source=source)}
    heard, figures = Heard(), Figures()
    for piece in _pieces(import_):
        changed = []
        for row in piece:
            given = given_by(cleaner.clean(row.raw))
            figures.add(given)
            heard.said[row.pk] = given
            if row.code and _judge(row, given, known.get(row.code), heard):
                changed.append(row)
        ImportRow.objects.bulk_update(changed, ["changes", "values", "state", "messages"])
    heard.medians = figures.medians()
    import_.counts = count_rows(import_)
    import_.save(update_fields=["counts"])
    return heard


def _pieces(import_: Import) -> Iterator[list[ImportRow]]:
    rows = ImportRow.objects.filter(batch=import_, state__in=READABLE).order_by("number")
    stream = rows.iterator(chunk_size=PIECE)
    while piece := list(islice(stream, PIECE)):
        yield piece


def _judge(row: ImportRow, given: Mapping[str, Any], record: SourceRecord | None, heard: Heard) -> bool:
    """Take out of a row what is a person's; returns whether the row was changed."""
    last = record.said if record else {}
    open_ = record.conflicts if record else {}
    kept, new = _kept_fields(row, given, last)
    conflicts = {name: one for name, one in open_.items() if name in kept or name not in given}
    for name in new:
        conflicts[name] = {"says": given[name], "kept": row.changes[name][0], "row": row.number}
    if row.code and (conflicts or open_):
        heard.conflicts[row.code] = conflicts
    if not kept:
        return False
    told = [_message(name, given[name], row.changes[name][0]) for name in new]
    if told:
        heard.told.append({"row": row.number, "name": row.name or row.code, "messages": told})
    row.messages = [*row.messages, *told]
    _leave_out(row, kept)
    return True


def _kept_fields(
    row: ImportRow, given: Mapping[str, Any], last: Mapping[str, Any]
) -> tuple[list[str], list[str]]:
    """The fields of a row that stay as a person has them, and those of them about which the source says something new."""
    kept, new = [], []
    for name, (before, _after) in row.changes.items():
        if name not in given:
            continue  # it follows from another field
        if name not in last:
            # No reading has ever given it: what stands there is a person's own.
            is_kept, is_new = before not in (*EMPTY, UNKNOWN), True
        else:
            is_kept, is_new = not holds(name, before, last[name]), last[name] != given[name]
        if is_kept:
            kept.append(name)
            new += [name] if is_new else []
    return kept, new


def _leave_out(row: ImportRow, names: list[str]) -> None:
    left = {name: pair for name, pair in row.changes.items() if name not in names}
    if "geometry" in names and "geometry" not in left:
        left.pop("place_precision", None)  # it says how exact the place is that was not taken
    row.changes = left
    row.values = {
        side: {name: text for name, text in texts.items() if name in left}
        for side, texts in row.values.items()
    }
    if not left:
        row.state = RowState.SAME


def _message(name: str, says: Any, kept: Any) -> dict[str, Any]:
    error = ValidationError(
        _(
            "The source now says “%(says)s”. A person wrote “%(kept)s”, and that is kept until somebody decides."
        ),
        code=KEPT,
        params={"says": shown(name, says), "kept": shown(name, kept)},
    )
    return Message(error, name, None, NOTE).stored()


def shown(name: str, value: Any) -> Any:
    """A value for a sentence, in the language in which the sentence is said."""
    if value in EMPTY:
        return _("nothing")
    if isinstance(value, dict):
        if "absent" in value:
            return _("no value")
        if "coordinates" in value:
            return _("another place on the map")
        return " / ".join(str(one) for one in value.values())[:200]
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)[:200]
    spec = BY_NAME.get(name)
    if spec is not None and spec.choices is not None and value in spec.choices.values:
        return spec.choices(value).label
    return f"{value:.10g}" if isinstance(value, float) else str(value)[:200]
