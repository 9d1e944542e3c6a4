"""vetovoima init: prepare the database."""

from typing import Any

from django.core.management import BaseCommand, call_command

from vetovoima.common.text import prepare_dictionaries


class Command(BaseCommand):
    """Makes or updates the tables; safe to run again."""

    help = "Make or update the tables of the database. Safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        """This will migrate, make the cache table and report."""
        call_command("migrate", verbosity=options["verbosity"], interactive=False)
        call_command("createcachetable", verbosity=0)
        prepare_dictionaries()
        self.stdout.write("The database is ready.")
