"""vetovoima channel: the pages that show the offer, how they stand, and why; register, visit and remove them."""

from __future__ import annotations

from typing import Any

from django.core.management import CommandError, CommandParser
from django.utils import timezone

from vetovoima.config.management.actions import ActionCommand, municipality_named
from vetovoima.syndication.channels import queries, services
from vetovoima.syndication.channels.enums import PageState, Way
from vetovoima.syndication.channels.lines import lines_for
from vetovoima.syndication.channels.models import ChannelPage


class Command(ActionCommand):
    """For the operator: what the desk does under Pages that show the offer."""

    help = "Register, list, visit and remove the pages that show the offer."
    refusals = (services.CannotChangeChannel,)

    def add_arguments(self, parser: CommandParser) -> None:
        """This will read what is to be done and to which page."""
        actions = parser.add_subparsers(dest="action", required=True)
        create = actions.add_parser("create", help="register a page and print its key and the lines to paste")
        create.add_argument("--url", required=True, help="where it is; https only")
        create.add_argument("--title", required=True, help="what the page is called")
        create.add_argument(
            "--municipality", metavar="SLUG", help="whose offer it shows; the region's when left out"
        )
        create.add_argument("--way", choices=Way.values, default=Way.COMPONENT.value)
        create.add_argument("--language", choices=("fi", "en", "sv"), default="fi")
        create.add_argument(
            "--filter", action="append", default=[], metavar="NAME=VALUE", help="as in the embed"
        )
        create.add_argument("--contact", default="", metavar="ADDRESS", help="who is told what to mend")
        listing = actions.add_parser("list", help="list the pages and how they stand")
        listing.add_argument("--state", choices=PageState.values, default="")
        show = actions.add_parser("show", help="show one page, why it stands so, and the lines to paste")
        visit = actions.add_parser("visit", help="have a page looked at as soon as the worker can")
        remove = actions.add_parser("remove", help="take a page off the board")
        for one in (show, visit, remove):
            one.add_argument("key", help="as the list shows it")
        for one in (create, listing, show, visit, remove):
            one.add_argument("--json", action="store_true", help="print JSON")

    def _page(self, options: dict[str, Any]) -> ChannelPage:
        found = queries.all_pages().filter(key=options["key"]).first()
        if found is None:
            raise CommandError(f"There is no page {options['key']}. vetovoima channel list shows them.")
        return found

    def _create(self, options: dict[str, Any]) -> dict[str, Any]:
        place = municipality_named(options["municipality"])
        values = {
            "title": options["title"], "url": options["url"], "way": options["way"], "language": options["language"],
            "question": "\n".join(options["filter"]), "contact_email": options["contact"],
        }  # fmt: skip
        made = services.create_page(municipality=place, values=values, by=None, now=timezone.now())
        return {"key": made.key, "lines": lines_for(made)}

    def _list(self, options: dict[str, Any]) -> list[dict[str, Any]]:
        found = queries.all_pages()
        return [_shape(one) for one in (found.filter(state=options["state"]) if options["state"] else found)]

    def _show(self, options: dict[str, Any]) -> dict[str, Any]:
        page = self._page(options)
        return {**_shape(page), "url": page.url, "reason": str(page.reason), "lines": lines_for(page)}

    def _visit(self, options: dict[str, Any]) -> dict[str, Any]:
        return _shape(services.visit_page(page=self._page(options), by=None, now=timezone.now()))

    def _remove(self, options: dict[str, Any]) -> dict[str, Any]:
        page = self._page(options)
        services.remove_page(page=page, by=None, now=timezone.now())
        return {"key": page.key, "state": "removed"}


def _shape(page: ChannelPage) -> dict[str, Any]:
    return {
        "key": page.key, "state": page.state, "municipality": page.municipality.slug if page.municipality else None,
        "way": page.way, "host": page.host_name, "title": page.title, "shown_version": page.version or None,
        "visited_at": page.visited_at.isoformat() if page.visited_at else None,
    }  # fmt: skip
