"""What the worker does for the archives: by night, and when something in one is no longer public."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.timezone import localdate

from vetovoima.activity.models import Fact
from vetovoima.activity.outbox import TemporaryFailure, prolong
from vetovoima.activity.registry import handler, subscribe
from vetovoima.activity.schedule import chore
from vetovoima.catalogue.queries import site as site_by_code

from . import services
from .queries import bundle_names


@handler(services.TOPIC)
def make(payload: dict[str, Any]) -> None:
    """This will make one archive; done twice it is the same."""
    name = payload["name"]
    made = services.make_bundle(name, now=timezone.now(), alive=lambda: prolong(payload["key"]))
    if made is None and name in bundle_names():
        raise TemporaryFailure("the public side kept changing while the archive was written")


@chore("syndication.bundles", hour=3)
def make_all_by_night(now: datetime) -> None:
    """This will have every archive made, after the night's other work has rendered what has grown old."""
    services.ask_for_bundles(bundle_names(), turn=localdate(now).isoformat(), now=now)


def drop_what_holds_it(fact: Fact) -> None:
    """This will take the archives away that hold the record, in the transaction in which it ceased to be public."""
    found = site_by_code(fact.code)
    if found is None:
        services.drop_all_bundles(fact.at)
    else:
        services.drop_bundles([found.municipality.slug], now=fact.at)


for _did in ("withdrawn", "photo_removed", "file_removed", "file_closed", "file_infected"):
    subscribe(f"catalogue.site.{_did}")(drop_what_holds_it)
