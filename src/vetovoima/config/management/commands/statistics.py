"""vetovoima statistics: read statistics and boundaries now, without waiting for their day."""

from __future__ import annotations

import json
import sys
from typing import Any

from django.core.management import BaseCommand, CommandParser
from django.utils import timezone

from vetovoima.collection.connectors import queries, services
from vetovoima.collection.connectors.problems import in_words
from vetovoima.collection.models.sources import ConnectorRun
from vetovoima.collection.sources.enums import BAD


class Command(BaseCommand):
    """Reads each statistic of the region's pack and looks for a newer municipal division; exit code 1 when one failed."""

    help = "Read statistics and municipal boundaries now. What fails leaves the last good data as it is."

    def add_arguments(self, parser: CommandParser) -> None:
        """This will take how to answer."""
        parser.add_argument("--json", action="store_true", help="print the runs as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """This will read and print how each run ended."""
        now = timezone.now()
        runs = [services.fetch_statistic(statistic=one, now=now) for one in queries.active_statistics()]
        boundaries = services.check_boundaries(now=now)
        runs += [boundaries] if boundaries else []
        if options["json"]:
            self.stdout.write(json.dumps({"runs": [_as_data(run) for run in runs]}, ensure_ascii=False))
        for run in () if options["json"] else runs:
            said = f": {in_words(run.problem)}" if run.problem else ""
            self.stdout.write(f"{run.connector} {run.subject}: {run.state}{said}")
        if any(run.state in BAD for run in runs):
            sys.exit(1)


def _as_data(run: ConnectorRun) -> dict[str, Any]:
    return {
        "connector": run.connector, "subject": run.subject, "state": run.state, "counts": run.counts,
        "problem": run.problem.get("code", ""), "message": in_words(run.problem) if run.problem else "",
    }  # fmt: skip
