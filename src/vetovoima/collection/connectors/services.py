"""Running a connector: read, check, keep the last good data with its date, note how it went, say that it is there."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from vetovoima.activity.services import record
from vetovoima.collection.models.sources import ConnectorRun, Snapshot, Statistic
from vetovoima.collection.sources.enums import Connector, RunState
from vetovoima.common.http import CannotFetch, Deadline, TookTooLong
from vetovoima.common.identifiers import clean_business_id
from vetovoima.reference.boundaries import CannotLoadBoundaries, store_boundaries
from vetovoima.reference.queries import municipalities, region

from . import boundaries, company_register, pxweb
from .judging import judge
from .problems import SourceChanged, problem_of

#: below a worker's lease (activity.outbox.LEASE): another worker must not begin the same work meanwhile
SECONDS = 40
KEPT_RUNS = timedelta(days=400)


@dataclass
class Found:
    """What a connector brought: its data, where it is from, what was counted, and what must be said beside it."""

    data: Any
    source: dict[str, Any]
    counts: dict[str, int]
    problem: dict[str, Any] = field(default_factory=dict)


def _run(
    connector: Connector, subject: str, now: datetime, read: Callable[[Deadline], Found]
) -> ConnectorRun:
    """Read outside any transaction, then note how it went; the last good data changes only after a good reading."""
    try:
        found = read(Deadline(SECONDS))
    except TookTooLong as error:
        return _note(connector, subject, now, RunState.TOO_LONG, problem=problem_of(error))
    except SourceChanged as error:
        return _note(connector, subject, now, RunState.CHANGED, problem=problem_of(error))
    except CannotFetch as error:
        return _note(connector, subject, now, RunState.FAILED, problem=problem_of(error))
    return _keep(connector, subject, now, found)


def _note(connector: Connector, subject: str, now: datetime, state: RunState, **more: Any) -> ConnectorRun:
    ConnectorRun.objects.filter(connector=connector, subject=subject, started_at__lt=now - KEPT_RUNS).delete()
    return ConnectorRun.objects.create(
        connector=connector, subject=subject, state=state, started_at=now, ended_at=timezone.now(), **more
    )


@transaction.atomic
def _keep(connector: Connector, subject: str, now: datetime, found: Found) -> ConnectorRun:
    text = json.dumps(found.data, sort_keys=True, ensure_ascii=False)
    digest = hashlib.sha256(text.encode()).hexdigest()
    before = Snapshot.objects.filter(connector=connector, subject=subject).first()
    is_same = before is not None and before.content_hash == digest
    fresh = {"confirmed_at": now, "source": found.source}
    if not is_same:
        fresh |= {"data": found.data, "content_hash": digest, "fetched_at": now}
    Snapshot.objects.update_or_create(connector=connector, subject=subject, defaults=fresh)
    state = RunState.PARTLY if found.problem else RunState.NOTHING_NEW if is_same else RunState.OK
    run = _note(connector, subject, now, state, counts=found.counts, problem=found.problem)
    if not is_same:
        kind = "statistics" if connector == Connector.PXWEB else connector.value
        record(
            f"collection.{kind}.fetched", actor=None, kind="connector", code=subject[:60], now=now,
            data={"connector": connector.value, "subject": subject, "counts": found.counts},
        )  # fmt: skip
    return run


def fetch_statistic(*, statistic: Statistic, now: datetime) -> ConnectorRun:
    """This will read one statistic; new figures are announced by the fact `collection.statistics.fetched`.

    Nothing is raised for what the source does: the run says it, and the last good figures stay.
    """
    return _run(Connector.PXWEB, statistic.code, now, lambda deadline: _statistic(statistic, deadline))


def codes_of(statistic: Statistic) -> dict[str, str]:
    """The source's area codes and our own areas: {"KU205": "kajaani", "MK18": "kainuu"}."""
    whole = region()
    found: dict[str, str] = {}
    for one in statistic.areas:
        if one == "municipalities":
            found |= {f"KU{place.lau_code.zfill(3)}": place.slug for place in municipalities()}
        elif whole is not None:
            found[one] = whole.code
    return found


def _statistic(statistic: Statistic, deadline: Deadline) -> Found:
    areas = codes_of(statistic)
    wanted = pxweb.Wanted(
        table=statistic.table, contents=(statistic.content,), areas=tuple(areas), periods=statistic.periods,
        choices=dict(statistic.choices),
    )  # fmt: skip
    table = pxweb.read_statistics(settings.VETOVOIMA_PXWEB_URL, wanted, deadline)
    rows = [
        {
            "area": areas[one.area], "code": one.area, "period": one.period, "unit": one.unit,
            "value": None if one.value is None else f"{one.value:f}", "is_provisional": one.is_provisional,
        }
        for one in table.rows
    ]  # fmt: skip
    kept = Snapshot.objects.filter(connector=Connector.PXWEB, subject=statistic.code).first()
    judge(statistic, rows, kept.data.get("rows", ()) if kept and _is_same_series(statistic, kept) else ())
    problem = {}
    if table.missing_areas:
        problem = problem_of(SourceChanged("missing_areas", areas=", ".join(table.missing_areas)))
    source = {
        "title": table.source_credit, "table": statistic.table, "content": statistic.content, "table_title": table.title, "url": table.url,
        "updated": table.updated.isoformat() if table.updated else "", "vintage": table.vintage,
        "licence": "CC BY 4.0",
    }  # fmt: skip
    known = sum(one.value is not None for one in table.rows)
    return Found(
        {"rows": rows, "vintage": table.vintage}, source, {"rows": known, "empty": len(rows) - known}, problem
    )


def _is_same_series(statistic: Statistic, kept: Snapshot) -> bool:
    """Whether the figures kept are of the series that is read now: somebody may have named another table since."""
    return kept.source.get("table") == statistic.table and kept.source.get("content") in (
        None,
        statistic.content,
    )


def check_boundaries(*, now: datetime) -> ConnectorRun | None:
    """This will look for a newer municipal division and store it once it is whole; None without an address.

    The boundaries of before stay when anything is wrong with the newer ones.
    """
    whole = region()
    if whole is None or not boundaries.year_of(whole.boundaries_url):
        return None
    address = whole.boundaries_url
    return _run(Connector.BOUNDARIES, "boundaries", now, lambda deadline: _division(address, deadline))


def _division(address: str, deadline: Deadline) -> Found:
    kept = Snapshot.objects.filter(connector=Connector.BOUNDARIES, subject="boundaries").first()
    newest = boundaries.newest_year(address, deadline)
    if kept is not None and kept.data.get("year", 0) >= newest:
        return Found(kept.data, kept.source, {"municipalities": len(kept.data.get("stored", []))})
    codes = [one.lau_code for one in municipalities()]
    division = boundaries.read_division(address, newest, codes, deadline)
    try:
        stored = store_boundaries(division.data, f"Statistics Finland, municipalities {newest} (CC BY 4.0)")
    except CannotLoadBoundaries as error:
        raise SourceChanged("not_valid", what=str(error)[:300]) from error
    source = {
        "title": "Statistics Finland",
        "url": division.url,
        "vintage": str(newest),
        "licence": "CC BY 4.0",
    }
    return Found({"year": newest, "stored": stored}, source, {"municipalities": len(stored)})


def look_up_company(*, business_id: str, now: datetime) -> ConnectorRun:
    """This will read a company from the register and keep what it says.

    Raises ValidationError for a business ID that cannot be right, before anybody is asked.
    """
    checked = clean_business_id(business_id)

    def read(deadline: Deadline) -> Found:
        company = company_register.look_up(settings.VETOVOIMA_COMPANY_REGISTER_URL, checked, deadline)
        source = {"title": company_register.CREDIT, "dated": company.modified[:10], "licence": "CC BY 4.0"}
        return Found(company.as_data(), source, {"companies": 1})

    return _run(Connector.COMPANY, checked, now, read)
