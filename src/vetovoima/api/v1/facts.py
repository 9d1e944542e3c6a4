"""The fact bank with a key: one value for each fact, with its source and when it is looked at again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.utils import timezone
from ninja import Field, Query, Router, Schema

from vetovoima.accounts.rights import Action, Kind
from vetovoima.catalogue.enums import Method
from vetovoima.catalogue.knowledge import queries, services
from vetovoima.catalogue.knowledge.enums import Confidence, Exactness, FactState, Topic
from vetovoima.catalogue.knowledge.keeping import ChangedMeanwhile
from vetovoima.catalogue.knowledge.validators import validate_as_of
from vetovoima.common.fields import Translated
from vetovoima.reference.queries import municipality

from .doors import ApiRequest, key_door
from .lists import Page, data, listed_part
from .offer import IF_MATCH, revision_of
from .payloads import ItemList, Strict
from .problems import Problem, field_error, invalid, not_found

if TYPE_CHECKING:
    from vetovoima.catalogue.models import KnownFact

router = Router(tags=["facts"])
READ = key_door(Kind.FACTS, Action.VIEW)


class FactSource(Strict):
    """Where a fact comes from."""

    title: str = Field(min_length=1, max_length=300)
    url: str = Field("", max_length=500)
    dated: str = Field("", max_length=10)


class Texts(Strict):
    """A text by language."""

    fi: str = Field("", max_length=5000)
    en: str = Field("", max_length=5000)
    sv: str = Field("", max_length=5000)


class FactChange(Strict):
    """Changes of a fact; what is not named stays as it is."""

    topic: Literal[*Topic.values] | None = None  # type: ignore[valid-type]
    label: Texts | None = None
    statement: Texts | None = None
    number: float | None = Field(None, ge=-1e15, le=1e15)
    text: Texts | None = Field(None, description="The value in words, where it is no number.")
    unit: str | None = Field(None, max_length=20)
    exactness: Literal[*Exactness.values] | None = None  # type: ignore[valid-type]
    as_of: str | None = Field(
        None, max_length=10, description="2026, 2026-10, 2026-10-12, 2026-H1 or 2026-Q3."
    )
    source: FactSource | None = None
    method: Literal[*Method.values] | None = None  # type: ignore[valid-type]
    confidence: Literal[*Confidence.values] | None = None  # type: ignore[valid-type]
    licence: str | None = Field(None, max_length=60)
    review_months: int | None = Field(None, ge=1, le=120)


class NewFact(FactChange):
    """A new fact."""

    code: str = Field(max_length=60, pattern=r"^[a-z0-9][a-z0-9-]*$")
    municipality: str = Field(
        "", max_length=60, description="Slug; empty for the whole region (coordinator)."
    )
    topic: Literal[*Topic.values]  # type: ignore[valid-type]
    label: Texts
    source: FactSource


class FactQuery(Page):
    """What may be asked of the fact bank."""

    q: str = ""
    topic: Literal["", *Topic.values] = ""  # type: ignore[valid-type]
    state: Literal["", *FactState.values] = ""  # type: ignore[valid-type]
    area: str = Field("", description="Slug of a municipality, or region for what is of no one.")


class FactShape(Schema):
    """A fact with its one value."""

    code: str
    topic: str
    municipality: str | None
    label: dict[str, str]
    statement: dict[str, str]
    number: float | None
    text: dict[str, str]
    unit: str
    exactness: str
    as_of: str
    source: dict[str, str]
    method: str
    confidence: str
    licence: str
    state: str
    checked_on: str | None
    next_review_on: str | None
    revision: int


def _shape(fact: KnownFact) -> dict[str, Any]:
    return {
        "code": fact.code, "topic": fact.topic, "label": fact.label, "statement": fact.statement,
        "municipality": fact.municipality.slug if fact.municipality else None, "number": fact.number,
        "text": fact.text, "unit": fact.unit, "exactness": fact.exactness, "as_of": fact.as_of,
        "source": fact.source, "method": fact.method, "confidence": fact.confidence, "licence": fact.licence,
        "state": fact.state, "checked_on": fact.checked_on, "next_review_on": fact.next_review_on,
        "revision": fact.revision,
    }  # fmt: skip


def _answer(code: str, *, status: int = 200) -> HttpResponse:
    found = queries.fact(code)
    assert found is not None
    return data(_shape(found), status=status, ETag=f'"{found.revision}"')


def _fact(request: ApiRequest, code: str) -> KnownFact:
    found = queries.find_facts(request.user).filter(code=code).first()
    if found is None:
        raise not_found()
    return found


def _values(payload: FactChange) -> dict[str, Any]:
    """What the services take: only what was said, texts by language."""
    given = payload.dict(exclude_none=True, exclude={"code", "municipality"})
    for name in {"label", "statement", "text"} & set(given):
        given[name] = Translated({language: text for language, text in given[name].items() if text})
    if "as_of" in given:
        try:
            validate_as_of(given["as_of"])
        except ValidationError as error:
            raise invalid([field_error("/as_of", " ".join(error.messages), "as_of")]) from error
    return given


@router.get("/facts", auth=READ, response=ItemList, url_name="facts", summary="Facts")
def facts(request: ApiRequest, asked: Query[FactQuery]) -> HttpResponse:
    """This will list the facts of the region and its municipalities, by topic."""
    found = queries.find_facts(
        request.user, text=asked.q, topic=asked.topic, state=asked.state, area=asked.area
    )
    return listed_part(request, found, asked, _shape)


@router.post(
    "/facts",
    auth=key_door(Kind.FACTS, Action.CREATE),
    response={201: FactShape},
    url_name="facts",
    summary="Add a fact",
)
def add_fact(request: ApiRequest, payload: NewFact) -> HttpResponse:
    """This will add a fact; its first review follows from the date of its value."""
    town = municipality(payload.municipality) if payload.municipality else None
    if payload.municipality and town is None:
        raise invalid([field_error("/municipality", f"{payload.municipality}?", "unknown")])
    services.create_fact(
        code=payload.code,
        values={**_values(payload), "municipality": town},
        by=request.user,
        now=timezone.now(),
    )
    return _answer(payload.code, status=201)


@router.get("/facts/{slug:code}", auth=READ, response=FactShape, url_name="fact", summary="One fact")
def one_fact(request: ApiRequest, code: str) -> HttpResponse:
    """This will answer a fact; its ETag is its revision."""
    return _answer(_fact(request, code).code)


@router.patch(
    "/facts/{slug:code}",
    auth=key_door(Kind.FACTS, Action.EDIT),
    response=FactShape,
    url_name="fact",
    summary="Change a fact",
    openapi_extra={"parameters": [IF_MATCH]},
)
def change_fact(request: ApiRequest, code: str, payload: FactChange) -> HttpResponse:
    """This will change a fact; every page that draws it shows the new value. Send If-Match as for records."""
    fact, revision = _fact(request, code), revision_of(request, is_needed=True)
    wanted = _values(payload)
    try:
        services.edit_fact(fact=fact, values=wanted, by=request.user, now=timezone.now(), revision=revision)
    except ChangedMeanwhile as changed:
        now = _shape(_fact(request, code))
        differences = [
            {"field": name, "theirs": now.get(name), "yours": value}
            for name, value in wanted.items()
            if now.get(name) != value
        ]
        headers = {"ETag": f'"{now["revision"]}"'}
        raise Problem(
            "changed", changed, headers=headers, revision=now["revision"], differences=differences
        ) from None
    return _answer(code)


@router.post(
    "/facts/{slug:code}/confirm",
    auth=key_door(Kind.FACTS, Action.EDIT),
    response=FactShape,
    url_name="fact_confirm",
    summary="Confirm a fact",
)
def confirm_fact(request: ApiRequest, code: str) -> HttpResponse:
    """This will note that the fact was checked today and is still true."""
    services.confirm_fact(fact=_fact(request, code), by=request.user, now=timezone.now())
    return _answer(code)
