"""Questions about connectors: what is kept, how the last runs went."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from vetovoima.collection.models.sources import ConnectorRun, Snapshot, Statistic
from vetovoima.collection.sources.enums import Connector


def statistics() -> QuerySet[Statistic]:
    """Every statistic of the region's pack."""
    return Statistic.objects.order_by("code")


def active_statistics() -> QuerySet[Statistic]:
    """Those that are read."""
    return statistics().filter(is_active=True)


def statistic(code: str) -> Statistic | None:
    """One statistic, or None."""
    return statistics().filter(code=code).first()


def snapshot(connector: str, subject: str) -> Snapshot | None:
    """The last good data of a subject, or None."""
    return Snapshot.objects.filter(connector=connector, subject=subject).first()


def last_run(connector: str, subject: str) -> ConnectorRun | None:
    """The latest run, or None."""
    return ConnectorRun.objects.filter(connector=connector, subject=subject).first()


@dataclass(frozen=True)
class ConnectorStatus:
    """One subject of a connector: how its last run went and from when its data is."""

    connector: str
    label: str
    subject: str
    what: str
    run: ConnectorRun | None
    kept: Snapshot | None


def statuses() -> list[ConnectorStatus]:
    """Every subject that is read on a schedule, with its last run and its last good data; three queries."""
    wanted = [(Connector.PXWEB, one.code, f"{one.table} · {one.content}") for one in active_statistics()]
    wanted.append((Connector.BOUNDARIES, "boundaries", ""))
    kept = {
        (one.connector, one.subject): one for one in Snapshot.objects.exclude(connector=Connector.COMPANY)
    }
    runs: dict[tuple[str, str], ConnectorRun] = {}
    for run in ConnectorRun.objects.exclude(connector=Connector.COMPANY).order_by("-started_at", "-pk")[:500]:
        runs.setdefault((run.connector, run.subject), run)
    return [
        ConnectorStatus(
            connector.value, str(connector.label), subject, what, runs.get((connector, subject)), kept.get((connector, subject))
        )
        for connector, subject, what in wanted
    ]  # fmt: skip
