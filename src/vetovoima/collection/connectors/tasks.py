"""The connectors' turns: every Tuesday early, one piece of work for each statistic, so that none holds up the others."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from vetovoima.activity.outbox import enqueue
from vetovoima.activity.registry import handler
from vetovoima.activity.schedule import chore
from vetovoima.collection.models.sources import ConnectorRun
from vetovoima.collection.sources.enums import RunState

from . import queries, services

STATISTIC, BOUNDARIES = "collection.statistic", "collection.boundaries"
#: how often a source that asks us to wait is asked again within one turn
MOST_TRIES = 5


@chore("collection.connectors", hour=4, weekday=1)
def ask_all(now: datetime) -> None:
    """This will put every statistic and the boundaries into the outbox."""
    day = timezone.localdate(now).isoformat()
    for one in queries.active_statistics():
        enqueue(STATISTIC, f"{STATISTIC}:{one.code}:{day}", {"code": one.code, "turn": day}, now=now)
    enqueue(BOUNDARIES, f"{BOUNDARIES}:{day}", {"turn": day}, now=now)


@handler(STATISTIC)
def fetch_statistic(payload: dict[str, Any]) -> None:
    """This will read one statistic."""
    found = queries.statistic(payload["code"])
    if found is not None:
        _again(services.fetch_statistic(statistic=found, now=timezone.now()), STATISTIC, payload)


@handler(BOUNDARIES)
def check_boundaries(payload: dict[str, Any]) -> None:
    """This will look for a newer municipal division."""
    run = services.check_boundaries(now=timezone.now())
    if run is not None:
        _again(run, BOUNDARIES, payload)


def _again(run: ConnectorRun, topic: str, payload: dict[str, Any]) -> None:
    """A source that is busy, or was not reached, is asked again when it wants, or in a while, a few times."""
    tries = int(payload.get("tries", 1))
    if run.state not in {RunState.FAILED, RunState.TOO_LONG} or tries >= MOST_TRIES:
        return
    asked = run.problem.get("details", {}).get("seconds") if run.problem.get("code") == "busy" else None
    wait = timedelta(seconds=int(asked)) if asked else timedelta(minutes=10 * 2**tries)
    key = f"{topic}:{payload.get('code', '')}:{payload['turn']}:{tries + 1}"
    enqueue(topic, key, {**payload, "tries": tries + 1}, now=timezone.now() + wait)
