"""vetovoima load-demo: load the labelled examples and the demonstration's sign-ins."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.crypto import get_random_string

from vetovoima.config.environment import Environment
from vetovoima.config.loading import load_examples
from vetovoima.reference.loading import LoadReport
from vetovoima.reference.pack import BrokenPack, open_pack


class Command(BaseCommand):
    """Examples are labelled everywhere and never counted in a public figure."""

    help = "Load labelled examples and the demonstration's sign-ins, all with one password."

    def add_arguments(self, parser: CommandParser) -> None:
        """This will take the region's name."""
        parser.add_argument("region", nargs="?", default=settings.VETOVOIMA_REGION)

    def handle(self, *args: Any, **options: Any) -> None:
        """This will load the examples; refuses outside the demonstration, where they would mislead."""
        if not settings.VETOVOIMA_DEMO:
            raise CommandError("Examples are loaded only into a demonstration (see docs/operator).")
        password = Environment().text("DEMO_PASSWORD") or get_random_string(12)
        report = LoadReport()
        try:
            load_examples(
                open_pack(settings.REGIONS_DIR, options["region"]), report, timezone.now(), password
            )
        except BrokenPack as error:
            raise CommandError(f"The examples were refused, nothing was stored:\n{error}") from error
        for kind, counter in report.counts.items():
            self.stdout.write(f"{kind}: " + ", ".join(f"{n} {outcome}" for outcome, n in counter.items()))
        self.stdout.write(f"Password of every demonstration sign-in: {password}")
