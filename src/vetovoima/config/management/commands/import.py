"""vetovoima import: take a table or a map file into the offer, the investment register or the indicators."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management import BaseCommand, CommandParser
from django.utils import timezone
from django.utils.translation import override

from vetovoima.collection.imports import queries, services
from vetovoima.collection.imports.enums import ImportState, RowState
from vetovoima.collection.imports.messages import said_in
from vetovoima.collection.models import Import, ImportRow
from vetovoima.common.fields import LANGUAGES
from vetovoima.monitoring.importing import import_table
from vetovoima.reference.models import Municipality
from vetovoima.reference.queries import municipality

RECORDS = ("plot", "premises", "brownfield", "business-area", "opportunity", "resource")
REGISTERS = ("investment", "observation")
COUNTED = ("new", "changed", "same", "error")
SOME_ERRORS, UNREADABLE = 1, 2
Row = dict[str, Any]


class Unreadable(Exception):
    """The file, or what was said about it, cannot be used; the text says why."""


class Command(BaseCommand):
    """Exit code 0: every row was read; 1: some rows have an error and stayed out; 2: the file cannot be read."""

    help = (
        "Take in a file of any layout: its columns are guessed. Rows with an error stay out and are named. "
        "Exit code 0: all rows were read, 1: some have an error, 2: the file cannot be read."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """This will take the file, what its rows are, and how to answer."""
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--kind", required=True, choices=(*RECORDS, *REGISTERS), help="what the rows are")
        parser.add_argument(
            "--municipality", metavar="SLUG", help="of which municipality; else a column says it"
        )
        parser.add_argument("--dry-run", action="store_true", help="check only: nothing is stored")
        parser.add_argument("--submit", action="store_true", help="send the records for review at once")
        parser.add_argument("--language", choices=LANGUAGES, default="en", help="of the messages")
        parser.add_argument("--json", action="store_true", help="print counts and rows as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """This will import and print what became of each row."""
        try:
            with override(options["language"]):
                content = _content(options["file"])
                rows = (
                    _registers(content, options)
                    if options["kind"] in REGISTERS
                    else _records(content, options)
                )
        except (Unreadable, ValidationError) as error:
            self._refuse(error, as_json=options["json"])
            sys.exit(UNREADABLE)
        counts = {state: sum(1 for row in rows if row["state"] == state) for state in COUNTED}
        if options["json"]:
            self.stdout.write(json.dumps({"counts": counts, "rows": rows}, ensure_ascii=False))
        else:
            self._print(rows, counts)
        if counts["error"]:
            sys.exit(SOME_ERRORS)

    def _refuse(self, error: Exception, *, as_json: bool) -> None:
        words = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
        self.stderr.write(words)
        if as_json:
            self.stdout.write(json.dumps({"error": words}, ensure_ascii=False))

    def _print(self, rows: list[Row], counts: dict[str, int]) -> None:
        for row in rows:
            if row["messages"]:
                self.stdout.write(f"row {row['row']} ({row['state']}): {' '.join(row['messages'])}")
        self.stdout.write(", ".join(f"{count} {state}" for state, count in counts.items()))


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Unreadable(f"{path} cannot be read: {error.strerror or error}") from error


def _registers(content: bytes, options: dict[str, Any]) -> list[Row]:
    found = import_table(
        content=content, filename=options["file"].name, kind=options["kind"], now=timezone.now(),
        dry_run=options["dry_run"],
    )  # fmt: skip
    return [{"row": one.row, "state": one.state, "messages": one.messages} for one in found]


def _records(content: bytes, options: dict[str, Any]) -> list[Row]:
    now = timezone.now()
    import_ = services.start_import(
        content=content, filename=options["file"].name, kind=options["kind"].replace("-", "_"),
        municipality=_municipality(options["municipality"]), by=None, now=now, is_trial=options["dry_run"],
    )  # fmt: skip
    try:
        checked = services.check_import(import_, now=now)
        if checked.state != ImportState.READY:
            raise Unreadable(said_in(checked.problem, options["language"]))
        if not options["dry_run"] and (checked.counts.get("new") or checked.counts.get("changed")):
            services.commit_import(import_=checked, by=None, now=now, submit=options["submit"])
        return _rows(checked, options["language"])
    finally:
        if options["dry_run"]:
            services.forget_import(import_=import_)


def _municipality(slug: str | None) -> Municipality | None:
    if not slug:
        return None
    found = municipality(slug)
    if found is None:
        raise Unreadable(f"There is no municipality {slug}.")
    return found


def _rows(import_: Import, language: str) -> list[Row]:
    """Every data row once. A row that only sums up the others is no data."""
    rows = (
        queries.rows_of(import_)
        .exclude(state=RowState.SKIPPED)
        .only("number", "state", "messages", "batch_id")
    )
    return [
        {"row": row.number, "state": row.state, "messages": _messages(import_, row, language)}
        for row in rows.select_related(None).iterator(chunk_size=1000)
    ]


def _messages(import_: Import, row: ImportRow, language: str) -> list[str]:
    found = []
    for one in row.messages:
        column = one.get("column")
        header = import_.columns[column]["header"] if column is not None else ""
        mend = (one.get("mend") or {}).get(language, "")
        sentence = " ".join(part for part in (said_in(one, language), mend) if part)
        found.append(f"{header}: {sentence}" if header else sentence)
    return found
