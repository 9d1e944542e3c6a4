"""Is it alive, is it able to serve."""

from __future__ import annotations

from datetime import timedelta

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.utils import timezone

from vetovoima.accounts.doors import public_door
from vetovoima.activity.queries import last_heartbeat

WORKER_SILENT_AFTER = timedelta(minutes=2)


@public_door
def alive(request: HttpRequest) -> JsonResponse:
    """This will answer as long as the process does."""
    return JsonResponse({"alive": True}, headers={"Cache-Control": "no-store"})


@public_door
def ready(request: HttpRequest) -> JsonResponse:
    """This will say whether the database answers, is migrated, and a worker lives; 503 when not."""
    checks = {"database": False, "migrated": False, "worker": False}
    try:
        executor = MigrationExecutor(connection)
        checks["database"] = True
        checks["migrated"] = not executor.migration_plan(executor.loader.graph.leaf_nodes())
        beat = last_heartbeat() if checks["migrated"] else None
        checks["worker"] = beat is not None and timezone.now() - beat < WORKER_SILENT_AFTER
    except DatabaseError:
        pass
    status = 200 if checks["database"] and checks["migrated"] else 503
    return JsonResponse(
        {"ready": status == 200, **checks}, status=status, headers={"Cache-Control": "no-store"}
    )
