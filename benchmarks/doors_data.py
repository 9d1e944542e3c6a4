"""What the benchmark of feeds, embeds and webhooks does inside the product, each in a process of its own."""

from __future__ import annotations

import json
import sys
import time


def prepare() -> None:
    """This will make in each municipality a site that is published again and again, and put the night's work off."""
    from datetime import timedelta

    from django.utils import timezone

    from vetovoima.activity import schedule
    from vetovoima.catalogue import services
    from vetovoima.common.fields import Translated
    from vetovoima.reference.queries import municipalities

    told = {}
    for town in municipalities():
        name = Translated(fi="Mitattava tontti", en="Measured plot")
        values = {"name": name, "availability": "available"}
        site = services.create_site(
            municipality=town, kind="plot", values=values, by=None, now=timezone.now()
        )
        services.publish_site(site=site, by=None, now=timezone.now())
        told[town.slug] = site.code
    # what a worker makes up for on an installation that was made just now is no part of a publication
    schedule.put_off(timezone.now(), timezone.now() + timedelta(days=1))
    print(json.dumps(told))


def subscribe(addresses: list[str]) -> None:
    """This will make a webhook of the region for each address."""
    from django.utils import timezone

    from vetovoima.syndication.webhooks import services
    from vetovoima.syndication.webhooks.events import CHANGED, PUBLISHED

    for number, address in enumerate(addresses):
        values = {"title": f"Receiver {number}", "url": address, "events": [PUBLISHED, CHANGED], "municipalities": [],
                  "content": "links", "language": "fi"}  # fmt: skip
        services.create_webhook(municipality=None, values=values, by=None, now=timezone.now())


def press() -> None:
    """This will publish each record that is named on standard input, changed a little, and say when."""
    from django.utils import timezone

    from vetovoima.catalogue import queries, services

    for number, line in enumerate(sys.stdin, 1):
        site = queries.site(line.strip())
        if site is None:
            raise SystemExit(f"There is no record {line.strip()}.")
        changed = services.edit_site(
            site=site, values={"area_m2": 1_000 + number}, by=None, now=timezone.now(), revision=None
        )
        pressed = time.time()
        published = services.publish_site(site=changed, by=None, now=timezone.now())
        print(json.dumps({"pressed": pressed, "version": published.published_version}), flush=True)
