"""vetovoima invite: let a person in."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from vetovoima.accounts.enums import Role
from vetovoima.accounts.queries import organisation
from vetovoima.accounts.services import INVITATION_DAYS, invite


class Command(BaseCommand):
    """Prints the address once; only its hash is stored."""

    help = "Make an invitation and print its address. The first administrator comes in this way."

    def add_arguments(self, parser: CommandParser) -> None:
        """This will take whom to invite, into what role and organisation."""
        parser.add_argument("email")
        parser.add_argument("--role", required=True, choices=Role.values)
        parser.add_argument("--organisation", required=True, metavar="SLUG")
        parser.add_argument("--language", default="fi", choices=("fi", "en", "sv"))

    def handle(self, *args: Any, **options: Any) -> None:
        """This will print the address of the invitation."""
        found = organisation(options["organisation"])
        if found is None:
            raise CommandError(f"There is no organisation {options['organisation']}. Load the region first.")
        _invitation, secret = invite(
            email=options["email"], organisation=found, role=Role(options["role"]), language=options["language"],
            by=None, now=timezone.now(),
        )  # fmt: skip
        self.stdout.write(
            f"Valid for {INVITATION_DAYS} days, once: {settings.VETOVOIMA_PUBLIC_URL}/accounts/invitation/{secret}/"
        )
