"""A run of a source: read within the time, taken in, its end noted with everything that a person must know.

Whatever goes wrong, nothing of what is there is withdrawn: records of a source that is down stay as they are.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from vetovoima.accounts.models import User
from vetovoima.accounts.queries import municipality_organisation
from vetovoima.activity.services import record
from vetovoima.collection.connectors.problems import SourceChanged, problem_of, said_problem
from vetovoima.collection.models.sources import Source, SourceRecord, SourceRun
from vetovoima.common.http import CannotFetch, Deadline, NotModified, TookTooLong
from vetovoima.common.sandbox import CannotRead

from .enums import BAD, GOOD, RunState
from .intake import CannotTakeIn, Taken, take_in
from .reading import Content, Place, read_source

#: for the reading; with the taking in it stays below the minute of a worker's lease for an ordinary offer
SECONDS = 30
#: a run that has not ended by then has lost its worker
ABANDONED_AFTER = timedelta(minutes=5)
KEPT_RUNS = 200


class AlreadyRunning(Exception):
    """The source is being read in this very moment."""


class Ended(Exception):
    """A run is over early; `state` and `problem` say how."""

    def __init__(self, state: RunState, problem: dict[str, Any] | None = None) -> None:
        self.state = state
        self.problem = problem or {}
        super().__init__(state)


def run_source(*, source: Source, now: datetime, by: User | None = None) -> SourceRun:
    """This will read a source once and take in what it gives.

    Nothing is raised for what the source does: the run says it. Raises AlreadyRunning.
    """
    run = _begin(source, now, by)
    content: Content | None = None
    taken: Taken | None = None
    try:
        content = _read(source)
        if content.digest == source.content_hash:
            raise Ended(RunState.NOTHING_NEW)
        taken = _take_in(source, content, now)
        state, problem = _judge(source, taken)
    except Ended as end:
        state, problem = end.state, end.problem
    return _finish(run, source, state, problem, content, taken)


def _begin(source: Source, now: datetime, by: User | None) -> SourceRun:
    lost = SourceRun.objects.filter(
        source=source, state=RunState.RUNNING, started_at__lt=now - ABANDONED_AFTER
    )
    lost.update(state=RunState.FAILED, ended_at=now, problem={"code": "interrupted", "details": {}})
    try:
        with transaction.atomic():
            return SourceRun.objects.create(source=source, started_at=now, asked_by=by)
    except IntegrityError as error:
        raise AlreadyRunning from error


def _read(source: Source) -> Content:
    place = Place(source.kind, source.address, source.layer, source.etag, source.modified)
    try:
        return read_source(place, Deadline(SECONDS))
    except NotModified as error:
        raise Ended(RunState.NOTHING_NEW) from error
    except TookTooLong as error:
        raise Ended(RunState.TOO_LONG, problem_of(error)) from error
    except SourceChanged as error:
        raise Ended(_broken(source), problem_of(error)) from error
    except CannotFetch as error:
        raise Ended(RunState.FAILED, problem_of(error)) from error
    except CannotRead as error:
        raise Ended(_broken(source), said_problem(error)) from error


def _broken(source: Source) -> RunState:
    """A source that was read before has changed; one that never was is simply not readable yet."""
    return RunState.CHANGED if source.last_good_at else RunState.FAILED


def _take_in(source: Source, content: Content, now: datetime) -> Taken:
    try:
        return take_in(source=source, content=content, now=now)
    except CannotTakeIn as error:
        raise Ended(RunState.CHANGED if error.is_change else _broken(source), error.problem) from error


def _judge(source: Source, taken: Taken) -> tuple[RunState, dict[str, Any]]:
    known = SourceRecord.objects.filter(source=source, missing_since=None).count()
    if not taken.rows and known:
        # An empty answer is a mistake far more often than an offer that is gone.
        return RunState.CHANGED, problem_of(SourceChanged("no_rows", before=known))
    wrong = taken.counts.get("error", 0)
    if wrong and wrong == taken.rows:
        return _broken(source), problem_of(SourceChanged("all_wrong", rows=wrong))
    if wrong:
        return RunState.PARTLY, {}
    fresh = taken.counts.get("new", 0) + taken.counts.get("changed", 0)
    return (RunState.OK if fresh else RunState.NOTHING_NEW), {}


@transaction.atomic
def _finish(
    run: SourceRun, source: Source, state: RunState, problem: dict[str, Any],
    content: Content | None, taken: Taken | None,
) -> SourceRun:  # fmt: skip
    run.ended_at = timezone.now()
    run.problem = problem
    if content is not None:
        run.etag, run.content_hash, run.size = content.etag, content.digest, len(content.body)
        run.notes = list(content.notes)
    if taken is not None:
        run.counts, run.errors, run.batch = taken.counts, taken.errors, taken.batch
    elif state == RunState.NOTHING_NEW:
        state = _like_last_time(run, source)
    run.state = state
    if taken is not None and state in GOOD:
        _note_records(run, source, taken)
    run.save()
    _note_source(source, run, content, taken)
    _forget_old_runs(source)
    return run


def _like_last_time(run: SourceRun, source: Source) -> RunState:
    """The same content has the same wrong rows: a run that read nothing new must not look better than it is."""
    last = SourceRun.objects.filter(source=source, state__in=GOOD).exclude(pk=run.pk).first()
    run.notes = [*run.notes, {"code": "unchanged", "details": {}}]
    if last is None or last.state != RunState.PARTLY:
        return RunState.NOTHING_NEW
    run.counts, run.errors = last.counts, last.errors
    return RunState.PARTLY


def _note_records(run: SourceRun, source: Source, taken: Taken) -> None:
    """Which records the source has; one that is gone from a good reading is flagged and stays."""
    moment = run.started_at
    known = {one.code: one for one in SourceRecord.objects.filter(source=source)}
    SourceRecord.objects.bulk_create(
        SourceRecord(source=source, code=code, first_seen_at=moment, last_seen_at=moment)
        for code in taken.codes
        if code not in known
    )
    SourceRecord.objects.filter(source=source, code__in=taken.codes).update(
        last_seen_at=moment, missing_since=None
    )
    if told := _note_said(source, taken):
        run.notes = [*run.notes, {"code": "kept_fields", "details": {"count": told}}]
    if not taken.knows_all:
        return
    gone = SourceRecord.objects.filter(source=source, missing_since=None).exclude(code__in=taken.codes)
    if count := gone.update(missing_since=moment):
        run.notes = [*run.notes, {"code": "gone_records", "details": {"count": count}}]


def _note_said(source: Source, taken: Taken) -> int:
    """What the source says of each record, and where it and a person disagree; returns how many fields wait."""
    records = list(SourceRecord.objects.filter(source=source, code__in=taken.said))
    for one in records:
        one.said = {**one.said, **taken.said[one.code]}
        one.conflicts = taken.conflicts.get(one.code, one.conflicts)
    SourceRecord.objects.bulk_update(records, ["said", "conflicts"], batch_size=250)
    return sum(len(one.conflicts) for one in records)


def _note_source(source: Source, run: SourceRun, content: Content | None, taken: Taken | None) -> None:
    fresh = Source.objects.select_for_update().get(pk=source.pk)
    if run.state in GOOD:
        fresh.last_good_at, fresh.failures = run.started_at, 0
        # Somebody may have changed the source meanwhile: what was read belongs to how it was then.
        if content is not None and fresh.revision == source.revision:
            fresh.etag, fresh.modified, fresh.content_hash = content.etag, content.modified, content.digest
            fresh.shape = taken.shape if taken is not None else fresh.shape
    elif run.state in BAD:
        fresh.failures += 1
    fresh.save(update_fields=["last_good_at", "failures", "etag", "modified", "content_hash", "shape"])
    source.refresh_from_db()
    if run.state == RunState.NOTHING_NEW:
        return  # the log of runs has it; the history tells what happened
    organisation = municipality_organisation(source.municipality_id)
    record(
        "collection.source.read" if run.state in GOOD else "collection.source.failed",
        actor=run.asked_by, kind="source", code=str(source.pk), now=run.ended_at or run.started_at,
        data={"run": run.pk, "state": str(run.state), "counts": run.counts, "failures": fresh.failures},
        organisations=[organisation] if organisation else [],
    )  # fmt: skip


def _forget_old_runs(source: Source) -> None:
    old = SourceRun.objects.filter(source=source).order_by("-started_at", "-pk").values_list("pk", flat=True)
    SourceRun.objects.filter(pk__in=list(old[KEPT_RUNS : KEPT_RUNS + 500])).delete()
