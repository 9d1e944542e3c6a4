"""vetovoima apikey: make, list and revoke API keys."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.management import CommandError, CommandParser
from django.utils import timezone

from vetovoima.accounts import queries
from vetovoima.accounts.models import ApiKey
from vetovoima.accounts.scopes import SCOPES
from vetovoima.accounts.services import create_key, revoke_key
from vetovoima.config.management.actions import ActionCommand


class Command(ActionCommand):
    """A new key is printed once; only its hash is stored."""

    help = "Make, list and revoke API keys."

    def add_arguments(self, parser: CommandParser) -> None:
        """This will read what is to be done and to which key."""
        actions = parser.add_subparsers(dest="action", required=True)
        create = actions.add_parser("create", help="make a key for a person and print it once")
        create.add_argument("--email", required=True, help="whose key it is")
        create.add_argument(
            "--organisation", required=True, metavar="SLUG", help="on behalf of which organisation"
        )
        create.add_argument("--name", required=True, help="what the key is for")
        create.add_argument(
            "--scope",
            required=True,
            action="append",
            choices=sorted(SCOPES),
            help="may be given several times",
        )
        create.add_argument("--days", type=int, default=90, help="how long it is valid (90)")
        listing = actions.add_parser("list", help="list the keys")
        listing.add_argument("--email", help="only those of one person")
        revoke = actions.add_parser("revoke", help="end a key at once")
        revoke.add_argument("prefix", help="its eight characters, as the list shows them")
        for one in (create, listing, revoke):
            one.add_argument("--json", action="store_true", help="print JSON")

    def in_words(self, action: str, answer: Any) -> Iterable[str]:
        """This will return a new key by itself, so that it can be copied; else a line for each."""
        if action == "create":
            yield f"Shown once, valid until {answer['expires_on']}:\n{answer['key']}"
        elif action == "revoke":
            yield f"{answer['prefix']} is revoked."
        else:
            yield from map(_line, answer)

    def _create(self, options: dict[str, Any]) -> dict[str, Any]:
        owner, organisation = queries.person(options["email"]), queries.organisation(options["organisation"])
        if owner is None:
            raise CommandError(f"Nobody signs in as {options['email']}. Invite the person first.")
        if organisation is None:
            raise CommandError(f"There is no organisation {options['organisation']}.")
        key, token = create_key(
            owner=owner, organisation=organisation, name=options["name"], scopes=options["scope"],
            days=options["days"], by=None, now=timezone.now(),
        )  # fmt: skip
        return {**_shape(key), "key": token}

    def _list(self, options: dict[str, Any]) -> list[dict[str, Any]]:
        keys = queries.all_keys()
        if options["email"]:
            keys = keys.filter(owner__email=options["email"].lower())
        return [_shape(key) for key in keys]

    def _revoke(self, options: dict[str, Any]) -> dict[str, Any]:
        prefix = options["prefix"].removeprefix("vv_")[:8]
        key = queries.all_keys().filter(prefix=prefix).first()
        if key is None:
            raise CommandError(f"There is no key {prefix}.")
        revoke_key(key=key, by=None, now=timezone.now())
        return _shape(key)


def _line(shape: dict[str, Any]) -> str:
    return (
        f"{shape['prefix']}  {shape['state']:<8} until {shape['expires_on']}  {shape['owner']}  "
        f"{shape['organisation']}  {' '.join(shape['scopes'])}  {shape['name']}"
    )


def _shape(key: ApiKey) -> dict[str, Any]:
    """A key as the command prints it: never its text."""
    state = "revoked" if key.revoked_at else "expired" if key.expires_at <= timezone.now() else "valid"
    return {
        "prefix": key.prefix,
        "name": key.name,
        "state": state,
        "owner": key.owner.email,
        "organisation": key.organisation.slug,
        "scopes": key.scopes,
        "created_on": key.created_at.date().isoformat(),
        "expires_on": key.expires_at.date().isoformat(),
        "last_used_on": key.last_used_on.isoformat() if key.last_used_on else None,
    }
