"""vetovoima load-region: load or refresh the region's data pack."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from vetovoima.common.http import CannotFetch
from vetovoima.config.loading import load_pack
from vetovoima.reference.boundaries import CannotLoadBoundaries, read_boundaries, store_boundaries
from vetovoima.reference.loading import LoadReport
from vetovoima.reference.pack import BrokenPack, open_pack
from vetovoima.reference.queries import region

OUTCOMES = ("added", "changed", "removed", "same", "left alone")


class Command(BaseCommand):
    """Idempotent; refuses a broken pack with file, row, column and reason; never overwrites a person's edits."""

    help = "Load or refresh the region's data pack. A broken pack is refused whole."

    def add_arguments(self, parser: CommandParser) -> None:
        """This will take the region's name, where the boundaries are, and how to answer."""
        parser.add_argument("region", nargs="?", default=settings.VETOVOIMA_REGION)
        parser.add_argument(
            "--packs", type=Path, default=settings.REGIONS_DIR, help="folder of the data packs"
        )
        parser.add_argument(
            "--boundaries", nargs="?", const="", metavar="FILE|URL",
            help="load municipal boundaries too; without an address from the one in the pack",
        )  # fmt: skip
        parser.add_argument("--json", action="store_true", help="print the report as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """This will load the pack and print what it did."""
        report = LoadReport()
        try:
            load_pack(open_pack(options["packs"], options["region"]), report, timezone.now())
        except BrokenPack as error:
            raise CommandError(f"The pack was refused, nothing was stored:\n{error}") from error
        stored = self._boundaries(options["boundaries"])
        if options["json"]:
            counts = {kind: dict(counter) for kind, counter in report.counts.items()}
            self.stdout.write(
                json.dumps({"counts": counts, "left_alone": report.left_alone, "boundaries": stored})
            )
            return
        self._print(report)
        if stored:
            self.stdout.write(f"Boundaries: {', '.join(stored)}")

    def _boundaries(self, where: str | None) -> list[str]:
        if where is None:
            return []
        found = region()
        address = where or (found.boundaries_url if found else "")
        try:
            return store_boundaries(read_boundaries(address), address)
        except (CannotLoadBoundaries, CannotFetch) as error:
            raise CommandError(f"The facts were loaded, the boundaries were not: {error}") from error

    def _print(self, report: LoadReport) -> None:
        for kind, counter in report.counts.items():
            said = ", ".join(f"{counter[outcome]} {outcome}" for outcome in OUTCOMES if counter[outcome])
            self.stdout.write(f"{kind}: {said}")
        for what in report.left_alone:
            self.stdout.write(f"left alone, because a person edited it: {what}")
