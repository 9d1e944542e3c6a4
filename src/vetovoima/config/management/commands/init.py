"""vetovoima init: prepare the database."""

from typing import Any

from django.core.management import BaseCommand

from vetovoima.common.text import prepare_dictionaries
from vetovoima.config.tables import prepare_tables


class Command(BaseCommand):
    """Makes or updates the tables; safe to run again."""

    help = "Make or update the tables of the database. Safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        """This will migrate, make the cache table and report."""
        prepare_tables(verbosity=options["verbosity"])
        prepare_dictionaries()
        self.stdout.write("The database is ready.")
