"""Webhooks with a key: made, changed, tested, replayed. Signing secrets are in one answer and in no kept one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema
from pydantic import AwareDatetime

from vetovoima.accounts.rights import Action, Kind
from vetovoima.common.fields import LANGUAGES
from vetovoima.reference.queries import municipality as municipality_by_slug
from vetovoima.syndication.webhooks import queries, services
from vetovoima.syndication.webhooks.enums import Content, DeliveryState
from vetovoima.syndication.webhooks.events import EVENTS

from .doors import ApiRequest, key_door
from .lists import Page, data, listed_part
from .offer import moment
from .payloads import ItemList, Strict
from .problems import Problem, not_found

if TYPE_CHECKING:
    from vetovoima.syndication.webhooks.models import Webhook, WebhookDelivery

router = Router(tags=["webhooks"])
READ = key_door(Kind.WEBHOOK, Action.VIEW)
MAKE, WRITE = key_door(Kind.WEBHOOK, Action.CREATE), key_door(Kind.WEBHOOK, Action.EDIT)
EventName = Literal[*EVENTS]  # type: ignore[valid-type]
LanguageName = Literal[*LANGUAGES]  # type: ignore[valid-type]


class WebhookShape(Schema):
    """A webhook: where it tells, of what, and how that goes."""

    key: str
    municipality: str | None = Field(description="Whose it is; null is the region's own.")
    title: str
    url: str
    events: list[str]
    municipalities: list[str] = Field(description="Whose records it is told of; empty is all.")
    content: Literal[*Content.values]  # type: ignore[valid-type]
    language: str
    state: Literal["active", "paused", "stopped"]
    reason: str
    failing_since: str | None
    last_good_at: str | None
    old_secret_until: str | None
    waiting: int


class WebhookWithSecret(WebhookShape):
    """A webhook with a signing secret that was just made."""

    secret: str | None = Field(
        description="Shown once: null when the answer is given again for its Idempotency-Key."
    )


class DeliveryShape(Schema):
    """A message on its way: its id is the webhook-id of every attempt."""

    id: str
    event: str
    code: str
    at: str
    state: Literal[*DeliveryState.values]  # type: ignore[valid-type]
    next_attempt_at: str | None
    attempts: list[dict[str, Any]]


class WebhookChange(Strict):
    """What is changed of a webhook; what is not named stays."""

    title: str | None = Field(None, min_length=1, max_length=120)
    url: str | None = Field(None, max_length=2000)
    events: list[EventName] | None = None
    municipalities: list[str] | None = Field(None, max_length=500)
    content: Literal[*Content.values] | None = None  # type: ignore[valid-type]
    language: LanguageName | None = None


class NewWebhook(Strict):
    """A new webhook."""

    municipality: str | None = Field(None, max_length=60, description="Slug; null for the region's own.")
    title: str = Field(min_length=1, max_length=120)
    url: str = Field(max_length=2000, description="https only; redirects are not followed.")
    events: list[EventName] = Field(min_length=1)
    municipalities: list[str] = Field([], max_length=500)
    content: Literal[*Content.values] = "links"  # type: ignore[valid-type]
    language: LanguageName = "en"


class Rotation(Strict):
    """How long the old secret signs beside the new one."""

    hours: int = Field(24, ge=0, le=services.LONGEST_OVERLAP_HOURS)


class Resumption(Strict):
    """Whether what was missed is sent too."""

    with_missed: bool = True


class Since(Strict):
    """From when on everything is sent again: at most 30 days back."""

    since: AwareDatetime


class Replayed(Schema):
    """How many messages are sent again."""

    count: int


class DeliveryPage(Page):
    """Which deliveries are asked for."""

    state: Literal["", *DeliveryState.values] = ""  # type: ignore[valid-type]


def _shape(webhook: Webhook) -> dict[str, Any]:
    return {
        "key": webhook.key, "municipality": webhook.municipality.slug if webhook.municipality else None,
        "title": webhook.title, "url": webhook.url, "events": webhook.events, "municipalities": webhook.municipalities,
        "content": webhook.content, "language": webhook.language, "state": webhook.state, "reason": webhook.reason,
        "failing_since": moment(webhook.failing_since), "last_good_at": moment(webhook.last_good_at),
        "old_secret_until": moment(webhook.previous_until), "waiting": queries.waiting_count(webhook),
    }  # fmt: skip


def _delivery(one: WebhookDelivery) -> dict[str, Any]:
    attempts = [
        {
            "at": moment(each.at),
            "milliseconds": each.milliseconds,
            "status": each.status,
            "outcome": each.outcome,
        }
        for each in one.attempts.all()
    ]
    return {
        "id": one.key, "event": one.event.name, "code": one.event.code, "at": moment(one.event.at), "state": one.state,
        "next_attempt_at": moment(one.due_at) if one.state == DeliveryState.WAITING else None, "attempts": attempts,
    }  # fmt: skip


def _webhook(request: ApiRequest, key: str) -> Webhook:
    found = queries.webhook_for(request.user, key)
    if found is None:
        raise not_found()
    return found


def _with_secret(request: ApiRequest, webhook: Webhook, secret: str, status: int) -> HttpResponse:
    """An answer with a secret in it; what is kept for the same Idempotency-Key has none."""
    shape = _shape(_webhook(request, webhook.key))
    answer = data({**shape, "secret": secret}, status=status)
    answer.kept = data({**shape, "secret": None}, status=status)  # type: ignore[attr-defined]
    return answer


@router.get("/webhooks", auth=READ, response=ItemList, url_name="webhooks", summary="Webhooks")
def webhooks(request: ApiRequest, asked: Query[Page]) -> HttpResponse:
    """This will list the webhooks within the key's reach."""
    return listed_part(request, queries.webhooks_for(request.user), asked, _shape)


@router.post(
    "/webhooks", auth=MAKE, response={201: WebhookWithSecret}, url_name="webhooks", summary="Make a webhook"
)
def make_webhook(request: ApiRequest, payload: NewWebhook) -> HttpResponse:
    """This will make a webhook; its signing secret is in this answer and nowhere else."""
    place = municipality_by_slug(payload.municipality) if payload.municipality else None
    if payload.municipality and place is None:
        raise Problem("invalid", _("The municipality is not known."))
    values = payload.dict(exclude={"municipality"})
    made, secret = services.create_webhook(
        municipality=place, values=values, by=request.user, now=timezone.now()
    )
    return _with_secret(request, made, secret, 201)


@router.get("/webhooks/{key}", auth=READ, response=WebhookShape, url_name="webhook", summary="One webhook")
def webhook(request: ApiRequest, key: str) -> HttpResponse:
    """This will show one webhook; never its secret."""
    return data(_shape(_webhook(request, key)))


@router.patch(
    "/webhooks/{key}", auth=WRITE, response=WebhookShape, url_name="webhook", summary="Change a webhook"
)
def change_webhook(request: ApiRequest, key: str, payload: WebhookChange) -> HttpResponse:
    """This will change where and of what a webhook tells."""
    values = {name: value for name, value in payload.dict().items() if value is not None}
    services.edit_webhook(
        webhook=_webhook(request, key), values=values, by=request.user, now=timezone.now(), revision=None
    )
    return data(_shape(_webhook(request, key)))


@router.api_operation(
    ["DELETE"],
    "/webhooks/{key}",
    auth=WRITE,
    response={204: None},
    url_name="webhook",
    summary="Remove a webhook",
)
def drop_webhook(request: ApiRequest, key: str) -> HttpResponse:
    """This will remove a webhook with its log."""
    services.remove_webhook(webhook=_webhook(request, key), by=request.user, now=timezone.now())
    return HttpResponse(status=204)


@router.post(
    "/webhooks/{key}/secret", auth=WRITE, response=WebhookWithSecret, url_name="webhook_secret",
    summary="Replace the signing secret",
)  # fmt: skip
def replace_secret(request: ApiRequest, key: str, payload: Rotation) -> HttpResponse:
    """This will make a new signing secret; until the old one ends every message has two signatures."""
    fresh, secret = services.rotate_secret(
        webhook=_webhook(request, key), hours=payload.hours, by=request.user, now=timezone.now()
    )
    return _with_secret(request, fresh, secret, 200)


@router.post(
    "/webhooks/{key}/pause", auth=WRITE, response=WebhookShape, url_name="webhook_pause", summary="Pause"
)
def pause_webhook(request: ApiRequest, key: str) -> HttpResponse:
    """This will send nothing until it is resumed."""
    services.pause_webhook(webhook=_webhook(request, key), by=request.user, now=timezone.now())
    return data(_shape(_webhook(request, key)))


@router.post(
    "/webhooks/{key}/resume", auth=WRITE, response=Replayed, url_name="webhook_resume", summary="Resume"
)
def resume_webhook(request: ApiRequest, key: str, payload: Resumption) -> HttpResponse:
    """This will send again, on wish with what was missed meanwhile."""
    count = services.resume_webhook(
        webhook=_webhook(request, key), with_missed=payload.with_missed, by=request.user, now=timezone.now()
    )
    return data({"count": count})


@router.post(
    "/webhooks/{key}/test",
    auth=WRITE,
    response={202: DeliveryShape},
    url_name="webhook_test",
    summary="Send a test",
)
def test_webhook(request: ApiRequest, key: str) -> HttpResponse:
    """This will send a message of the event webhook.test."""
    made = services.send_test(webhook=_webhook(request, key), by=request.user, now=timezone.now())
    return data(_delivery(made), status=202)


@router.get(
    "/webhooks/{key}/deliveries",
    auth=READ,
    response=ItemList,
    url_name="webhook_deliveries",
    summary="Deliveries",
)
def webhook_deliveries(request: ApiRequest, key: str, asked: Query[DeliveryPage]) -> HttpResponse:
    """This will list the deliveries of the last 30 days, the newest first, each with its attempts."""
    return listed_part(request, queries.deliveries_of(_webhook(request, key), asked.state), asked, _delivery)


@router.post(
    "/webhooks/{key}/deliveries/{delivery}/replay", auth=WRITE, response={202: DeliveryShape},
    url_name="webhook_delivery_replay", summary="Send one message again",
)  # fmt: skip
def replay_one(request: ApiRequest, key: str, delivery: str) -> HttpResponse:
    """This will send one message again, with the same id."""
    one = _webhook(request, key)
    found = queries.delivery_of(one, delivery[:40])
    if found is None:
        raise not_found()
    services.replay_delivery(webhook=one, delivery=found, by=request.user, now=timezone.now())
    return data(_delivery(found), status=202)


@router.post(
    "/webhooks/{key}/replay",
    auth=WRITE,
    response=Replayed,
    url_name="webhook_replay",
    summary="Send again since a moment",
)
def replay_all(request: ApiRequest, key: str, payload: Since) -> HttpResponse:
    """This will send again every event since a moment, also those that were never sent."""
    count = services.replay_since(
        webhook=_webhook(request, key), since=payload.since, by=request.user, now=timezone.now()
    )
    return data({"count": count})
