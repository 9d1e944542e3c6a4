"""Imports with a key: a file in, its rows checked, taken in or undone; in the worker when there is much of it."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Field, File, Form, Query, Router, Schema, UploadedFile

from vetovoima.accounts.rights import Action, Kind
from vetovoima.accounts.rules import may
from vetovoima.catalogue.enums import SiteKind
from vetovoima.collection.imports import asking, queries, services
from vetovoima.collection.imports.enums import ImportState, RowState, Rule
from vetovoima.collection.imports.marking import marked_workbook
from vetovoima.common.notation import STYLES
from vetovoima.reference.queries import municipality

from .doors import ApiRequest, key_door
from .forms import refuse_fields
from .lists import Page, data, listed_part
from .offer import moment
from .payloads import ItemList, Strict
from .problems import Problem, field_error, invalid

if TYPE_CHECKING:
    from vetovoima.collection.models import Import, ImportRow

router = Router(tags=["imports"])
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MARKABLE = (ImportState.READY, ImportState.COMMITTED, ImportState.UNDONE)
READ, WRITE = key_door(Kind.COLLECTION, Action.VIEW), key_door(Kind.COLLECTION, Action.CREATE)


class ImportShape(Schema):
    """An import: how its columns are understood, how far it is, what taking it in would do or did."""

    id: int
    kind: str
    municipality: str | None
    filename: str
    state: Literal[*ImportState.values]  # type: ignore[valid-type]
    style: str
    sheet: str
    columns: list[dict[str, Any]] = []
    counts: dict[str, int]
    done: int
    total: int
    problem: str
    result: dict[str, Any]
    created_at: str
    committed_at: str | None
    undo_until: str | None


class ImportForm(Schema):
    """What is sent with a file."""

    kind: Literal[*SiteKind.values]  # type: ignore[valid-type]
    municipality: str = Field(
        "", max_length=60, description="Slug; empty when rows say their own (coordinator)."
    )
    style: Literal["", *STYLES] = Field(  # type: ignore[valid-type]
        "", description="How numbers and days are written; guessed when empty."
    )
    mapping: str = Field(
        "", max_length=50_000,
        description="JSON object {header: field} or {header: {field, unit, rule}}; guessed when empty.",
    )  # fmt: skip
    check: Literal["yes", "no"] = Field("yes", description="Whether to check the rows at once.")


class ImportQuery(Page):
    """What may be asked of the imports."""

    municipality: str = ""
    state: Literal["", *ImportState.values] = ""  # type: ignore[valid-type]


class RowQuery(Page):
    """What may be asked of the rows of an import."""

    state: Literal["", *RowState.values] = ""  # type: ignore[valid-type]
    field: str = Field("", max_length=80)


class ColumnChoice(Strict):
    """What one column holds; an empty field leaves the column out."""

    index: int = Field(ge=0, le=1000)
    field: str = Field("", max_length=80)
    unit: str = Field("", max_length=30)
    rule: Literal[*Rule.values] = "overwrite"  # type: ignore[valid-type]


class ColumnChoices(Strict):
    """What the columns hold: those that are not named stay as guessed."""

    columns: list[ColumnChoice] = Field(max_length=1000)
    style: Literal["", *STYLES] = ""  # type: ignore[valid-type]


class Commitment(Strict):
    """How an import is taken in."""

    submit: bool = Field(False, description="Send the records to review too; needs the scope sites:submit.")


class Mend(Strict):
    """Other text for cells of a row, by the column's index; `code` names the record."""

    cells: dict[str, str] = Field(max_length=300)


def _shape(import_: Import, language: str, *, with_columns: bool = True) -> dict[str, Any]:
    found = {
        "id": import_.pk, "kind": import_.kind, "filename": import_.filename, "state": import_.state,
        "municipality": import_.municipality.slug if import_.municipality else None, "style": import_.style,
        "sheet": import_.sheet, "counts": import_.counts, "done": import_.done, "total": import_.total,
        "problem": (import_.problem.get("message") or {}).get(language, ""), "result": import_.result,
        "created_at": moment(import_.created_at), "committed_at": moment(import_.committed_at),
        "undo_until": moment(import_.undo_until),
    }  # fmt: skip
    return {**found, "columns": import_.columns} if with_columns else found


def _answer(request: ApiRequest, import_: Import, *, status: int = 200, **headers: str) -> HttpResponse:
    fresh = queries.import_for(request.user, import_.pk)
    return data(_shape(fresh, _language(request)), status=status, **headers)


def _language(request: HttpRequest) -> str:
    return getattr(request, "LANGUAGE_CODE", "en")


@router.get("/imports", auth=READ, response=ItemList, url_name="imports", summary="Imports")
def imports(request: ApiRequest, asked: Query[ImportQuery]) -> HttpResponse:
    """This will list the imports within the key's reach, the newest first."""
    found = queries.imports_for(request.user)
    exact = {"municipality__slug": asked.municipality, "state": asked.state}
    found = found.filter(**{name: value for name, value in exact.items() if value})
    shape = partial(_shape, language=_language(request), with_columns=False)
    return listed_part(request, found, asked, shape)


@router.post("/imports", auth=WRITE, response={201: ImportShape}, url_name="imports", summary="Send a file")
def send_file(request: ApiRequest, form: Form[ImportForm], file: File[UploadedFile]) -> HttpResponse:
    """This will read a file (XLSX, CSV, GeoJSON, GeoPackage, KML, zipped Shapefile), guess its columns and check its rows;
    nothing is taken in yet."""
    refuse_fields(request, {*ImportForm.model_fields, "file"})
    if (file.size or 0) > settings.VETOVOIMA_MAX_UPLOAD_BYTES:
        raise Problem(
            "too-large",
            _("A file may have at most %(size)s MB.")
            % {"size": settings.VETOVOIMA_MAX_UPLOAD_BYTES // 2**20},
        )
    town = municipality(form.municipality) if form.municipality else None
    if form.municipality and town is None:
        raise invalid(
            [
                field_error(
                    "/municipality", _("%(name)s is not known.") % {"name": form.municipality}, "unknown"
                )
            ]
        )
    now = timezone.now()
    begun = services.start_import(
        content=file.read(), filename=file.name or "", kind=form.kind, municipality=town, by=request.user, now=now,
        mapping=_mapping(form.mapping), style=form.style,
    )  # fmt: skip
    if form.check == "yes":
        begun = asking.ask_check(import_=begun, by=request.user, now=now)
    return _answer(
        request, begun, status=201, Location=request.build_absolute_uri(f"/api/v1/imports/{begun.pk}")
    )


def _mapping(text: str) -> dict[Any, Any] | None:
    if not text:
        return None
    try:
        read = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise invalid([field_error("/mapping", _("Give a JSON object."), "type")]) from error
    if not isinstance(read, dict) or not all(_is_column(value) for value in read.values()):
        raise invalid([field_error("/mapping", _("Give a JSON object."), "type")])
    return {
        int(key) if key.isascii() and key.isdigit() and len(key) < 6 else key: value
        for key, value in read.items()
    }


def _is_column(value: Any) -> bool:
    if isinstance(value, dict):
        return all(isinstance(part, str) and len(part) <= 100 for part in value.values())
    return isinstance(value, str) and len(value) <= 100


@router.get("/imports/{int:number}", auth=READ, response=ImportShape, url_name="import", summary="One import")
def one_import(request: ApiRequest, number: int) -> HttpResponse:
    """This will answer how far an import is; while the worker has it, ask again in a second."""
    return _answer(request, _import(request, number))


def _import(request: ApiRequest, number: int) -> Import:
    if number > 2**62:
        raise queries.NoSuchImport(number)
    return queries.import_for(request.user, number)


@router.get(
    "/imports/{int:number}/rows",
    auth=READ,
    response=ItemList,
    url_name="import_rows",
    summary="Rows of an import",
)
def rows(request: ApiRequest, number: int, asked: Query[RowQuery]) -> HttpResponse:
    """This will list the rows of a checked file: what each would change, and what is wrong with it and how to mend it."""
    found = queries.rows_of(_import(request, number), state=asked.state, field=asked.field)
    return listed_part(request, found, asked, partial(_row, language=_language(request)))


def _row(row: ImportRow, language: str) -> dict[str, Any]:
    return {
        "row": row.number,
        "state": row.state,
        "code": row.site.code if row.site else row.code,
        "name": row.name,
        "municipality": row.municipality.slug if row.municipality else None,
        "changes": [{"field": name, "before": pair[0], "after": pair[1]} for name, pair in row.changes.items()],
        "messages": [
            {
                "field": one.get("field", ""), "column": one.get("column"), "level": one.get("level", ""),
                "code": one.get("code", ""), "message": (one.get("message") or {}).get(language, ""),
                "mend": (one.get("mend") or {}).get(language, ""),
            }
            for one in row.messages
        ],
    }  # fmt: skip


@router.get(
    "/imports/{int:number}/marked",
    auth=READ,
    url_name="import_marked",
    summary="The file back with its errors marked",
)
def marked(request: ApiRequest, number: int) -> HttpResponse:
    """This will give the file back as a workbook in which every cell that must be mended is marked and says why."""
    found = _import(request, number)
    if found.state not in MARKABLE:
        raise Problem("conflict", _("The rows have not been checked yet."))
    named = f"attachment; filename=import-{found.pk}-marked.xlsx"
    content = marked_workbook(found, _language(request))
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": named})


@router.put(
    "/imports/{int:number}/columns",
    auth=WRITE,
    response=ImportShape,
    url_name="import_columns",
    summary="Say what columns hold",
)
def choose_columns(request: ApiRequest, number: int, payload: ColumnChoices) -> HttpResponse:
    """This will set what columns hold, remember it for the organisation's next file, and check the rows anew."""
    found, now = _import(request, number), timezone.now()
    given = {one.index: one.dict() for one in payload.columns}
    if unknown := sorted(set(given) - {column["index"] for column in found.columns}):
        raise invalid(
            [
                field_error(
                    "/columns", _("The file has no column %(number)s.") % {"number": unknown[0]}, "unknown"
                )
            ]
        )
    chosen = [given.get(column["index"], column) for column in found.columns]
    kept = services.confirm_columns(
        import_=found, chosen=chosen, style=payload.style or found.style, by=request.user, now=now
    )
    return _answer(request, asking.ask_check(import_=kept, by=request.user, now=now))


@router.put(
    "/imports/{int:number}/rows/{int:row}",
    auth=WRITE,
    response=ImportShape,
    url_name="import_row",
    summary="Mend a row",
)
def mend_row(request: ApiRequest, number: int, row: int, payload: Mend) -> HttpResponse:
    """This will put other text into cells of a row and check it anew."""
    found = _import(request, number)
    services.mend_row(import_=found, number=row, cells=payload.cells, by=request.user, now=timezone.now())
    return _answer(request, found)


@router.post(
    "/imports/{int:number}/check",
    auth=WRITE,
    response=ImportShape,
    url_name="import_check",
    summary="Check the rows",
)
def check(request: ApiRequest, number: int) -> HttpResponse:
    """This will check every row against the records as they are now."""
    found = _import(request, number)
    return _answer(request, asking.ask_check(import_=found, by=request.user, now=timezone.now()))


@router.post(
    "/imports/{int:number}/skip-errors",
    auth=WRITE,
    response=ImportShape,
    url_name="import_skip",
    summary="Leave out what is wrong",
)
def skip_errors(request: ApiRequest, number: int) -> HttpResponse:
    """This will leave out every row that has an error."""
    return _answer(
        request, services.skip_errors(import_=_import(request, number), by=request.user, now=timezone.now())
    )


@router.post(
    "/imports/{int:number}/commit",
    auth=WRITE,
    response=ImportShape,
    url_name="import_commit",
    summary="Take an import in",
)
def commit(request: ApiRequest, number: int, payload: Commitment | None = None) -> HttpResponse:
    """This will write every new and changed row into the working copies: all of them, or none."""
    submit = payload.submit if payload else False
    # The worker acts as the person, whose key is not asked again there.
    if submit and not may(request.user, Kind.SITE, Action.SUBMIT):
        raise PermissionDenied
    found = _import(request, number)
    return _answer(
        request, asking.ask_commit(import_=found, by=request.user, now=timezone.now(), submit=submit)
    )


@router.post(
    "/imports/{int:number}/undo",
    auth=WRITE,
    response=ImportShape,
    url_name="import_undo",
    summary="Undo an import",
)
def undo_import(request: ApiRequest, number: int) -> HttpResponse:
    """This will take an import back within 30 days, where nobody has touched the records since."""
    return _answer(
        request, asking.ask_undo(import_=_import(request, number), by=request.user, now=timezone.now())
    )


@router.post(
    "/imports/{int:number}/redo",
    auth=WRITE,
    response=ImportShape,
    url_name="import_redo",
    summary="Check an undone import again",
)
def redo_import(request: ApiRequest, number: int) -> HttpResponse:
    """This will check an undone import against the records as they are now. Commit it when its preview is right: rows
    of records that somebody has edited since are named there."""
    return _answer(
        request, asking.ask_redo(import_=_import(request, number), by=request.user, now=timezone.now())
    )


@router.post(
    "/imports/{int:number}/cancel",
    auth=WRITE,
    response=ImportShape,
    url_name="import_cancel",
    summary="Stop an import",
)
def cancel(request: ApiRequest, number: int) -> HttpResponse:
    """This will stop an import: at once when it waits, at its next step when the worker has it."""
    return _answer(
        request, services.cancel_import(import_=_import(request, number), by=request.user, now=timezone.now())
    )
