"""Questions about webhooks: whose they are, what was delivered and how, what comes next."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from vetovoima.accounts.enums import Role
from vetovoima.accounts.models import User
from vetovoima.accounts.queries import members_of, municipality_organisation, people_with_role
from vetovoima.accounts.rights import Action, Kind
from vetovoima.accounts.rules import may
from vetovoima.activity.models import Fact
from vetovoima.activity.queries import history_of
from vetovoima.catalogue.models import Site
from vetovoima.reference.models import Municipality
from vetovoima.reference.queries import municipalities

from . import rules
from .enums import DeliveryState
from .events import ABOUT_RECORDS
from .models import Webhook, WebhookAttempt, WebhookDelivery

KIND = "webhook"


def webhooks_for(user: Any) -> QuerySet[Webhook]:
    """The webhooks that a person may see, by municipality and name."""
    return Webhook.objects.visible_to(user).select_related("municipality", "owner")


def webhook_for(user: Any, key: str) -> Webhook | None:
    """One webhook that a person may see, or None."""
    return webhooks_for(user).filter(key=key).first()


def all_webhooks() -> QuerySet[Webhook]:
    """Every webhook: for the operator's command line."""
    return Webhook.objects.select_related("municipality", "owner")


def deliveries_of(webhook: Webhook, state: str = "") -> QuerySet[WebhookDelivery]:
    """What was and is to be delivered, the newest first, each with its attempts."""
    rows = webhook.deliveries.select_related("event").prefetch_related("attempts").order_by("-made_at", "-pk")
    return rows.filter(state=state) if state else rows


def delivery_of(webhook: Webhook, key: str) -> WebhookDelivery | None:
    """One delivery of a webhook, or None."""
    return deliveries_of(webhook).filter(key=key).first()


def attempts_of(delivery: WebhookDelivery) -> QuerySet[WebhookAttempt]:
    """The attempts at one delivery, the first one first."""
    return delivery.attempts.order_by("at", "pk")


def waiting_count(webhook: Webhook) -> int:
    """How many deliveries wait."""
    return webhook.deliveries.filter(state=DeliveryState.WAITING).count()


def stopped_for(user: Any) -> list[Webhook]:
    """The webhooks that a person may mend and that arrive nowhere: failing, or stopped by us."""
    if not may(user, Kind.WEBHOOK, Action.EDIT):
        return []
    found = [one for one in webhooks_for(user) if one.state == "stopped" or one.is_failing]
    return [one for one in found if rules.can_edit(user, one.municipality_id)]


def last_publication(fact: Fact) -> Fact | None:
    """The fact before this one by which the same record became public or ceased to be, or None."""
    earlier = Fact.objects.filter(kind=fact.kind, code=fact.code, type__in=ABOUT_RECORDS, pk__lt=fact.pk)
    return earlier.order_by("-pk").first()


def last_version(site: Site) -> int:
    """The number of the version that was public last; 0 before there was one."""
    return site.versions.order_by("-number").values_list("number", flat=True).first() or 0


def history(webhook: Webhook) -> QuerySet[Fact]:
    """What people and the service did to a webhook, the newest first."""
    return history_of(KIND, webhook.key)


def creatable_places(user: Any) -> list[Municipality | None]:
    """For whom a person may make a webhook: municipalities, and None for the region."""
    places: list[Municipality | None] = [None, *municipalities()]
    return [one for one in places if rules.can_create_for(user, one.pk if one else None)]


def told(webhook: Webhook) -> list[User]:
    """Who hears that a webhook was stopped: its owner while they may still mend it, else the municipality's people who
    may, else the coordinators."""
    owner = webhook.owner
    if owner is not None and owner.is_active and rules.can_edit(owner, webhook.municipality_id):
        return [owner]
    if webhook.municipality_id:
        organisation = municipality_organisation(webhook.municipality_id)
        people = members_of({organisation.pk}) if organisation else User.objects.none()
        if able := [one for one in people if rules.can_edit(one, webhook.municipality_id)]:
            return able
    return list(people_with_role(Role.COORDINATOR))


def due_webhooks(now: datetime) -> QuerySet[Webhook]:
    """The active webhooks that have something due and are not left alone: for the look that catches lost turns."""
    waiting = WebhookDelivery.objects.filter(state=DeliveryState.WAITING, due_at__lte=now)
    rested = Webhook.objects.active().exclude(resting_until__gt=now).exclude(claimed_until__gt=now)
    return rested.filter(pk__in=waiting.values("webhook")).order_by("pk")
