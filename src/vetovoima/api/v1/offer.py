"""The offer with a key: working copies by reach, their changes, their way to the public side."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import Field, Query, Router

from vetovoima.accounts.rights import Action, Kind
from vetovoima.activity.registry import in_words
from vetovoima.catalogue import queries, services
from vetovoima.catalogue.documents import snapshot
from vetovoima.catalogue.enums import SiteKind, SiteState
from vetovoima.catalogue.quality import completeness, freshness, readiness
from vetovoima.catalogue.registry import BY_NAME

from .doors import ApiRequest, key_door
from .lists import Page, data, listed_part
from .payloads import (
    Comment,
    ItemList,
    NewRecord,
    Publication,
    Quality,
    Record,
    RecordChange,
    RecordList,
    RestoredVersion,
    UndoneEdit,
    Withdrawal,
)
from .problems import Problem
from .values import ValueReader, check_groups

if TYPE_CHECKING:
    from vetovoima.activity.models import Fact
    from vetovoima.catalogue.models import Site

router = Router(tags=["offer"])
EMPTY: tuple[Any, ...] = (None, "", [], {})


class OfferQuery(Page):
    """What may be asked of the working copies."""

    q: str = Field("", description="Words of the code, the name or the place.")
    municipality: str = Field("", description="Slug of a municipality.")
    kind: Literal["", *SiteKind.values] = ""  # type: ignore[valid-type]
    state: Literal["", *SiteState.values] = ""  # type: ignore[valid-type]
    external_key: str = Field("", description="The record's key in your own system.")


def moment(value: Any) -> str | None:
    """This will write a moment in the region's time, or null."""
    return localtime(value).isoformat(timespec="seconds") if value else None


def summary(site: Site) -> dict[str, Any]:
    """This will return a working copy as a list shows it."""
    return {
        "code": site.code, "name": site.name, "kind": site.kind, "municipality": site.municipality.slug,
        "state": site.state, "revision": site.revision, "published_version": site.published_version,
        "is_example": site.is_example, "external_key": site.external_key, "completeness": site.completeness,
        "readiness": site.readiness, "created_at": moment(site.created_at), "updated_at": moment(site.updated_at),
    }  # fmt: skip


def whole(site: Site) -> dict[str, Any]:
    """This will return a working copy with every value it has."""
    said = snapshot(site)
    values = {name: value for name, value in said.items() if name in BY_NAME and value not in EMPTY}
    beside = {name: value for name, value in said.items() if name not in BY_NAME and name != "kind"}
    return {
        **summary(site),
        "values": values,
        **beside,
        "review_comment": site.review_comment,
        "publish_at": moment(site.publish_at),
        "redirect_code": site.redirect_code,
    }


def as_feature(site: Site) -> dict[str, Any]:
    """This will return a working copy as a GeoJSON feature: its shape as it is drawn, or none."""
    said = whole(site)
    geometry = said["values"].pop("geometry", None)
    return {"type": "Feature", "id": site.code, "geometry": geometry, "properties": said}


def answer_with(request: ApiRequest, site: Site, *, status: int = 200, **headers: str) -> HttpResponse:
    """This will answer a record as it is now, with its revision as its mark."""
    fresh = queries.site_for(request.user, site.code)
    return data(whole(fresh), status=status, ETag=f'"{fresh.revision}"', **headers)


#: how an operation that needs a revision (`revision_of`) describes it
IF_MATCH = {
    "name": "If-Match", "in": "header", "required": True, "schema": {"type": "string", "pattern": r'^(\*|(W/)?"[0-9]{1,9}"|[0-9]{1,9})$'},
    "description": "The ETag of the record as you read it, or *.",
}  # fmt: skip


def revision_of(request: HttpRequest, *, is_needed: bool = False) -> int | None:
    """This will read the revision that a change is meant for (If-Match); None for whatever it is now. Raises Problem."""
    given = request.headers.get("If-Match", "").strip()
    if not given and is_needed:
        detail = _(
            "Send If-Match with the ETag of the record as you read it, or * to change whatever it says now."
        )
        raise Problem("revision-needed", detail)
    if given in ("", "*"):
        return None
    plain = given.removeprefix("W/").strip('"')
    if not plain.isascii() or not plain.isdigit() or len(plain) > 9:
        raise Problem("bad-request", _("If-Match must be the ETag of the record."))
    return int(plain)


def _changed(request: ApiRequest, code: str, wanted: dict[str, Any]) -> Problem:
    """What stands in the record now beside what the sender wants, for every field that differs."""
    fresh = queries.site_for(request.user, code)
    said = snapshot(fresh)
    differences = [
        {"field": name, "theirs": said.get(name), "yours": value}
        for name, value in wanted.items()
        if said.get(name) != value
    ]
    return Problem(
        "changed", _("The record is at revision %(revision)s by now. Read it again and decide field by field.")
        % {"revision": fresh.revision},
        headers={"ETag": f'"{fresh.revision}"'}, revision=fresh.revision, differences=differences,
    )  # fmt: skip


@router.get(
    "/offer",
    auth=key_door(Kind.SITE, Action.VIEW),
    response=RecordList,
    url_name="offer",
    summary="Working copies",
)
def offer(request: ApiRequest, asked: Query[OfferQuery]) -> HttpResponse:
    """This will list the working copies within the key's reach, by code."""
    found = queries.find_sites(
        request.user, text=asked.q, municipality=asked.municipality, kind=asked.kind, state=asked.state
    )
    if asked.external_key:
        found = found.filter(external_key=asked.external_key)
    return listed_part(request, found, asked, summary)


@router.post(
    "/offer",
    auth=key_door(Kind.SITE, Action.CREATE),
    response={201: Record},
    url_name="offer",
    summary="Make a record",
)
def make_record(request: ApiRequest, payload: NewRecord) -> HttpResponse:
    """This will make a draft in a municipality and answer it with its code."""
    municipality = queries.creatable_municipalities(request.user).filter(slug=payload.municipality).first()
    if municipality is None:
        known = sorted(queries.creatable_municipalities(request.user).values_list("slug", flat=True))
        sentence = gettext_lazy("Choose one of these: %(known)s.")
        raise ValidationError(
            {"municipality": [ValidationError(sentence, "unknown", {"known": ", ".join(known)})]}
        )
    if payload.external_key.startswith("pack:"):
        sentence = gettext_lazy("Keys that begin with pack: belong to the region's data pack.")
        raise ValidationError({"external_key": [ValidationError(sentence, "reserved")]})
    reader = ValueReader(request.user, payload.kind, municipality.pk)
    site = services.create_site(
        municipality=municipality, kind=payload.kind, values=_wanted(reader, payload, None), by=request.user,
        now=timezone.now(), external_key=payload.external_key,
    )  # fmt: skip
    return answer_with(
        request, site, status=201, Location=request.build_absolute_uri(f"/api/v1/offer/{site.code}")
    )


def _wanted(reader: ValueReader, payload: RecordChange, site: Site | None) -> dict[str, Any]:
    """What the services take: values read, and sources and originals merged with those that stay."""
    wanted = reader.read(payload.values)
    reader.check_names("/absent", payload.absent)
    reader.check_names("/originals", payload.originals)
    check_groups(payload.sources)
    if payload.absent:
        wanted["absent"] = {name: why or "" for name, why in payload.absent.items()}
    if payload.profiles is not None:
        wanted["profiles"] = payload.profiles
    if payload.sources:
        given = {group: source.dict() if source else {} for group, source in payload.sources.items()}
        wanted["sources"] = {**(site.sources if site else {}), **given}
    if payload.originals:
        kept = {
            name: text
            for name, text in (site.originals if site else {}).items()
            if name not in payload.values
        }
        wanted["originals"] = {**kept, **payload.originals}
    return wanted


@router.get(
    "/offer/{code}",
    auth=key_door(Kind.SITE, Action.VIEW),
    response=Record,
    url_name="offer_record",
    summary="One working copy",
)
def record(request: ApiRequest, code: str) -> HttpResponse:
    """This will answer a working copy with every value it has; its ETag is its revision."""
    return answer_with(request, queries.site_for(request.user, code))


@router.patch(
    "/offer/{code}", auth=key_door(Kind.SITE, Action.EDIT), response=Record, url_name="offer_record", summary="Change a record",
    openapi_extra={"parameters": [IF_MATCH]},
)  # fmt: skip
def change_record(request: ApiRequest, code: str, payload: RecordChange) -> HttpResponse:
    """This will change the named fields of a working copy; what is public stays until it is published again."""
    site = queries.site_for(request.user, code)
    revision = revision_of(request, is_needed=True)
    reader = ValueReader(request.user, site.kind, site.municipality_id, site)
    wanted = _wanted(reader, payload, site)
    try:
        changed = services.edit_site(
            site=site, values=wanted, by=request.user, now=timezone.now(), revision=revision
        )
    except services.ChangedMeanwhile:
        raise _changed(request, code, {**payload.values, **_others(payload)}) from None
    return answer_with(request, changed)


def _others(payload: RecordChange) -> dict[str, Any]:
    named = {"absent": payload.absent, "profiles": payload.profiles, "originals": payload.originals}
    return {name: value for name, value in named.items() if value}


def _step(request: ApiRequest, code: str, change: Callable[[Site], Site]) -> HttpResponse:
    """One step of a record's way: refused when it is not at the revision that the sender read."""
    site = queries.site_for(request.user, code)
    revision = revision_of(request)
    if revision is not None and revision != site.revision:
        raise _changed(request, code, {})
    return answer_with(request, change(site))


@router.post(
    "/offer/{code}/submit", auth=key_door(Kind.SITE, Action.SUBMIT), response=Record, url_name="offer_submit",
    summary="Send to review",
)  # fmt: skip
def submit(request: ApiRequest, code: str) -> HttpResponse:
    """This will send a draft to the coordinator, who reads it before it is public."""
    return _step(
        request, code, lambda site: services.submit_site(site=site, by=request.user, now=timezone.now())
    )


@router.post(
    "/offer/{code}/return", auth=key_door(Kind.SITE, Action.PUBLISH), response=Record, url_name="offer_return",
    summary="Return with a comment",
)  # fmt: skip
def give_back(request: ApiRequest, code: str, payload: Comment) -> HttpResponse:
    """This will give a submitted record back to its municipality."""
    return _step(
        request, code,
        lambda site: services.return_site(site=site, comment=payload.comment, by=request.user, now=timezone.now()),
    )  # fmt: skip


@router.post(
    "/offer/{code}/publish", auth=key_door(Kind.SITE, Action.PUBLISH), response=Record, url_name="offer_publish",
    summary="Publish",
)  # fmt: skip
def publish(request: ApiRequest, code: str, payload: Publication | None = None) -> HttpResponse:
    """This will make a submitted record public, at once or at a later moment."""
    now = timezone.now()
    if payload is not None and payload.at is not None:
        at = payload.at
        return _step(
            request,
            code,
            lambda site: services.schedule_publishing(site=site, at=at, by=request.user, now=now),
        )
    return _step(request, code, lambda site: services.publish_site(site=site, by=request.user, now=now))


@router.post(
    "/offer/{code}/unschedule", auth=key_door(Kind.SITE, Action.PUBLISH), response=Record, url_name="offer_unschedule",
    summary="Take a later publication back",
)  # fmt: skip
def unschedule(request: ApiRequest, code: str) -> HttpResponse:
    """This will take back that a record is published at a later moment."""
    return _step(
        request, code, lambda site: services.cancel_scheduled(site=site, by=request.user, now=timezone.now())
    )


@router.post(
    "/offer/{code}/withdraw", auth=key_door(Kind.SITE, Action.WITHDRAW), response=Record, url_name="offer_withdraw",
    summary="Withdraw",
)  # fmt: skip
def withdraw(request: ApiRequest, code: str, payload: Withdrawal | None = None) -> HttpResponse:
    """This will take a record off the public side at once."""
    redirect = payload.redirect_code if payload else ""
    return _step(
        request, code,
        lambda site: services.withdraw_site(site=site, by=request.user, now=timezone.now(), redirect_code=redirect),
    )  # fmt: skip


@router.post(
    "/offer/{code}/undo", auth=key_door(Kind.SITE, Action.EDIT), response=Record, url_name="offer_undo",
    summary="Take a change back",
)  # fmt: skip
def undo(request: ApiRequest, code: str, payload: UndoneEdit) -> HttpResponse:
    """This will set the fields of one change back, where nobody has changed them since."""
    return _step(
        request, code,
        lambda site: services.undo_edit(site=site, fact_id=payload.fact, by=request.user, now=timezone.now()),
    )  # fmt: skip


@router.post(
    "/offer/{code}/restore", auth=key_door(Kind.SITE, Action.EDIT), response=Record, url_name="offer_restore",
    summary="Go back to a version",
)  # fmt: skip
def restore(request: ApiRequest, code: str, payload: RestoredVersion) -> HttpResponse:
    """This will make the working copy say what a published version said."""
    return _step(
        request, code,
        lambda site: services.restore_version(site=site, number=payload.version, by=request.user, now=timezone.now()),
    )  # fmt: skip


@router.get(
    "/offer/{code}/history", auth=key_door(Kind.SITE, Action.VIEW), response=ItemList, url_name="offer_history",
    summary="History",
)  # fmt: skip
def history(request: ApiRequest, code: str, asked: Query[Page]) -> HttpResponse:
    """This will list what happened to a record, newest first, with every value before and after."""
    facts = queries.history(queries.site_for(request.user, code))
    return listed_part(request, facts, asked, _told)


def _told(fact: Fact) -> dict[str, Any]:
    return {
        "fact": fact.pk, "type": fact.type, "at": moment(fact.at), "by": fact.actor_name, "words": in_words(fact),
        "changes": [{"field": name, "before": pair[0], "after": pair[1]} for name, pair in fact.changes.items()],
        "data": fact.data,
    }  # fmt: skip


@router.get(
    "/offer/{code}/quality",
    auth=key_door(Kind.SITE, Action.VIEW),
    response=Quality,
    url_name="offer_quality",
    summary="Quality",
)
def quality(request: ApiRequest, code: str) -> HttpResponse:
    """This will answer how complete, fresh and ready a record is, and what would make it better."""
    site = queries.site_for(request.user, code)
    found, ready = completeness(site), readiness(site)
    return data({
        "completeness": {
            "percent": found.percent,
            "groups": [{"group": one.group, "percent": one.percent} for one in found.groups],
            "missing": [
                {"field": one.spec.name, "label": str(one.spec.label), "points": one.points, "why": str(one.why)}
                for one in found.missing
            ],
        },
        "readiness": {
            "level": ready.level,
            "steps": [
                {"level": step.level, "is_met": step.is_met, "evidence": [str(one) for one in step.evidence], "missing": step.missing}
                for step in ready.steps
            ],
        },
        "freshness": {
            group: {"state": age.state, "checked_on": age.checked_on, "stale_on": age.stale_on, "hidden_on": age.hidden_on}
            for group, age in freshness(site, localtime(timezone.now()).date()).items()
        },
    })  # fmt: skip
