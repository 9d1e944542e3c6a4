"""Shapes of the API for its description; what comes in is checked by them, what goes out is checked by the tests."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from ninja import Field, Schema
from pydantic import AwareDatetime, ConfigDict, WithJsonSchema

from vetovoima.catalogue.enums import Method, Profile, SiteKind

from .values import ABSENCES


class FieldError(Schema):
    """One thing that is wrong in a request."""

    pointer: str = Field(description="JSON Pointer (RFC 6901) into the payload; empty for the whole.")
    field: str
    detail: str
    code: str


class ProblemShape(Schema):
    """A problem (RFC 9457)."""

    model_config = ConfigDict(extra="allow")
    type: str
    title: str
    status: int
    detail: str
    errors: list[FieldError] = []


class ItemList(Schema):
    """One page of a list."""

    model_config = ConfigDict(extra="allow")
    items: list[dict[str, Any]]
    next: str | None = Field(description="Address of the next page, or null.")
    total: int


class PublicRecord(Schema):
    """The public document of a record in one language (vetovoima.site/1)."""

    model_config = ConfigDict(extra="allow")
    code: str
    version: int
    language: str
    languages: list[str]
    url: str
    updated_at: str
    licence: str
    is_example: bool


class Strict(Schema):
    """A payload in which an unknown name is a mistake, not something to overlook."""

    model_config = ConfigDict(extra="forbid")


#: stands where the standard's fields belong, which the description writes once (`values.values_schema`)
VALUES_MARK = "x-values-of-the-standard"
Values = Annotated[dict[str, Any], WithJsonSchema({"type": "object", VALUES_MARK: True})]
Absences = dict[str, Literal["", *ABSENCES] | None]  # type: ignore[valid-type]


class Source(Strict):
    """Where the values of a group of fields come from."""

    title: str = Field("", max_length=500)
    url: str = Field("", max_length=500)
    dated: str = Field("", max_length=40, description="The source's own date: 2026, 2026-05 or 2026-05-31.")
    collected_on: str = Field("", max_length=40)
    method: Literal["", *Method.values] = ""  # type: ignore[valid-type]
    confidence: Literal["", "high", "medium", "low"] = ""
    verified_by: str = Field("", max_length=200)
    verified_on: str = Field("", max_length=40)
    licence: str = Field("", max_length=200)


class RecordChange(Strict):
    """Changes of a working copy: what is not named stays as it is, null empties a field."""

    values: Values = {}
    sources: dict[str, Source | None] = Field({}, description="By group of fields; null takes a source away.")
    absent: Absences = Field(
        {}, description="Instead of a value: unknown, not_studied or none; null or a value takes it back."
    )
    originals: dict[str, str | None] = Field(
        {}, description="A figure as its source wrote it, where it was converted to the standard's unit."
    )
    profiles: list[Literal[*Profile.values]] | None = None  # type: ignore[valid-type]


class NewRecord(RecordChange):
    """A new record: a draft that nobody outside sees."""

    municipality: str = Field(max_length=60, description="Slug of the municipality.")
    kind: Literal[*SiteKind.values]  # type: ignore[valid-type]
    external_key: str = Field("", max_length=120, description="The record's key in your own system.")


class RecordSummary(Schema):
    """A working copy in a list."""

    code: str
    name: dict[str, str]
    kind: str
    municipality: str
    state: str
    revision: int
    published_version: int
    is_example: bool
    external_key: str
    completeness: int
    readiness: int
    created_at: str
    updated_at: str


class Record(RecordSummary):
    """A working copy: every value it has, why others are absent, and where they come from."""

    model_config = ConfigDict(extra="allow")
    values: Values
    sources: dict[str, dict[str, str]]
    absent: dict[str, str]
    originals: dict[str, str]
    profiles: list[str]
    photos: list[str]
    review_comment: str
    publish_at: str | None


class RecordList(ItemList):
    """Working copies, a page at a time."""

    items: list[RecordSummary]  # type: ignore[assignment]


class Comment(Strict):
    """Why a record goes back."""

    comment: str = Field(min_length=1, max_length=5000)


class Publication(Strict):
    """When to publish: at once, or later."""

    at: AwareDatetime | None = Field(None, description="Moment with its offset; at once when it is left out.")


class Withdrawal(Strict):
    """Where the public address leads from now on."""

    redirect_code: str = Field("", max_length=30)


class UndoneEdit(Strict):
    """Which change to take back: the number of a fact in the history."""

    fact: int = Field(ge=1, le=2**53)


class RestoredVersion(Strict):
    """Which published version to go back to."""

    version: int = Field(ge=1, le=2**31 - 1)


class CheckedRow(Schema):
    """What is wrong with one record."""

    row: int
    state: Literal["ok", "error"]
    messages: list[dict[str, str]]


class CheckedRows(Schema):
    """What a check found."""

    standard: str
    counts: dict[str, int]
    rows: list[CheckedRow]


class Quality(Schema):
    """How complete, fresh and ready a record is."""

    completeness: dict[str, Any]
    readiness: dict[str, Any]
    freshness: dict[str, dict[str, Any]]
