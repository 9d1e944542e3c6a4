"""vetovoima webhook: list webhooks, see what became of their messages, test, replay, pause, resume, replace secrets."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.management import CommandError, CommandParser
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from vetovoima.config.management.actions import ActionCommand, municipality_named
from vetovoima.syndication.webhooks import queries, services
from vetovoima.syndication.webhooks.events import EVENTS
from vetovoima.syndication.webhooks.models import Webhook, WebhookDelivery


class Command(ActionCommand):
    """For the operator: what the desk does under Webhooks. A secret is printed once."""

    help = "Make, list, test, replay, pause and resume webhooks; replace their signing secrets."
    refusals = (services.CannotChangeWebhook,)

    def add_arguments(self, parser: CommandParser) -> None:
        """This will read what is to be done and to which webhook."""
        actions = parser.add_subparsers(dest="action", required=True)
        create = actions.add_parser("create", help="make a webhook and print its secret once")
        create.add_argument("--url", required=True, help="where to tell; https only")
        create.add_argument("--title", required=True, help="what the receiver is called")
        create.add_argument("--municipality", metavar="SLUG", help="whose it is; the region's when left out")
        create.add_argument(
            "--event", action="append", choices=sorted(EVENTS), help="may be given several times (all)"
        )
        create.add_argument(
            "--of", action="append", metavar="SLUG", default=[], help="only records of this municipality"
        )
        create.add_argument(
            "--document", action="store_true", help="messages hold the public document as well"
        )
        listing = actions.add_parser("list", help="list the webhooks")
        named = {name: actions.add_parser(name, help=text) for name, text in _HELP.items()}
        for one in named.values():
            one.add_argument("key", help="as the list shows it")
        named["log"].add_argument("--state", choices=("waiting", "delivered", "failed"), default="")
        named["replay"].add_argument(
            "--since", metavar="MOMENT", help="everything since 2026-11-20T08:00+02:00"
        )
        named["replay"].add_argument("--message", metavar="ID", help="one message, by its id")
        named["rotate"].add_argument(
            "--hours", type=int, default=24, help="how long the old secret goes on (24)"
        )
        named["resume"].add_argument(
            "--without-missed", action="store_true", help="leave out what was missed"
        )
        for one in (create, listing, *named.values()):
            one.add_argument("--json", action="store_true", help="print JSON")

    def _webhook(self, options: dict[str, Any]) -> Webhook:
        found = queries.all_webhooks().filter(key=options["key"]).first()
        if found is None:
            raise CommandError(f"There is no webhook {options['key']}. vetovoima webhook list shows them.")
        return found

    def _create(self, options: dict[str, Any]) -> dict[str, Any]:
        place = municipality_named(options["municipality"])
        values = {
            "title": options["title"], "url": options["url"], "events": options["event"] or list(EVENTS),
            "municipalities": options["of"], "content": "document" if options["document"] else "links",
        }  # fmt: skip
        made, secret = services.create_webhook(municipality=place, values=values, by=None, now=timezone.now())
        return {"key": made.key, "secret": secret}

    def _list(self, options: dict[str, Any]) -> list[dict[str, Any]]:
        return [_shape(one) for one in queries.all_webhooks()]

    def _log(self, options: dict[str, Any]) -> list[dict[str, Any]]:
        return [
            _delivery(one) for one in queries.deliveries_of(self._webhook(options), options["state"])[:200]
        ]

    def _test(self, options: dict[str, Any]) -> dict[str, Any]:
        return _delivery(services.send_test(webhook=self._webhook(options), by=None, now=timezone.now()))

    def _replay(self, options: dict[str, Any]) -> dict[str, Any]:
        webhook, now = self._webhook(options), timezone.now()
        if options["message"]:
            found = queries.delivery_of(webhook, options["message"])
            if found is None:
                raise CommandError(f"The webhook {webhook.key} has no message {options['message']}.")
            return _delivery(services.replay_delivery(webhook=webhook, delivery=found, by=None, now=now))
        count = services.replay_since(webhook=webhook, since=_moment(options["since"]), by=None, now=now)
        return {"key": webhook.key, "count": count}

    def _pause(self, options: dict[str, Any]) -> dict[str, Any]:
        return _shape(services.pause_webhook(webhook=self._webhook(options), by=None, now=timezone.now()))

    def _resume(self, options: dict[str, Any]) -> dict[str, Any]:
        webhook = self._webhook(options)
        count = services.resume_webhook(
            webhook=webhook, with_missed=not options["without_missed"], by=None, now=timezone.now()
        )
        return {"key": webhook.key, "count": count}

    def _rotate(self, options: dict[str, Any]) -> dict[str, Any]:
        fresh, secret = services.rotate_secret(
            webhook=self._webhook(options), hours=options["hours"], by=None, now=timezone.now()
        )
        return {"key": fresh.key, "secret": secret}

    def _remove(self, options: dict[str, Any]) -> dict[str, Any]:
        webhook = self._webhook(options)
        services.remove_webhook(webhook=webhook, by=None, now=timezone.now())
        return {"key": webhook.key, "state": "removed"}


_HELP = {
    "log": "show what was sent and how it went",
    "test": "send a test",
    "replay": "send messages again",
    "pause": "send nothing until it is resumed",
    "resume": "send again",
    "rotate": "replace the signing secret and print the new one once",
    "remove": "remove it with its log",
}


def _moment(text: str | None) -> datetime:
    read = None
    try:
        read = parse_datetime(text or "")
    except ValueError:
        pass
    if read is None or read.tzinfo is None:
        raise CommandError(
            "Say --message ID or --since with a moment and its offset, as 2026-11-20T08:00+02:00."
        )
    return read


def _shape(webhook: Webhook) -> dict[str, Any]:
    """A webhook as the command prints it: the server's name, because the whole address may hold a password."""
    return {
        "key": webhook.key,
        "municipality": webhook.municipality.slug if webhook.municipality else None,
        "state": "failing" if webhook.is_failing else webhook.state,
        "host": webhook.host,
        "title": webhook.title,
        "last_good_at": webhook.last_good_at.isoformat() if webhook.last_good_at else None,
    }


def _delivery(one: WebhookDelivery) -> dict[str, Any]:
    last = one.attempts.all()
    return {
        "id": one.key, "event": one.event.name, "code": one.event.code, "state": one.state, "attempts": len(last),
        "outcome": list(last)[-1].outcome if last else None,
    }  # fmt: skip
