"""vetovoima people: list who has which role, end a role, close an account and open it again."""

from __future__ import annotations

import json
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from vetovoima.accounts import leaving, queries
from vetovoima.accounts.enums import Role
from vetovoima.accounts.models import Membership, User


class Command(BaseCommand):
    """For the operator: what the administrator does at the desk under People."""

    help = "List people and roles, end a role, close an account and open it again."

    def add_arguments(self, parser: CommandParser) -> None:
        """This will read what is to be done and to whom."""
        actions = parser.add_subparsers(dest="action", required=True)
        listing = actions.add_parser("list", help="list people with their roles")
        listing.add_argument("--json", action="store_true", help="print JSON")
        end = actions.add_parser("end", help="end one role of a person")
        end.add_argument("--organisation", required=True, metavar="SLUG")
        end.add_argument("--role", required=True, choices=Role.values)
        close = actions.add_parser("close", help="close an account: nobody signs in with it")
        reopen = actions.add_parser("open", help="open a closed account again")
        for one in (end, close, reopen):
            one.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        """This will do it and say so; exit code 1 with a sentence when it cannot."""
        if options["action"] == "list":
            self._list(options["json"])
            return
        person = queries.account_of(options["email"])
        if person is None:
            raise CommandError(f"Nobody signs in as {options['email']}.")
        try:
            {"end": self._end, "close": self._close, "open": self._open}[options["action"]](person, options)
        except leaving.CannotEnd as refusal:
            raise CommandError(str(refusal)) from refusal

    def _list(self, as_json: bool) -> None:
        shapes = [_shape(one) for one in queries.all_memberships()]
        if as_json:
            self.stdout.write(json.dumps(shapes, ensure_ascii=False, indent=2))
            return
        for one in shapes:
            state = "open" if one["is_open"] else "closed"
            self.stdout.write(f"{one['email']}  {state:<6}  {one['role']}  {one['organisation']}")

    def _end(self, person: User, options: dict[str, Any]) -> None:
        held = queries.memberships_of(person)
        found = held.filter(organisation__slug=options["organisation"], role=options["role"]).first()
        if found is None:
            raise CommandError(
                f"{person.email} is not {options['role']} in {options['organisation']}. "
                "vetovoima people list shows the roles."
            )
        leaving.end_membership(membership=found, by=None, now=timezone.now())
        self.stdout.write(f"{person.email} is no longer {options['role']} in {options['organisation']}.")

    def _close(self, person: User, options: dict[str, Any]) -> None:
        leaving.disable_person(person=person, by=None, now=timezone.now())
        self.stdout.write(f"The account {person.email} is closed.")

    def _open(self, person: User, options: dict[str, Any]) -> None:
        leaving.enable_person(person=person, by=None, now=timezone.now())
        self.stdout.write(f"The account {person.email} is open.")


def _shape(membership: Membership) -> dict[str, Any]:
    """A role as the command prints it."""
    return {
        "email": membership.user.email,
        "name": membership.user.display_name,
        "is_open": membership.user.is_active,
        "role": membership.role,
        "organisation": membership.organisation.slug,
    }
