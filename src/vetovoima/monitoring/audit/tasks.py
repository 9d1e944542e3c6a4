"""The self-audit runs every night, each part as a piece of work of its own: one that breaks holds up no other."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.timezone import localdate

from vetovoima.activity.outbox import enqueue
from vetovoima.activity.registry import handler
from vetovoima.activity.schedule import chore

from .enums import Area
from .models import AuditResult
from .services import run_audit

TOPIC = "monitoring.audit"
#: two years of nights
DAYS_KEPT = 760


@chore("monitoring.audit", hour=2)
def audit_every_night(now: datetime) -> None:
    """This will put each part of the audit into the outbox, and drop what is older than two years."""
    day = localdate(now)
    for area in Area:
        enqueue(TOPIC, f"{TOPIC}:{day.isoformat()}:{area}", {"area": area.value}, now=now)
    AuditResult.objects.filter(day__lt=day - timedelta(days=DAYS_KEPT)).delete()


@handler(TOPIC)
def audit_area(payload: dict[str, Any]) -> None:
    """This will check one part."""
    run_audit(now=timezone.now(), areas=[Area(payload["area"])])
