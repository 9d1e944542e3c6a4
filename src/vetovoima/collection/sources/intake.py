"""What a source gave goes in by the door that a person's file uses: the import, with its errors and its undo."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import slugify

from vetovoima.collection.connectors.problems import SourceChanged, problem_of, said_problem
from vetovoima.collection.imports import services as imports
from vetovoima.collection.imports.enums import ImportState, RowState
from vetovoima.collection.models import Import, ImportRow
from vetovoima.collection.models.sources import Source

from . import shape
from .enums import Ending
from .keeping import Heard, hold_back
from .reading import Content

KEPT_ERRORS = 200
COUNTED = (RowState.NEW, RowState.CHANGED, RowState.SAME, RowState.ERROR)


class CannotTakeIn(Exception):
    """The content is not a file that can be taken in; `problem` says why in every language."""

    def __init__(self, problem: dict[str, Any], *, is_change: bool = False) -> None:
        self.problem = problem
        self.is_change = is_change
        super().__init__(str(problem.get("code", "")))


@dataclass(frozen=True)
class Taken:
    """What became of the rows. `codes` are the records that the source has now; `knows_all` says that none is missing
    from them because its row was wrong. `said` and `conflicts` are by record, `shape` is what the reading looked like."""

    counts: dict[str, int]
    errors: list[dict[str, Any]] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    batch: Import | None = None
    knows_all: bool = True
    said: dict[str, dict[str, Any]] = field(default_factory=dict)
    conflicts: dict[str, dict[str, Any]] = field(default_factory=dict)
    shape: dict[str, Any] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """How many rows there were."""
        return sum(self.counts.values())


def take_in(*, source: Source, content: Content, now: datetime) -> Taken:
    """This will import what a source gave, row by row as a person's file: what is right goes in, what is wrong is told.

    Done as the system: the person who set the source up may have left. Raises CannotTakeIn.
    """
    try:
        begun = imports.start_import(
            content=content.body, filename=_filename(source, content), kind=source.record_kind,
            municipality=source.municipality, by=None, now=now, mapping=_mapping(source),
        )  # fmt: skip
    except ValidationError as error:
        is_change = getattr(error, "code", "") == "columns"
        raise CannotTakeIn(said_problem(error), is_change=is_change) from error
    try:
        shape.refuse_lost_columns(source.shape, begun.columns)
    except SourceChanged as error:
        raise _changed(begun, error, now) from error
    checked = imports.check_import(imports.begin_check(import_=begun, by=None, now=now), now=now)
    if checked.state != ImportState.READY:
        raise CannotTakeIn({"code": "said", "details": checked.problem.get("message", {})})
    heard = hold_back(source, checked)
    try:
        shape.refuse_other_scale(source.shape, checked.columns, heard.medians)
    except SourceChanged as error:
        raise _changed(checked, error, now) from error
    if checked.counts.get(RowState.NEW) or checked.counts.get(RowState.CHANGED):
        checked = imports.commit_import(
            import_=checked, by=None, now=now, submit=source.ending == Ending.SUBMIT
        )
    else:
        checked = imports.cancel_import(import_=checked, by=None, now=now)
    return _taken(source, checked, heard)


def _changed(import_: Import, error: SourceChanged, now: datetime) -> CannotTakeIn:
    """Nothing of what came is taken in."""
    imports.cancel_import(import_=import_, by=None, now=now)
    return CannotTakeIn(problem_of(error), is_change=True)


def _filename(source: Source, content: Content) -> str:
    """The list of imports shows whence a file came."""
    return f"{slugify(source.title)[:60] or 'source'}.{content.filename.rpartition('.')[2]}"


def _mapping(source: Source) -> dict[str, dict[str, str]] | None:
    """The confirmed columns; None lets the import guess, as it does for a file."""
    if not source.columns:
        return None
    return {
        one["header"]: {"field": one["field"], "unit": one.get("unit", ""), "rule": one.get("rule", "")}
        for one in source.columns
    }


def _taken(source: Source, batch: Import, heard: Heard) -> Taken:
    counts = {state.value: int(batch.counts.get(state, 0)) for state in COUNTED}
    wrong = ImportRow.objects.filter(batch=batch, state=RowState.ERROR).order_by("number")
    errors = [
        {"row": one.number, "name": one.name or one.code or one.external_key, "messages": one.messages}
        for one in wrong[:KEPT_ERRORS]
    ]
    listed = ImportRow.objects.filter(batch=batch).exclude(state=RowState.SKIPPED).order_by("number")
    codes = [site or code for site, code in listed.values_list("site__code", "code") if site or code]
    right = listed.exclude(state=RowState.ERROR).values_list("pk", "site__code", "code")
    said = {site or code: heard.said[pk] for pk, site, code in right if (site or code) and pk in heard.said}
    return Taken(
        counts, [*errors, *heard.told][:KEPT_ERRORS], list(dict.fromkeys(codes)), batch,
        knows_all=not wrong.filter(site=None, code="").exists(), said=said, conflicts=heard.conflicts,
        shape={
            "columns": shape.used_columns(batch.columns),
            "medians": {**source.shape.get("medians", {}), **heard.medians},
        },
    )  # fmt: skip
