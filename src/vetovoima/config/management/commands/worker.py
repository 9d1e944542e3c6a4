"""vetovoima worker: send mail and deliveries."""

from __future__ import annotations

import os
from typing import Any

from django.core.management import BaseCommand, CommandParser

from vetovoima.activity import worker

#: visitors' pages go first: a worker that takes in thousands of rows must not be felt on the portal
NICENESS = 5


class Command(BaseCommand):
    """Works through the outbox until it is stopped. Several may run at once."""

    help = "Work through the outbox: mail and deliveries. Stop with Ctrl-C or SIGTERM."

    def add_arguments(self, parser: CommandParser) -> None:
        """This will take how long to work and how long to rest."""
        parser.add_argument("--once", action="store_true", help="end when nothing is due")
        parser.add_argument("--pause", type=float, default=worker.PAUSE_SECONDS, help="seconds between looks")

    def handle(self, *args: Any, **options: Any) -> None:
        """This will run the loop, behind everything that somebody waits for."""
        if hasattr(os, "nice"):
            os.nice(NICENESS)
        worker.run(once=options["once"], pause=options["pause"])
