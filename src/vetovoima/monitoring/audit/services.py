"""Running the self-audit."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_noop, override

from vetovoima.activity.services import record

from .enums import Area, How, Result
from .items import ITEMS
from .models import AuditResult
from .registry import Check, Evidence, Finding, Run, check_of

if TYPE_CHECKING:
    from vetovoima.accounts.models import User

log = logging.getLogger(__name__)


def run_audit(
    *, now: datetime, by: User | None = None, areas: Iterable[Area] = tuple(Area)
) -> list[AuditResult]:
    """This will check every item of some parts that a machine can check, and keep the results of the day.

    A second run on a day takes the place of the first. `by` None is the worker or the operator. Effects: for each part
    its results and one fact. Pages are read outside any transaction, and what a part found is stored before the next
    begins: a database that is busy at the end costs the last part, not the whole run.
    """
    run, wanted = Run(now), set(areas)
    kept: list[AuditResult] = []
    for area in Area:
        if area in wanted:
            kept += _keep(_found(area, run), by, now)
    return kept


def _found(area: Area, run: Run) -> list[AuditResult]:
    found = []
    with override("en"):
        for item in ITEMS:
            check = check_of(item.code)
            if item.area == area and item.how == How.MACHINE and check is not None:
                finding = _checked(check, run, item.code)
                evidence = [one.as_json() for one in finding.evidence]
                found.append(AuditResult(day=run.today, item=item.code, result=finding.result, evidence=evidence,
                                         checked_at=run.now))  # fmt: skip
    return found


def _checked(check: Check, run: Run, code: str) -> Finding:
    try:
        return check(run)
    except Exception as error:
        # What breaks a check is a fault that people meet too: it is told like one, and the other checks go on.
        log.warning("the check of %s broke: %s", code, type(error).__name__, exc_info=error)
        said = gettext_noop("The check itself broke (%(error)s): see the log of the worker.")
        return Finding(Result.FAIL, (Evidence(said, {"error": type(error).__name__}),))


@transaction.atomic
def _keep(results: list[AuditResult], by: User | None, now: datetime) -> list[AuditResult]:
    # One statement for all: the shorter the transaction, the fewer others wait for it.
    kept = AuditResult.objects.bulk_create(
        results,
        update_conflicts=True,
        unique_fields=["day", "item"],
        update_fields=["result", "evidence", "checked_at"],
    )
    counts = {
        result: sum(one.result == result for one in kept) for result in sorted({one.result for one in kept})
    }
    record("monitoring.audit.run", actor=by, kind="audit", code=now.date().isoformat(), now=now, data=counts)
    return kept
