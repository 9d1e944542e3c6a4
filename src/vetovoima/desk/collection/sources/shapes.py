"""What the pages of sources show, with every sentence in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vetovoima.catalogue.enums import SiteKind
from vetovoima.collection.connectors.problems import in_words
from vetovoima.collection.connectors.queries import ConnectorStatus
from vetovoima.collection.imports.messages import said_in
from vetovoima.collection.imports.targets import label_of
from vetovoima.collection.sources.enums import RunState
from vetovoima.collection.sources.keeping import KEPT, shown
from vetovoima.desk.forms import here

if TYPE_CHECKING:
    from vetovoima.collection.models.sources import Source, SourceRecord, SourceRun
    from vetovoima.collection.sources.queries import SourceStatus


@dataclass(frozen=True)
class ErrorLine:
    """One wrong row: where it is, what it is called, and what is wrong with which field."""

    row: int
    name: str
    messages: list[tuple[str, str]]


@dataclass(frozen=True)
class RunLine:
    """One run in words."""

    run: SourceRun
    problem: str
    notes: list[str]

    @property
    def seconds(self) -> int | None:
        """How long it took."""
        if self.run.ended_at is None:
            return None
        return max(0, round((self.run.ended_at - self.run.started_at).total_seconds()))


def run_line(run: SourceRun | None) -> RunLine | None:
    """This will put a run into words."""
    if run is None:
        return None
    return RunLine(run, in_words(run.problem) if run.problem else "", [in_words(one) for one in run.notes])


def error_lines(run: SourceRun | None) -> list[ErrorLine]:
    """This will put the wrong rows of a run into words."""
    return _lines(run, lambda one: one.get("level") == "error")


def kept_lines(run: SourceRun | None) -> list[ErrorLine]:
    """This will put into words where a run said something new of what a person had changed."""
    return _lines(run, lambda one: one.get("code") == KEPT)


def _lines(run: SourceRun | None, wanted: Callable[[dict[str, Any]], bool]) -> list[ErrorLine]:
    language = here()
    found = [
        ErrorLine(
            one["row"], one.get("name", ""), _messages(filter(wanted, one.get("messages", ())), language)
        )
        for one in (run.errors if run else ())
    ]
    return [one for one in found if one.messages]


def _messages(messages: Iterable[dict[str, Any]], language: str) -> list[tuple[str, str]]:
    return [
        (label_of(one["field"], language) if one.get("field") else "", said_in(one, language))
        for one in messages
    ]


@dataclass(frozen=True)
class ConflictLine:
    """One field of one record about which the source and a person disagree."""

    code: str
    field: str
    label: str
    says: Any
    kept: Any


def conflict_lines(records: Iterable[SourceRecord]) -> list[ConflictLine]:
    """This will put into words what waits for a decision."""
    language = here()
    return [
        ConflictLine(
            record.code, name, label_of(name, language), shown(name, one["says"]), shown(name, one["kept"])
        )
        for record in records
        for name, one in sorted(record.conflicts.items())
    ]


@dataclass(frozen=True)
class SourceLine:
    """One source in the list."""

    status: SourceStatus
    kind: str
    problem: str

    @property
    def source(self) -> Source:
        """The source itself."""
        return self.status.source


def source_lines(statuses: Iterable[SourceStatus]) -> list[SourceLine]:
    """This will put the list of sources into words."""
    return [
        SourceLine(one, kind_label(one.source.record_kind), in_words(one.run.problem) if one.run and one.run.problem else "")
        for one in statuses
    ]  # fmt: skip


def kind_label(kind: str) -> str:
    """What a kind of record is called."""
    return str(SiteKind(kind).label) if kind in SiteKind.values else kind


@dataclass(frozen=True)
class RegisterLine:
    """One register or statistic: how its last reading went, and from when its data is."""

    label: str
    what: str
    state: str
    state_label: str
    problem: str
    fetched_at: Any
    confirmed_at: Any
    vintage: str


def register_lines(statuses: Iterable[ConnectorStatus]) -> list[RegisterLine]:
    """This will put the registers into words."""
    return [
        RegisterLine(
            label=one.label,
            what=one.what,
            state=one.run.state if one.run else "",
            state_label=str(RunState(one.run.state).label) if one.run else "",
            problem=in_words(one.run.problem) if one.run and one.run.problem else "",
            fetched_at=one.kept.fetched_at if one.kept else None,
            confirmed_at=one.kept.confirmed_at if one.kept else None,
            vintage=str(one.kept.source.get("vintage", "")) if one.kept else "",
        )
        for one in statuses
    ]
