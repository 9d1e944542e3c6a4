"""Telling: one receiver's turn, one message after the other, and what is kept of it.

A turn holds no transaction while it waits for a receiver: it claims the receiver with one short write, sends, and notes
each outcome with another. Killed in between, claim and lease run out and the message is sent again with the same id.
"""

from __future__ import annotations

import logging
import random
import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from ssl import SSLError

from django.db.models import QuerySet
from django.utils import timezone

from vetovoima.activity.beside import short_write
from vetovoima.common.http import CannotFetch, Deadline, NotModified, Refused, Request, TryLater, send
from vetovoima.common.sealing import CannotUnseal, unseal

from .enums import DeliveryState, Outcome, Reason, WebhookState
from .models import Webhook, WebhookAttempt, WebhookDelivery
from .payloads import message
from .services import SEALED_FOR, record_webhook, stop
from .signing import headers
from .turns import wake

log = logging.getLogger(__name__)
#: one call, from the name to the status; the answer itself is not read
CALL_SECONDS = 15.0
#: a turn begins no call after so long; with a last call it stays within claim and lease
TURN_SECONDS = 25.0
#: shorter than the outbox's lease: whoever takes a dead worker's item finds the claim run out
CLAIM = timedelta(seconds=50)
#: waits before the second attempt, the third …: three days and a bit together, as the specification advises
WAITS = tuple(
    timedelta(seconds=one)
    for one in (5, 5 * 60, 30 * 60, 2 * 3600, 5 * 3600, 10 * 3600, 14 * 3600, 20 * 3600, 24 * 3600)
)
#: waits are drawn out by up to a fifth, never shortened: receivers that fell together do not get up to one knock
LONGER = 1.2
#: how long a receiver in trouble is left alone, whatever else waits for it: grows with each failure
RESTS = tuple(timedelta(seconds=one) for one in (5, 30, 2 * 60, 10 * 60, 30 * 60))
#: after a turn that ended in trouble of our own, a database that did not answer for example
AFTER_TROUBLE = timedelta(seconds=30)
#: a receiver that took nothing for so long is stopped; the last attempt at a message is later than that
STOPPED_AFTER = timedelta(days=3)
#: trouble of the receiver as a whole, not of one message
OF_RECEIVER = frozenset(set(Outcome) - {Outcome.DELIVERED, Outcome.REFUSED})
JUDGED = ("failing_since", "resting_until", "failures", "last_good_at", "claim", "claimed_until")
#: trouble for which no receiver is stopped
OURS = frozenset({Outcome.OURS, Outcome.NO_SECRET})
_BY_CODE = {
    "too_long": Outcome.TOO_LONG, "cut": Outcome.CUT, "unknown_name": Outcome.UNKNOWN_NAME, "moved": Outcome.MOVED,
    "not_public": Outcome.NOT_ALLOWED, "not_an_address": Outcome.NOT_ALLOWED, "not_allowed": Outcome.NOT_ALLOWED,
    "port": Outcome.NOT_ALLOWED,
}  # fmt: skip


@dataclass(frozen=True)
class Result:
    """What one attempt came to: a class and a number, nothing that the receiver wrote."""

    outcome: Outcome
    at: datetime
    milliseconds: int
    status: int | None = None
    #: how long the receiver asks us to wait
    seconds: int = 0


def take_turn(webhook_id: int, turn: int) -> int:
    """This will send what is due to one receiver until it fails, nothing is left or the time is up; returns how many
    messages were tried. When it is somebody else's turn, it asks to look again when that one must have ended."""
    claimed = _claim(webhook_id, turn)
    if claimed is None:
        return 0
    webhook, claim = claimed
    end, tried, rest = time.monotonic() + TURN_SECONDS, 0, AFTER_TROUBLE
    is_released = False
    try:
        delivery = _next(webhook)
        while delivery is not None and time.monotonic() < end:
            result = attempt(webhook, delivery)
            tried += 1
            delivery, is_released = keep(webhook, delivery, result, claim)
        rest = timedelta()
    finally:
        if not is_released:
            _release(webhook.pk, claim, rest)
    return tried


@short_write()
def _claim(webhook_id: int, turn: int) -> tuple[Webhook, str] | None:
    webhook = Webhook.objects.select_for_update(of=("self",)).filter(pk=webhook_id).first()
    if webhook is None:
        return None
    if webhook.turn == turn:
        # What happens from now on asks for a turn of its own: this one may have looked already.
        webhook.turn += 1
    now = timezone.now()
    later = max(
        (one for one in (webhook.claimed_until, webhook.resting_until) if one and one > now), default=None
    )
    is_ours = webhook.state == WebhookState.ACTIVE and later is None
    if is_ours:
        webhook.claim, webhook.claimed_until = secrets.token_hex(16), now + CLAIM
    webhook.save(update_fields=["turn", "claim", "claimed_until"])
    if webhook.state == WebhookState.ACTIVE and later is not None:
        wake(webhook, later)
    return (webhook, webhook.claim) if is_ours else None


@short_write()
def _release(webhook_id: int, claim: str, rest: timedelta) -> None:
    """End a turn. `rest` lets time pass first: a turn that broke must not begin anew at once, for ever."""
    webhook = Webhook.objects.select_for_update(of=("self",)).filter(pk=webhook_id, claim=claim).first()
    if webhook is None:
        return
    webhook.claim, webhook.claimed_until = "", None
    webhook.save(update_fields=["claim", "claimed_until"])
    first = _waiting(webhook).first()
    if first is not None and webhook.state == WebhookState.ACTIVE:
        _wake_for(webhook, first, timezone.now() + rest)


def _wake_for(webhook: Webhook, first: WebhookDelivery, least: datetime) -> None:
    """Ask for the next turn because something waits: also what came while this one was going on."""
    wake(webhook, max(first.due_at, webhook.resting_until or least, least))


def _waiting(webhook: Webhook) -> QuerySet[WebhookDelivery]:
    return webhook.deliveries.filter(state=DeliveryState.WAITING).order_by("due_at", "pk")


def _next(webhook: Webhook) -> WebhookDelivery | None:
    """What is to be sent next: the message that has been due longest; of one moment the one that happened first."""
    return _waiting(webhook).filter(due_at__lte=timezone.now()).select_related("event").first()


def attempt(webhook: Webhook, delivery: WebhookDelivery) -> Result:
    """This will send one message once. Whatever the receiver does, it takes at most `CALL_SECONDS` and is not read."""
    now, started = timezone.now(), time.monotonic()

    def result(outcome: Outcome, status: int | None = None, seconds: int = 0) -> Result:
        return Result(outcome, now, round((time.monotonic() - started) * 1000), status, seconds)

    try:
        content = message(webhook, delivery.event)
        signed = headers(_secrets(webhook, now), delivery.key, now, content)
        sent = {"Content-Type": "application/json", "Accept": "*/*", **signed}
        request = Request(webhook.url, "POST", sent, content, takes_any_success=True, reads_body=False)
        answer = send(request, Deadline(CALL_SECONDS))
    except CannotUnseal:
        return result(Outcome.NO_SECRET)
    except TryLater as error:
        return result(Outcome.BUSY, error.status, error.seconds)
    except Refused as error:
        if error.status == 410:
            return result(Outcome.GONE, error.status)
        return result(_BY_CODE.get(error.code, Outcome.REFUSED), error.status)
    except NotModified:
        return result(Outcome.REFUSED, 304)
    except CannotFetch as error:
        is_certificate = isinstance(error.__cause__, SSLError)
        fallback = Outcome.CERTIFICATE if is_certificate else Outcome.UNREACHABLE
        return result(_BY_CODE.get(error.code, fallback))
    except Exception as error:  # noqa: BLE001
        # Noted like any other failure, so that it waits longer each time; its text may hold an address.
        log.error("webhook %s: %s while sending", webhook.key, type(error).__name__)
        return result(Outcome.OURS)
    return result(Outcome.DELIVERED, answer.status)


def _secrets(webhook: Webhook, now: datetime) -> Sequence[str]:
    """The secrets that sign: the new one, and for a while the one that it replaced."""
    sealed = [webhook.secret]
    if webhook.previous_secret and webhook.previous_until and webhook.previous_until > now:
        sealed.append(webhook.previous_secret)
    return [unseal(one, SEALED_FOR) for one in sealed]


@short_write()
def keep(
    webhook: Webhook, delivery: WebhookDelivery, result: Result, claim: str
) -> tuple[WebhookDelivery | None, bool]:
    """This will note an attempt and what follows from it; returns what is to be sent next, and whether the turn was
    ended here because nothing is."""
    fresh = Webhook.objects.select_for_update(of=("self",)).filter(pk=webhook.pk).first()
    if fresh is None or not WebhookDelivery.objects.filter(pk=delivery.pk).exists():
        return None, False  # removed while we were calling
    WebhookAttempt.objects.create(
        delivery=delivery, at=result.at, milliseconds=result.milliseconds, status=result.status,
        outcome=result.outcome,
    )  # fmt: skip
    now = timezone.now()
    _move(delivery, result, now)
    reason = _judge(fresh, result, now)
    if reason is not None:
        stop(fresh, WebhookState.STOPPED, reason, now)
        record_webhook("stopped", fresh, by=None, now=now, data={"reason": reason.value})
    following = _end_or_go_on(fresh, claim, now)
    fresh.save(update_fields=JUDGED)
    # Secrets and address may have changed while we were calling: the next message goes with those that hold now.
    for name in ("url", "secret", "previous_secret", "previous_until", "content", "language", "state"):
        setattr(webhook, name, getattr(fresh, name))
    return following, fresh.claim != claim


def _end_or_go_on(webhook: Webhook, claim: str, now: datetime) -> WebhookDelivery | None:
    """What is sent next by whoever holds the claim; nothing ends the claim. Nothing is saved."""
    if webhook.claim != claim:
        return None  # it ran out while we were calling, and another has it
    first = (
        _waiting(webhook).select_related("event").first() if webhook.state == WebhookState.ACTIVE else None
    )
    is_resting = webhook.resting_until is not None and webhook.resting_until > now
    if first is not None and first.due_at <= now and not is_resting:
        webhook.claimed_until = now + CLAIM
        return first
    webhook.claim, webhook.claimed_until = "", None
    if first is not None:
        _wake_for(webhook, first, now)
    return None


def _move(delivery: WebhookDelivery, result: Result, now: datetime) -> None:
    """The delivery's own next step. One that was replayed meanwhile is waiting anew and stays so."""
    same = WebhookDelivery.objects.filter(pk=delivery.pk, state=DeliveryState.WAITING, tries=delivery.tries)
    same = same.filter(due_at=delivery.due_at)
    if result.outcome == Outcome.DELIVERED:
        same.update(state=DeliveryState.DELIVERED, done_at=now, tries=delivery.tries + 1)
    elif delivery.tries >= len(WAITS):
        same.update(state=DeliveryState.FAILED, done_at=now, tries=delivery.tries + 1)
    else:
        wait = WAITS[delivery.tries] * random.uniform(1.0, LONGER)
        due = now + max(wait, timedelta(seconds=result.seconds))
        same.update(due_at=due, tries=delivery.tries + 1)


def _judge(webhook: Webhook, result: Result, now: datetime) -> Reason | None:
    """What an attempt says of the receiver: well again, left alone for a while, or to be stopped. Nothing is saved."""
    if result.outcome == Outcome.DELIVERED:
        webhook.failing_since = webhook.resting_until = None
        webhook.failures, webhook.last_good_at = 0, now
        return None
    webhook.failures += 1
    if result.outcome not in OURS:
        webhook.failing_since = webhook.failing_since or now
    if result.outcome in OF_RECEIVER or (result.status or 0) >= 500:
        rest = RESTS[min(webhook.failures, len(RESTS)) - 1] * random.uniform(1.0, LONGER)
        webhook.resting_until = now + max(rest, timedelta(seconds=min(result.seconds, 3600)))
    if webhook.state != WebhookState.ACTIVE or webhook.failing_since is None:
        return None
    if result.outcome == Outcome.GONE:
        return Reason.GONE
    return Reason.FAILING if now - webhook.failing_since >= STOPPED_AFTER else None
