"""What the tests of registered pages share: a municipal site on this machine, and makers of pages."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from tests.common.loopback import Call, Reply, Server
from tests.factories import make_municipality, make_region
from tests.factories.sites import make_site
from vetovoima.activity.models import OutboxItem
from vetovoima.activity.outbox import work_through
from vetovoima.catalogue import services as catalogue
from vetovoima.catalogue.models import Site
from vetovoima.syndication.channels import queries, services
from vetovoima.syndication.channels.reports import take_report
from vetovoima.syndication.models import ChannelPage

HTML = {"Content-Type": "text/html; charset=utf-8"}


def page_of(body: str, **headers: str) -> Reply:
    """This will make a web page with something in its middle."""
    text = f"<!doctype html><html lang=fi><head><title>Town</title></head><body><h1>Tontit</h1>{body}</body></html>"
    return Reply(text, headers={**HTML, **headers})


def component(town: str = "kuhmo", more: str = "", base: str = "") -> str:
    """The two lines of a component, as a municipality pastes them."""
    script = f'<script src="{base or settings.VETOVOIMA_PUBLIC_URL}/embed.js" async></script>'
    return f'{script}\n<vetovoima-sites municipality="{town}" lang="fi" {more}></vetovoima-sites>'


def shows(server: Server, body: str) -> None:
    """This will have every address of a site answer one page."""
    server.answer = lambda call: page_of(body)


def make_page(url: str, *, town: str | None = "kuhmo", **values: Any) -> ChannelPage:
    """This will register a page of a town, or with None of the region, by the operator."""
    make_region()
    place = make_municipality(town) if town else None
    given = {"title": "Plots for companies", "url": url, "way": "component", "language": "fi",
             "contact_email": "web@kuhmo.example", "contact_language": "fi", **values}  # fmt: skip
    return services.create_page(municipality=place, values=given, by=None, now=timezone.now())


def publish(town: str = "kuhmo", **values: Any) -> Site:
    """This will publish a new record now."""
    return catalogue.publish_site(
        site=make_site(town, state="submitted", **values), by=None, now=timezone.now()
    )


def work() -> None:
    """This will do what is due, as a worker with --once does."""
    OutboxItem.objects.filter(topic="syndication.channels_expected", state="waiting").update(
        due_at=timezone.now()
    )
    for _turn in range(8):
        if work_through("w") == 0:
            return


def visit(page: ChannelPage) -> ChannelPage:
    """This will let the wait of a page be over and have it looked at."""
    ChannelPage.objects.filter(pk=page.pk).update(next_visit_at=timezone.now(), visited_at=None)
    services.visit_page(page=page, by=None, now=timezone.now())
    work()
    return again(page)


def again(page: ChannelPage) -> ChannelPage:
    """A page as it is now."""
    return queries.all_pages().get(pk=page.pk)


def report(page: ChannelPage, version: str = "", /, *, ago: timedelta = timedelta(), **values: Any) -> bool:
    """This will report as the embed on the page does; without a version, the one that it should show."""
    known = queries.current_version(page)
    given = {"channel": page.key, "page": page.url, "way": page.way, "municipality": page.shown_place,
             "language": page.language, "version": version or (known.version if known else ""), **values}  # fmt: skip
    return take_report(given, origin="", now=timezone.now() - ago)


def fetched(call: Call, version: str, town: str = "kuhmo", more: str = "") -> Reply:
    """A page whose server has put the fragment in."""
    return page_of(
        f'<section class="vetovoima-sites" data-municipality="{town}" data-vetovoima-version="{version}" {more}></section>'
    )


def standing(page: ChannelPage) -> tuple[str, str]:
    """How a page stands and why."""
    found = again(page)
    return found.state, found.seen if found.finding == "visit" else found.finding
