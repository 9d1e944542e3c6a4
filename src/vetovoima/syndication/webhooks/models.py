"""Who wants to be told of what, what there was to tell, and how telling it went."""

from __future__ import annotations

from typing import Any, ClassVar
from urllib.parse import urlsplit

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from vetovoima.accounts.rights import Action, Kind, Reach
from vetovoima.accounts.rules import municipality_ids, reach

from .enums import Content, DeliveryState, Outcome, Reason, WebhookState


class WebhookQuerySet(models.QuerySet["Webhook"]):
    """Adjectives for lists of webhooks."""

    def visible_to(self, user: Any) -> WebhookQuerySet:
        """Those of a person's own municipality, or all; the region's own are seen by those who see all."""
        furthest = reach(user, Kind.WEBHOOK, Action.VIEW)
        if furthest == Reach.ALL:
            return self
        if furthest == Reach.OWN:
            return self.filter(municipality_id__in=municipality_ids(user, Kind.WEBHOOK, Action.VIEW))
        return self.none()

    def active(self) -> WebhookQuerySet:
        """Those to which anything is sent."""
        return self.filter(state=WebhookState.ACTIVE)


class Webhook(models.Model):
    """An address that is told of events. Changed by `webhooks.services`; how it does is noted by `webhooks.sending`.

    `municipality` None is the region's own. The address may hold a password of the receiver's: it stands in no fact, no
    log and no mail. The secrets are sealed (`common.sealing`).
    """

    key = models.SlugField(max_length=20, unique=True)
    municipality = models.ForeignKey(
        "reference.Municipality", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    owner = models.ForeignKey(
        "accounts.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    title = models.CharField(_("name"), max_length=120)
    url = models.CharField(_("address"), max_length=2000)
    #: names of `events.EVENTS`
    events = models.JSONField(default=list)
    #: slugs of the municipalities whose records it is told of; empty is the whole region
    municipalities = models.JSONField(default=list, blank=True)
    content = models.CharField(max_length=10, choices=Content.choices, default=Content.LINKS)
    #: of the public document, when it is told
    language = models.CharField(max_length=5, default="en")
    state = models.CharField(max_length=10, choices=WebhookState.choices, default=WebhookState.ACTIVE)
    reason = models.CharField(max_length=10, choices=Reason.choices, blank=True)
    state_at = models.DateTimeField()
    secret = models.TextField()
    previous_secret = models.TextField(blank=True)
    previous_until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=1)
    #: since when nothing arrived any more, how many attempts that were, and until when it is left alone
    failing_since = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveIntegerField(default=0)
    resting_until = models.DateTimeField(null=True, blank=True)
    last_good_at = models.DateTimeField(null=True, blank=True)
    #: names the outbox item that comes next; moved by each turn of the sender
    turn = models.PositiveBigIntegerField(default=1)
    #: who is sending to it now: of several workers one at a time
    claim = models.CharField(max_length=32, blank=True)
    claimed_until = models.DateTimeField(null=True, blank=True)

    objects = WebhookQuerySet.as_manager()

    class Meta:
        ordering = ("municipality__slug", "title", "pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(state__in=WebhookState.values), name="webhook_state_known"),
            models.CheckConstraint(condition=Q(content__in=Content.values), name="webhook_content_known"),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=("state",), name="webhook_state")]

    def __str__(self) -> str:
        return f"{self.key} ({self.host})"

    @property
    def host(self) -> str:
        """The server's name: all of the address that is shown where not everybody may see it."""
        return (urlsplit(self.url).hostname or "")[:200]

    @property
    def is_failing(self) -> bool:
        """Whether the last attempts came to nothing."""
        return self.state == WebhookState.ACTIVE and self.failing_since is not None


class WebhookEvent(models.Model):
    """One event that webhooks tell. Written once for each fact that is one; erased after `services.KEPT`."""

    name = models.CharField(max_length=40)
    at = models.DateTimeField()
    code = models.CharField(max_length=60, blank=True)
    #: "" is the whole region's
    municipality_slug = models.CharField(max_length=60, blank=True)
    #: what the message says beside its name and moment (`payloads`)
    data = models.JSONField(default=dict)
    #: number of the fact that it comes from; none for a test
    fact = models.PositiveBigIntegerField(null=True, blank=True, unique=True)

    class Meta:
        ordering = ("at", "pk")
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=("at",), name="webhook_event_at")]

    def __str__(self) -> str:
        return f"{self.name} {self.code}"


class WebhookDelivery(models.Model):
    """One event on its way to one webhook: the message, whose id stays the same however often it is sent."""

    key = models.CharField(max_length=40, unique=True)
    webhook = models.ForeignKey("syndication.Webhook", on_delete=models.CASCADE, related_name="deliveries")
    event = models.ForeignKey("syndication.WebhookEvent", on_delete=models.CASCADE, related_name="deliveries")
    state = models.CharField(max_length=10, choices=DeliveryState.choices, default=DeliveryState.WAITING)
    #: attempts since it was made or replayed: which wait comes next
    tries = models.PositiveIntegerField(default=0)
    due_at = models.DateTimeField()
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-made_at", "-pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("webhook", "event"), name="webhook_delivery_once"),
            models.CheckConstraint(
                condition=Q(state__in=DeliveryState.values), name="webhook_delivery_state_known"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=("webhook", "state", "due_at"), name="webhook_delivery_due"),
            models.Index(fields=("webhook", "-made_at"), name="webhook_delivery_log"),
        ]

    def __str__(self) -> str:
        return self.key


class WebhookAttempt(models.Model):
    """One attempt to deliver: when, how long, what came of it. Never a word of the answer."""

    delivery = models.ForeignKey(
        "syndication.WebhookDelivery", on_delete=models.CASCADE, related_name="attempts"
    )
    at = models.DateTimeField()
    milliseconds = models.PositiveIntegerField()
    #: of the answer; none when there was no answer
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    outcome = models.CharField(max_length=12, choices=Outcome.choices)

    class Meta:
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.delivery_id}: {self.outcome}"
