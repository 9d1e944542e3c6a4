"""The tables of the database, made or brought up to date."""

from __future__ import annotations

from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.recorder import MigrationRecorder

#: apps with a long history of migrations, which costs least while our own models are not there yet: Django draws
#: every model that is related to a changed one anew, and ours nearly all are (48 s of processor become 27 s)
LONG_HISTORIES = ("wagtailcore", "wagtailimages", "wagtaildocs", "wagtailredirects", "wagtailusers")


def prepare_tables(*, verbosity: int = 0, database: str = DEFAULT_DB_ALIAS) -> None:
    """This will make or update the tables and the cache's; safe to run again."""
    if not MigrationRecorder(connections[database]).has_table():
        for app in LONG_HISTORIES:
            call_command("migrate", app, interactive=False, verbosity=verbosity, database=database)
    call_command("migrate", interactive=False, verbosity=verbosity, database=database)
    call_command("createcachetable", verbosity=0, database=database)
