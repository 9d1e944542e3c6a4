"""Changes of webhooks by people: made, changed, paused and resumed, given a new secret, tested, replayed, removed."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from vetovoima.accounts.models import User
from vetovoima.accounts.queries import municipality_organisation
from vetovoima.activity.services import field_changes, record
from vetovoima.common.sealing import seal
from vetovoima.reference.models import Municipality

from . import rules
from .enums import DeliveryState, Reason, WebhookState
from .events import TEST
from .models import Webhook, WebhookDelivery, WebhookEvent
from .queries import KIND
from .signing import new_secret
from .turns import events_for, put_deliveries, wake
from .validators import FIELDS, clean_webhook

SEALED_FOR = "syndication.webhook"
#: how long a secret that was replaced still signs beside the new one
OVERLAP = timedelta(hours=24)
LONGEST_OVERLAP_HOURS = 7 * 24
#: events, deliveries and attempts are kept so long: replay reaches no further back
KEPT = timedelta(days=30)
#: webhooks of one municipality, or of the region: more are forgotten ones
MOST_WEBHOOKS = 20
#: deliveries that one replay puts in the queue
MOST_REPLAYED = 5000
#: what happened so shortly before a pause may not have been handed out yet when it began
ON_ITS_WAY = timedelta(minutes=10)
#: tests that may wait at a time
MOST_TESTS = 5


class CannotChangeWebhook(Exception):
    """The webhook cannot be changed so; the text says why and what to do."""


def _held(webhook: Webhook, by: User | None) -> Webhook:
    """The row as it is now, held until the transaction ends; raises PermissionDenied."""
    fresh = Webhook.objects.select_for_update(of=("self",)).filter(pk=webhook.pk).first()
    if fresh is None:
        raise CannotChangeWebhook(_("The webhook was removed meanwhile."))
    if by is not None and not rules.can_edit(by, fresh.municipality_id):
        raise PermissionDenied
    return fresh


def record_webhook(did: str, webhook: Webhook, *, by: User | None, now: datetime, **more: Any) -> None:
    """This will record one fact about a webhook: its server's name, never its whole address or its secret."""
    owner = municipality_organisation(webhook.municipality_id) if webhook.municipality_id else None
    data = {"title": webhook.title, "host": webhook.host, **more.pop("data", {})}
    record(
        f"syndication.webhook.{did}", actor=by, kind=KIND, code=webhook.key, now=now, data=data,
        organisations=[owner] if owner else [], **more,
    )  # fmt: skip


@transaction.atomic
def create_webhook(
    *, municipality: Municipality | None, values: Mapping[str, Any], by: User | None, now: datetime
) -> tuple[Webhook, str]:
    """This will make a webhook and return it with its signing secret, which is shown once.

    `municipality` None is the region's own. Raises PermissionDenied, and ValidationError by field.
    """
    place = municipality.pk if municipality else None
    if by is not None and not rules.can_create_for(by, place):
        raise PermissionDenied
    cleaned = clean_webhook(values)
    if Webhook.objects.filter(municipality=municipality).count() >= MOST_WEBHOOKS:
        raise ValidationError(
            {"title": _("There are 20 webhooks already. Remove one that is not used any more.")}
        )
    secret = new_secret()
    webhook = Webhook.objects.create(
        key=f"wh-{secrets.token_hex(6)}", municipality=municipality, owner=by, state_at=now, created_at=now,
        secret=seal(secret, SEALED_FOR), **cleaned,
    )  # fmt: skip
    record_webhook("created", webhook, by=by, now=now, data={"events": cleaned["events"]})
    return webhook, secret


@transaction.atomic
def edit_webhook(
    *, webhook: Webhook, values: Mapping[str, Any], by: User | None, now: datetime, revision: int | None
) -> Webhook:
    """This will change where and of what a webhook tells; with another address what waits is tried there at once.

    `revision` None does not ask whether somebody else changed it. Raises PermissionDenied, CannotChangeWebhook when
    somebody did, and ValidationError by field.
    """
    fresh = _held(webhook, by)
    if revision is not None and fresh.revision != revision:
        sentence = _(
            "Somebody else changed this webhook while you had the page open. Look at it again, then repeat your change."
        )
        raise CannotChangeWebhook(sentence)
    before = {name: getattr(fresh, name) for name in FIELDS}
    after = clean_webhook({**before, **values})
    changed = sorted(field_changes(before, after))
    if not changed:
        return fresh
    for name, value in after.items():
        setattr(fresh, name, value)
    if "url" in changed:
        forgive(fresh)
    fresh.revision += 1
    fresh.save()
    record_webhook("changed", fresh, by=by, now=now, data={"fields": changed})
    if "url" in changed:
        fresh.deliveries.filter(state=DeliveryState.WAITING).update(due_at=now)
        wake(fresh, now)
    return fresh


def forgive(webhook: Webhook) -> None:
    """This will begin anew with a receiver: what failed before is not held against it. Nothing is saved."""
    webhook.failing_since = webhook.resting_until = None
    webhook.failures = 0


@transaction.atomic
def pause_webhook(*, webhook: Webhook, by: User | None, now: datetime) -> Webhook:
    """This will send nothing until somebody resumes; what waits goes on waiting. Raises PermissionDenied."""
    fresh = _held(webhook, by)
    if fresh.state == WebhookState.ACTIVE:
        stop(fresh, WebhookState.PAUSED, Reason.PERSON, now)
        record_webhook("paused", fresh, by=by, now=now)
    return fresh


def stop(webhook: Webhook, state: WebhookState, reason: Reason, now: datetime) -> None:
    """This will end sending, by a person or by us, in the caller's transaction."""
    webhook.state, webhook.reason, webhook.state_at = state, reason, now
    webhook.save(update_fields=["state", "reason", "state_at"])


@transaction.atomic
def resume_webhook(*, webhook: Webhook, with_missed: bool, by: User | None, now: datetime) -> int:
    """This will send again. What waited goes now; `with_missed` also what happened while nothing was sent.

    Returns how many of the missed events were put in the queue. Raises PermissionDenied.
    """
    fresh = _held(webhook, by)
    if fresh.state == WebhookState.ACTIVE:
        return 0
    since = max(fresh.created_at, fresh.state_at - ON_ITS_WAY)
    forgive(fresh)
    fresh.state, fresh.reason, fresh.state_at, fresh.owner = WebhookState.ACTIVE, "", now, fresh.owner or by
    fresh.save()
    fresh.deliveries.filter(state=DeliveryState.WAITING).update(due_at=now)
    missed = _queue_since(fresh, since, now, again=False) if with_missed else 0
    record_webhook("resumed", fresh, by=by, now=now, data={"missed": missed})
    wake(fresh, now)
    return missed


@transaction.atomic
def rotate_secret(*, webhook: Webhook, hours: int, by: User | None, now: datetime) -> tuple[Webhook, str]:
    """This will make a new signing secret and return it, shown once; the old one signs beside it for `hours` (0–168).

    0 ends the old one at once, for a secret that has become known; so does a second rotation with the one before.
    Raises PermissionDenied and ValidationError.
    """
    fresh = _held(webhook, by)
    if not 0 <= hours <= LONGEST_OVERLAP_HOURS:
        raise ValidationError({"hours": _("The old secret can go on for 0 to 168 hours.")})
    secret = new_secret()
    fresh.previous_secret = fresh.secret if hours else ""
    fresh.previous_until = now + timedelta(hours=hours) if hours else None
    fresh.secret = seal(secret, SEALED_FOR)
    fresh.revision += 1
    fresh.save(update_fields=["secret", "previous_secret", "previous_until", "revision"])
    record_webhook("secret_replaced", fresh, by=by, now=now, data={"hours": hours})
    return fresh, secret


@transaction.atomic
def remove_webhook(*, webhook: Webhook, by: User | None, now: datetime) -> None:
    """This will remove a webhook with its log; what waits is not sent.

    Raises PermissionDenied, and CannotChangeWebhook when somebody else removed it meanwhile.
    """
    fresh = _held(webhook, by)
    record_webhook("removed", fresh, by=by, now=now)
    WebhookEvent.objects.filter(name=TEST, deliveries__webhook=fresh).delete()
    fresh.delete()


@transaction.atomic
def send_test(*, webhook: Webhook, by: User | None, now: datetime) -> WebhookDelivery:
    """This will send a message that says it is a test, as soon as the worker can.

    Raises PermissionDenied, and CannotChangeWebhook for one that is not active or has enough tests waiting.
    """
    fresh = _active(webhook, by)
    tests = fresh.deliveries.filter(event__name=TEST, state=DeliveryState.WAITING)
    if tests.count() >= MOST_TESTS:
        raise CannotChangeWebhook(_("Five tests wait already. Look at how they went first."))
    event = WebhookEvent.objects.create(name=TEST, at=now, data={"webhook": fresh.key})
    delivery = put_deliveries(fresh, [event], now)[0]
    _call_now(fresh, "tested", by, now)
    return delivery


@transaction.atomic
def replay_delivery(
    *, webhook: Webhook, delivery: WebhookDelivery, by: User | None, now: datetime
) -> WebhookDelivery:
    """This will send one message again, with the same id: delivered before or not.

    Raises PermissionDenied, and CannotChangeWebhook while nothing is sent to it.
    """
    fresh = _active(webhook, by)
    WebhookDelivery.objects.filter(pk=delivery.pk, webhook=fresh).update(
        state=DeliveryState.WAITING, tries=0, due_at=now, done_at=None
    )
    _call_now(fresh, "replayed", by, now, delivery=delivery.key)
    delivery.refresh_from_db()
    return delivery


@transaction.atomic
def replay_since(*, webhook: Webhook, since: datetime, by: User | None, now: datetime) -> int:
    """This will send every event since a moment again, those that were never sent too; returns how many.

    Of the last 30 days and at most 5,000. Raises PermissionDenied, CannotChangeWebhook while nothing is sent to it or
    for more, and ValidationError for a moment that is older or has not come yet.
    """
    fresh = _active(webhook, by)
    if not now - KEPT <= since <= now:
        raise ValidationError({"since": _("Give a moment of the last 30 days.")})
    count = _queue_since(fresh, since, now, again=True)
    _call_now(fresh, "replayed", by, now, since=since.isoformat(), count=count)
    return count


def _active(webhook: Webhook, by: User | None) -> Webhook:
    """The webhook, locked, for what is sent at once. Raises PermissionDenied, and CannotChangeWebhook while nothing is."""
    fresh = _held(webhook, by)
    if fresh.state != WebhookState.ACTIVE:
        raise CannotChangeWebhook(_("Nothing is sent while it is paused. Resume it first."))
    return fresh


def _call_now(webhook: Webhook, did: str, by: User | None, now: datetime, **data: Any) -> None:
    """Somebody looks at the answer right now: a receiver that is being left alone is called too."""
    webhook.resting_until = None
    webhook.save(update_fields=["resting_until"])
    record_webhook(did, webhook, by=by, now=now, data=data)
    wake(webhook, now)


def _queue_since(webhook: Webhook, since: datetime, now: datetime, *, again: bool) -> int:
    """Queue the events since a moment; `again` sends those anew whose deliveries have ended."""
    events = list(events_for(webhook).filter(at__gte=since).order_by("at", "pk")[: MOST_REPLAYED + 1])
    if len(events) > MOST_REPLAYED:
        raise CannotChangeWebhook(_("More than 5,000 events happened since then. Choose a later moment."))
    known = set(webhook.deliveries.filter(event__in=events).values_list("event_id", flat=True))
    new = put_deliveries(webhook, [one for one in events if one.pk not in known], now)
    if not again:
        return len(new)
    ended = webhook.deliveries.filter(event__in=events).exclude(pk__in=[one.pk for one in new])
    return len(new) + ended.update(state=DeliveryState.WAITING, tries=0, due_at=now, done_at=None)
