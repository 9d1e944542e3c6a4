"""Trying a source before it is kept: its first rows, and what its columns probably mean. Nothing is stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError

from vetovoima.collection.connectors.problems import SourceChanged, in_words
from vetovoima.collection.imports.columns import Column, guessed
from vetovoima.collection.imports.reading import opened, plain_cell
from vetovoima.common.http import CannotFetch, Deadline, NotModified

from .reading import Place, read_source
from .validators import clean_source

#: somebody is waiting in front of the screen
SECONDS = 12
SHOWN_ROWS = 5


@dataclass(frozen=True)
class Trial:
    """What a source gave, or `problem` with the reason; `rows` are the first ones as they would be read."""

    problem: str = ""
    columns: list[Column] = field(default_factory=list)
    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    count: int = 0
    notes: list[str] = field(default_factory=list)


def try_source(values: Mapping[str, Any]) -> Trial:
    """This will read a source that somebody describes and show what it has. Raises ValidationError by field for a
    description that cannot be right; what the source itself does is told in the trial."""
    cleaned = clean_source(values)
    place = Place(cleaned["kind"], cleaned["address"], cleaned["layer"])
    try:
        content = read_source(place, Deadline(SECONDS))
        with opened(content.body, content.filename) as sheet:
            columns, _style = guessed(sheet, cleaned["record_kind"], {})
            rows = [(number, [_shown(cell) for cell in cells]) for number, cells in sheet.sample(SHOWN_ROWS)]
            notes = [in_words(one) for one in content.notes] + list(map(str, sheet.notes))
            return Trial(columns=columns, rows=rows, count=sheet.row_count, notes=notes)
    except (SourceChanged, CannotFetch) as error:
        return Trial(problem=str(error))
    except ValidationError as error:
        return Trial(problem=" ".join(error.messages))
    except NotModified:  # never asked for here, so a server that answers so is broken
        return Trial(problem=in_words({"code": "not_features", "details": {}}))


def _shown(cell: Any) -> str:
    plain = plain_cell(cell)
    if isinstance(plain, dict):
        return str(plain.get("type", "…"))
    return "" if plain is None else str(plain)[:80]
