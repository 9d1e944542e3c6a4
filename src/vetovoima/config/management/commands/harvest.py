"""vetovoima harvest: read municipalities' own sources now, without waiting for the worker."""

from __future__ import annotations

import json
import sys
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from vetovoima.collection.connectors.problems import in_words
from vetovoima.collection.models.sources import Source, SourceRun
from vetovoima.collection.sources import queries
from vetovoima.collection.sources.enums import BAD
from vetovoima.collection.sources.running import AlreadyRunning, run_source


class Command(BaseCommand):
    """Reads every active source, or one; exit code 1 when any of them could not be read."""

    help = "Read municipalities' own sources now: every active one, or the one that is named."

    def add_arguments(self, parser: CommandParser) -> None:
        """This will take which source, and how to answer."""
        parser.add_argument("--source", type=int, metavar="ID", help="only this one, paused or not")
        parser.add_argument("--json", action="store_true", help="print the runs as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """This will read and print how each run ended."""
        runs = [run for one in self._wanted(options["source"]) if (run := self._read(one))]
        if options["json"]:
            self.stdout.write(json.dumps({"runs": [_as_data(run) for run in runs]}, ensure_ascii=False))
        elif not runs:
            self.stdout.write("No source was read.")
        if any(run.state in BAD for run in runs):
            sys.exit(1)

    def _wanted(self, number: int | None) -> list[Source]:
        if number is None:
            return list(queries.active_sources())
        found = queries.source(number)
        if found is None:
            raise CommandError(
                f"There is no source {number}. The address of its page at the desk has its number."
            )
        return [found]

    def _read(self, source: Source) -> SourceRun | None:
        try:
            run = run_source(source=source, now=timezone.now())
        except AlreadyRunning:
            self.stderr.write(f"{source.pk} {source.title}: is being read already")
            return None
        said = f": {in_words(run.problem)}" if run.problem else ""
        counts = ", ".join(f"{number} {name}" for name, number in run.counts.items())
        # With --json the answer alone goes to the standard output.
        self.stderr.write(f"{source.pk} {source.title}: {run.state}{said} {counts}".rstrip())
        return run


def _as_data(run: SourceRun) -> dict[str, Any]:
    return {
        "source": run.source_id, "title": run.source.title, "state": run.state, "counts": run.counts,
        "problem": run.problem.get("code", ""), "message": in_words(run.problem) if run.problem else "",
        "errors": [{"row": one["row"], "messages": [each["message"] for each in one["messages"]]} for one in run.errors],
    }  # fmt: skip
