"""What the webhook tests share: a receiver that verifies as the specification says, and makers of webhooks."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.utils import timezone

from tests.common.loopback import Call, Server
from tests.factories import make_municipality, make_person, make_region
from tests.factories.sites import make_site
from vetovoima.accounts.enums import Role
from vetovoima.activity.outbox import work_through
from vetovoima.catalogue import services as catalogue
from vetovoima.catalogue.models import Site
from vetovoima.syndication.models import Webhook, WebhookAttempt, WebhookDelivery
from vetovoima.syndication.webhooks import services
from vetovoima.syndication.webhooks.events import EVENTS

TOLERANCE = 5 * 60
ALL = list(EVENTS)


class Forged(Exception):
    """A message that the receiver does not believe."""


def verified(call: Call, secret: str, now: float | None = None) -> dict[str, Any]:
    """This will do what a receiver does, written from the specification and not from our code; raises Forged."""
    key, stamp = call.headers["webhook-id"], call.headers["webhook-timestamp"]
    if abs((now or time.time()) - int(stamp)) > TOLERANCE:
        raise Forged("old")
    signed = key.encode() + b"." + stamp.encode() + b"." + call.body
    raw = hmac.new(base64.b64decode(secret[len("whsec_") :]), signed, hashlib.sha256).digest()
    wanted = base64.b64encode(raw)
    for one in call.headers["webhook-signature"].split(" "):
        version, _comma, given = one.partition(",")
        if version == "v1" and hmac.compare_digest(given.encode(), wanted):
            return json.loads(call.body)
    raise Forged("signature")


def make_webhook(at: str, *, town: str | None = "kuhmo", **values: Any) -> tuple[Webhook, str]:
    """This will make a webhook of a town, or with None of the region, by the operator."""
    make_region()
    place = make_municipality(town) if town else None
    given = {"title": "Our site", "url": at, "events": ALL, "municipalities": [], "content": "links",
             "language": "en", **values}  # fmt: skip
    return services.create_webhook(municipality=place, values=given, by=None, now=timezone.now())


def publish(town: str = "kuhmo", **values: Any) -> Site:
    """This will publish a new record now."""
    site = make_site(town, state="submitted", **values)
    return catalogue.publish_site(site=site, by=None, now=timezone.now())


def withdraw(site: Site) -> Site:
    """This will withdraw a record, as the council does."""
    return catalogue.withdraw_site(site=site, by=make_person(Role.COORDINATOR), now=timezone.now())


def work() -> None:
    """This will do what is due, as a worker with --once does."""
    for _turn in range(5):
        if work_through("w") == 0:
            return


def deliveries(webhook: Webhook) -> list[WebhookDelivery]:
    """The deliveries of a webhook, the oldest first."""
    return list(webhook.deliveries.order_by("pk"))


def outcomes(webhook: Webhook) -> list[tuple[str, int | None]]:
    """What the attempts at a webhook came to, with the status of the answer."""
    rows = WebhookAttempt.objects.filter(delivery__webhook=webhook).order_by("pk")
    return [(one.outcome, one.status) for one in rows]


def names(server: Server) -> list[str]:
    """The events that a receiver was told of."""
    return [call.json["type"] for call in server.calls]


@contextmanager
def allowed(settings: Any, *places: str) -> Iterator[None]:
    """This will let these servers on this machine be called."""
    settings.VETOVOIMA_HTTP_ALLOWED_LOOPBACK = [*settings.VETOVOIMA_HTTP_ALLOWED_LOOPBACK, *places]
    yield


def make_due(webhook: Webhook, at: datetime | None = None) -> None:
    """This will let the waits of a webhook be over."""
    from vetovoima.activity.models import OutboxItem

    moment = at or timezone.now()
    webhook.deliveries.filter(state="waiting").update(due_at=moment)
    Webhook.objects.filter(pk=webhook.pk).update(resting_until=None)
    OutboxItem.objects.filter(topic="syndication.webhook", state="waiting").update(due_at=moment)
