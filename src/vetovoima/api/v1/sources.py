"""A municipality's own sources with a key: how their runs ended, and a run now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.utils import timezone
from ninja import Query, Router, Schema

from vetovoima.accounts.rights import Action, Kind
from vetovoima.collection.connectors.problems import in_words
from vetovoima.collection.sources import queries, services

from .doors import ApiRequest, key_door
from .lists import Page, data, listed_part
from .offer import moment
from .payloads import ItemList, Strict
from .problems import not_found

if TYPE_CHECKING:
    from vetovoima.collection.models import Source, SourceRun

router = Router(tags=["sources"])
READ, WRITE = key_door(Kind.COLLECTION, Action.VIEW), key_door(Kind.COLLECTION, Action.CREATE)


class SourceShape(Schema):
    """A source: where a municipality publishes its own offer, and how reading it went."""

    id: int
    municipality: str
    title: str
    kind: str
    address: str
    record_kind: str
    schedule: str
    is_active: bool
    failures: int
    last_good_at: str | None


class Activity(Strict):
    """Whether the scheduled runs go on."""

    is_active: bool


def _shape(source: Source) -> dict[str, Any]:
    return {
        "id": source.pk, "municipality": source.municipality.slug, "title": source.title, "kind": source.kind,
        "address": source.address, "layer": source.layer, "record_kind": source.record_kind,
        "schedule": source.schedule, "ending": source.ending, "is_active": source.is_active,
        "failures": source.failures, "last_good_at": moment(source.last_good_at),
    }  # fmt: skip


def _run(run: SourceRun) -> dict[str, Any]:
    return {
        "id": run.pk, "state": run.state, "started_at": moment(run.started_at), "ended_at": moment(run.ended_at),
        "counts": run.counts, "problem": in_words(run.problem) if run.problem else "", "import": run.batch_id,
    }  # fmt: skip


def _source(request: ApiRequest, number: int) -> Source:
    found = queries.source_for(request.user, number) if number < 2**62 else None
    if found is None:
        raise not_found()
    return found


@router.get("/sources", auth=READ, response=ItemList, url_name="sources", summary="Sources")
def sources(request: ApiRequest, asked: Query[Page]) -> HttpResponse:
    """This will list the sources within the key's reach, each with its last run."""

    def shape(one: Any) -> dict[str, Any]:
        return {**_shape(one.source), "last_run": _run(one.run) if one.run else None}

    return listed_part(request, queries.statuses_for(request.user), asked, shape)


@router.get(
    "/sources/{int:number}/runs",
    auth=READ,
    response=ItemList,
    url_name="source_runs",
    summary="Runs of a source",
)
def runs(request: ApiRequest, number: int, asked: Query[Page]) -> HttpResponse:
    """This will list the runs of a source, the newest first: how each ended and what it found."""
    return listed_part(request, queries.runs_of(_source(request, number)), asked, _run)


@router.post(
    "/sources/{int:number}/run",
    auth=WRITE,
    response={202: SourceShape},
    url_name="source_run",
    summary="Read a source now",
)
def run_now(request: ApiRequest, number: int) -> HttpResponse:
    """This will have the worker read a source as soon as it can."""
    asked = services.ask_for_run(source=_source(request, number), by=request.user, now=timezone.now())
    return data(_shape(_source(request, asked.pk)), status=202)


@router.put(
    "/sources/{int:number}/activity",
    auth=WRITE,
    response=SourceShape,
    url_name="source_activity",
    summary="Pause a source",
)
def pause(request: ApiRequest, number: int, payload: Activity) -> HttpResponse:
    """This will stop the scheduled runs of a source, or begin them again."""
    source = _source(request, number)
    services.pause_source(source=source, is_active=payload.is_active, by=request.user, now=timezone.now())
    return data(_shape(_source(request, number)))
