"""The log of facts and the outbox."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from vetovoima.accounts.enums import Sharing


class Fact(models.Model):
    """One thing that happened, written once and never changed. Written by `activity.services.record` alone."""

    type = models.CharField(max_length=80)
    at = models.DateTimeField()
    actor = models.ForeignKey(
        "accounts.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    actor_name = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=30)
    code = models.CharField(max_length=60)
    sharing = models.CharField(max_length=10, choices=Sharing.choices, default=Sharing.OWNER)
    organisations = models.ManyToManyField("accounts.Organisation", related_name="+", blank=True)
    changes = models.JSONField(default=dict, blank=True)
    data = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("-at", "-pk")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=("kind", "code", "-at"), name="fact_of_thing"),
            models.Index(fields=("type", "-at"), name="fact_of_type"),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.code}"


class OutboxState(models.TextChoices):
    """Where an outbox item is; a leased one whose lease ran out is taken again."""

    WAITING = "waiting"
    LEASED = "leased"
    DONE = "done"
    FAILED = "failed"


class OutboxItem(models.Model):
    """Work that must happen after the transaction that asked for it. Written by `enqueue`, changed by the worker."""

    topic = models.CharField(max_length=60)
    key = models.CharField(max_length=200, unique=True)
    payload = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=OutboxState.choices, default=OutboxState.WAITING)
    attempts = models.PositiveIntegerField(default=0)
    due_at = models.DateTimeField()
    leased_by = models.CharField(max_length=80, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)
    last_error = models.TextField(blank=True)
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("due_at", "pk")
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=("state", "due_at"), name="outbox_due")]

    def __str__(self) -> str:
        return self.key


class Heartbeat(models.Model):
    """The last sign of life of a worker. Written by the worker, read by the readiness check."""

    worker = models.CharField(max_length=80, unique=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ("worker",)

    def __str__(self) -> str:
        return self.worker
