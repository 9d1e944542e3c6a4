"""One reading of a followed source: read within the time, then written in one short transaction.

While we wait for the other server no transaction is open. A source that is down keeps what it has here: its records say
when they were last seen. Only a whole reading withdraws, or the source's own word that it is gone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError
from django.utils import timezone

from vetovoima.accounts.models import User
from vetovoima.activity.beside import short_write
from vetovoima.collection.connectors.problems import SourceChanged
from vetovoima.collection.sources.enums import GOOD, RunState
from vetovoima.common.fields import LANGUAGES
from vetovoima.common.http import CannotFetch, Deadline, NotModified, Refused, TookTooLong, TryLater
from vetovoima.syndication.services import touch_public

from .choosing import is_chosen, missing_codes, notes_of
from .cleaning import text_of
from .enums import FollowReason, FollowState
from .models import FollowedSource, FollowRun, ForeignRecord
from .problems import note, problem_of
from .queries import joint_box
from .reading import Place, Reading, read_followed
from .services import record_followed, stop
from .shapes import Foreign

#: for the whole reading; with the writing it stays within a worker's lease
SECONDS = 40.0
#: a reading that has not ended by then has lost its worker
ABANDONED_AFTER = timedelta(minutes=5)
#: how long a source in trouble is left alone, longer after each failure
WAITS = tuple(timedelta(minutes=one) for one in (10, 30, 2 * 60, 6 * 60, 12 * 60, 24 * 60))
#: after so many bad readings in a row we stop and tell the owner: by the waits that is after two to three days
MOST_FAILURES = 8
#: what came was not whole: looked at again before the next turn
SOON = timedelta(minutes=5)
KEPT_RUNS = 100
SHOWN = (
    "code", "version", "url", "name", "summary", "kind", "place_name", "precision", "latitude", "longitude", "area_m2",
    "floor_area_m2", "power_mw", "is_example", "sectors", "licence", "updated_at", "sort_name", "fetched_at", "seen_at",
    "digest",
)  # fmt: skip


class AlreadyReading(Exception):
    """The source is being read in this very moment."""


@dataclass
class _Outcome:
    """How a reading ended, before it is written down."""

    state: RunState
    problem: dict[str, Any] = field(default_factory=dict)
    reading: Reading | None = None
    is_gone: bool = False
    #: how long the other side asks us to wait
    seconds: int = 0


def read_source(*, source: FollowedSource, now: datetime, by: User | None = None) -> FollowRun:
    """This will read a source once and keep what it gives.

    Nothing is raised for what the source does: the run says it. Raises AlreadyReading.
    """
    run = _begin(source, now, by)
    try:
        outcome = _read(source)
    except Exception:
        _finish(run, source, _Outcome(RunState.FAILED, note("interrupted")))
        raise
    return _finish(run, source, outcome)


def _begin(source: FollowedSource, now: datetime, by: User | None) -> FollowRun:
    with short_write():
        lost = source.runs.filter(state=RunState.RUNNING, started_at__lt=now - ABANDONED_AFTER)
        lost.update(state=RunState.FAILED, ended_at=now, problem=note("interrupted"))
    try:
        with short_write():
            return FollowRun.objects.create(source=source, started_at=now, asked_by=by)
    except IntegrityError as error:
        raise AlreadyReading from error


def _read(source: FollowedSource) -> _Outcome:
    place = Place(
        source.kind, source.address, source.layer, source.language, joint_box(), source.etag, source.modified
    )
    try:
        return _Outcome(RunState.OK, reading=read_followed(place, Deadline(SECONDS)))
    except NotModified:
        return _Outcome(RunState.NOTHING_NEW)
    except TookTooLong as error:
        return _Outcome(RunState.TOO_LONG, _said(error))
    except TryLater as error:
        return _Outcome(RunState.FAILED, _said(error), seconds=error.seconds)
    except Refused as error:
        if error.status == 410:
            return _Outcome(RunState.FAILED, note("gone"), is_gone=True)
        return _Outcome(RunState.FAILED, _said(error))
    except SourceChanged as error:
        return _Outcome(RunState.CHANGED if source.last_good_at else RunState.FAILED, _said(error))
    except CannotFetch as error:
        return _Outcome(RunState.FAILED, _said(error))


def _said(error: SourceChanged | CannotFetch) -> dict[str, Any]:
    """A problem as it is stored: what the other side put into it is made plain first."""
    found = problem_of(error)
    details = {
        key: text_of(value, 300) if isinstance(value, str) else value
        for key, value in found["details"].items()
    }
    return {**found, "details": details}


@short_write()
def _finish(run: FollowRun, source: FollowedSource, outcome: _Outcome) -> FollowRun:
    """Write down what came, in one transaction. What was read belongs to how the source was described when it was asked:
    where somebody has changed that meanwhile, nothing is taken and the next reading is at once."""
    now = timezone.now()
    fresh = FollowedSource.objects.select_for_update(of=("self",)).filter(pk=source.pk).first()
    if fresh is None:
        return run  # not followed any more; its log went with it
    if fresh.revision != source.revision:
        run.state, run.problem, run.ended_at = RunState.PARTLY, note("changed_meanwhile"), now
        run.save()
        FollowedSource.objects.filter(pk=fresh.pk).update(due_at=now)
        return run
    was_late = fresh.is_late
    if outcome.reading is not None:
        _take(run, fresh, outcome, now)
    elif outcome.state == RunState.NOTHING_NEW:
        fresh.records.update(seen_at=now)
        run.counts = {"same": fresh.records.count()}
    run.state, run.problem, run.ended_at = outcome.state, outcome.problem, now
    run.save()
    _judge(run, fresh, outcome, now)
    is_other = any(run.counts.get(name) for name in ("new", "changed", "withdrawn"))
    if is_other or fresh.is_late != was_late or run.state == RunState.PARTLY:
        touch_public()
    _forget_old_runs(fresh)
    for name in ("state", "failures", "due_at", "last_good_at", "licence_said", "etag"):
        setattr(source, name, getattr(fresh, name))
    return run


def _take(run: FollowRun, source: FollowedSource, outcome: _Outcome, now: datetime) -> None:
    """Keep what a reading gave, and withdraw what is not in it any more."""
    reading = outcome.reading
    assert reading is not None
    source.licence_said = reading.licence
    taken = [one for one in reading.records.values() if is_chosen(one, source.choice, source.chosen)]
    others = len(reading.records) - len(taken)
    before = source.records.count()
    if before and not reading.records and reading.total != 0:
        outcome.state, outcome.problem = RunState.CHANGED, note("suddenly_empty", before=before)
        return
    left_out = reading.left_out.copy()
    if others:
        left_out["not_chosen"] = others
    missing = missing_codes(reading.records.values(), source.choice, source.chosen)
    has_licence = bool(source.licence_shown) or all(one.licence for one in taken)
    run.notes = notes_of(taken, left_out, missing, has_licence=has_licence)
    run.counts = _store(source, taken, now, withdraws=reading.is_whole)
    run.counts["left_out"] = sum(left_out.values())
    if not reading.is_whole:
        outcome.state, outcome.problem = RunState.PARTLY, note("changed_meanwhile")
        source.etag = source.modified = ""
        return
    source.etag, source.modified = reading.etag, reading.modified
    if not any(run.counts[name] for name in ("new", "changed", "withdrawn")):
        outcome.state = RunState.NOTHING_NEW


def _store(
    source: FollowedSource, taken: Iterable[Foreign], now: datetime, *, withdraws: bool
) -> dict[str, int]:
    known = {one.identifier: one for one in source.records.all()}
    new: list[ForeignRecord] = []
    changed: list[ForeignRecord] = []
    same: list[int] = []
    found = set()
    for one in taken:
        found.add(one.identifier)
        row = known.get(one.identifier)
        licence = one.licence or source.licence_shown
        if row is not None and row.digest == one.digest and row.licence == licence:
            same.append(row.pk)
            continue
        fresh = row or ForeignRecord(source=source, identifier=one.identifier)
        _fill(fresh, one, licence, now)
        (changed if row else new).append(fresh)
    ForeignRecord.objects.bulk_create(new, batch_size=200)
    ForeignRecord.objects.bulk_update(changed, SHOWN, batch_size=100)
    for piece in _pieces(same):
        ForeignRecord.objects.filter(pk__in=piece).update(seen_at=now)
    gone = [one.pk for key, one in known.items() if key not in found] if withdraws else []
    for piece in _pieces(gone):
        ForeignRecord.objects.filter(pk__in=piece).delete()
    return {"new": len(new), "changed": len(changed), "same": len(same), "withdrawn": len(gone)}


def _pieces(keys: list[int]) -> Iterator[list[int]]:
    """As many keys as one statement takes on both databases."""
    for start in range(0, len(keys), 500):
        yield keys[start : start + 500]


def _fill(row: ForeignRecord, one: Foreign, licence: str, now: datetime) -> None:
    for name in SHOWN:
        if hasattr(one, name):
            setattr(row, name, getattr(one, name))
    row.sectors, row.licence = list(one.sectors), licence
    row.sort_name = one.name.best(LANGUAGES[0])[0].casefold()[:300]
    row.fetched_at = row.seen_at = now


def _judge(run: FollowRun, source: FollowedSource, outcome: _Outcome, now: datetime) -> None:
    """What a reading says of its source: when it is read next, and whether it is stopped."""
    if run.state in GOOD:
        source.failures = 0
        source.last_good_at = now
        source.due_at = now + (SOON if _is_first_part(run, source) else source.interval)
    else:
        source.failures += 1
        wait = WAITS[min(source.failures, len(WAITS)) - 1]
        source.due_at = now + max(wait, timedelta(seconds=min(outcome.seconds, 86_400)))
    source.save(update_fields=["failures", "last_good_at", "due_at", "licence_said", "etag", "modified"])
    if any(run.counts.get(name) for name in ("new", "changed", "withdrawn")):
        record_followed("read", source, by=run.asked_by, now=now, data={"counts": run.counts})
    elif run.state not in GOOD and source.failures == 1:
        record_followed(
            "failed", source, by=run.asked_by, now=now, data={"problem": run.problem.get("code", "")}
        )
    if outcome.is_gone:
        run.counts = {"withdrawn": source.records.count()}
        run.save(update_fields=["counts"])
        source.records.all().delete()
    if source.state != FollowState.ACTIVE or not (outcome.is_gone or source.failures >= MOST_FAILURES):
        return
    reason = FollowReason.GONE if outcome.is_gone else FollowReason.FAILING
    stop(source, FollowState.STOPPED, reason, now)
    record_followed("stopped", source, by=None, now=now, data={"reason": reason.value})


def _is_first_part(run: FollowRun, source: FollowedSource) -> bool:
    """Whether a reading was not whole after one that was: a source that always counts wrongly is not asked more often."""
    if run.state != RunState.PARTLY:
        return False
    last = source.runs.exclude(pk=run.pk).first()
    return last is None or last.state != RunState.PARTLY


def _forget_old_runs(source: FollowedSource) -> None:
    old = list(
        source.runs.order_by("-started_at", "-pk").values_list("pk", flat=True)[KEPT_RUNS : KEPT_RUNS + 500]
    )
    FollowRun.objects.filter(pk__in=old).delete()
