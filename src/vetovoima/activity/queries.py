"""Questions about what happened."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import QuerySet

from .models import Fact, Heartbeat, OutboxItem, OutboxState


def history_of(kind: str, code: str) -> QuerySet[Fact]:
    """The facts of one thing, newest first."""
    return Fact.objects.filter(kind=kind, code=code).select_related("actor").order_by("-at", "-pk")


def outbox_counts() -> dict[str, int]:
    """How many outbox items are in each state."""
    return {state: OutboxItem.objects.filter(state=state).count() for state in OutboxState.values}


def stuck_items(now: datetime, limit: int = 50) -> list[OutboxItem]:
    """Outbox items that failed for good, or wait more than an hour beyond their time, oldest first."""
    failed = OutboxItem.objects.filter(state=OutboxState.FAILED)
    late = OutboxItem.objects.filter(state=OutboxState.WAITING, due_at__lt=now - timedelta(hours=1))
    return list((failed | late).order_by("due_at", "pk")[:limit])


def last_heartbeat() -> datetime | None:
    """When a worker last gave a sign of life, or None."""
    found = Heartbeat.objects.order_by("-at").first()
    return found.at if found else None
