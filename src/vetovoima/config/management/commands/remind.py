"""vetovoima remind: what the worker does every hour, now."""

from __future__ import annotations

from typing import Any

from django.core.management import BaseCommand
from django.utils import timezone

from vetovoima.collection.rounds.reminders import run_reminders


class Command(BaseCommand):
    """Each letter goes out once, however often this is run."""

    help = "Open and close the collection rounds whose day has come, and queue the letters that are due."

    def handle(self, *args: Any, **options: Any) -> None:
        """This will print how many letters were queued."""
        count = run_reminders(timezone.now())
        self.stdout.write(f"{count} letters queued." if count != 1 else "1 letter queued.")
