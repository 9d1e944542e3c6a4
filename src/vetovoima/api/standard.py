"""The published collection standard: its page, schema, forms, the mapping to the French one, and the validator.

All of it is public and open to other origins. The validator stores nothing and sets no cookie; how often an address
may ask is counted.
"""

from __future__ import annotations

import json
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from vetovoima.accounts.doors import public_door
from vetovoima.catalogue.enums import Profile, SiteKind
from vetovoima.catalogue.registry import GROUPS, STANDARD_VERSION, fields_of
from vetovoima.collection.standard.checking import Report, check_file, check_records
from vetovoima.collection.standard.history import VERSIONS
from vetovoima.collection.standard.layout import column
from vetovoima.collection.standard.mapping import cnig
from vetovoima.collection.standard.schema import site_schema
from vetovoima.collection.standard.template import template_csv, template_workbook
from vetovoima.collection.standard.workbook import LICENCE, LICENCE_URL
from vetovoima.common.digits import whole_number
from vetovoima.common.fields import LANGUAGES
from vetovoima.common.limits import Allowance, take_one
from vetovoima.common.network import address_of
from vetovoima.common.tables import CannotRead

from .caching import OPEN, Refused, json_answer, problem
from .doors import file_door, text_door

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LARGEST_BODY = 10_000_000
LARGEST_JSON = 2_500_000
#: files that one address may have checked in an hour
CHECKS, WINDOW = 60, 3600
#: rows with findings that the page shows; the JSON answer has all
SHOWN = 200


@text_door
def schema(request: HttpRequest) -> HttpResponse:
    """This will answer the JSON Schema of a record."""
    _only(request, ())
    return json_answer(site_schema(), "application/schema+json")


@text_door
def mapping(request: HttpRequest) -> HttpResponse:
    """This will answer how our fields become those of the French standard."""
    _only(request, ())
    return json_answer(cnig())


@file_door
def workbook(request: HttpRequest) -> HttpResponse:
    """This will answer the empty workbook: `lang`, `kind` and `profile` choose which."""
    language, kind, profiles = _asked(request)
    content = template_workbook(language=language, kind=kind, profiles=profiles)
    return _file(content, XLSX, f"vetovoima-{kind or 'all'}-{language}.xlsx")


@text_door
def csv_form(request: HttpRequest) -> HttpResponse:
    """This will answer the empty CSV form."""
    language, kind, profiles = _asked(request)
    text = template_csv(language=language, kind=kind, profiles=profiles)
    return _file(text.encode(), "text/csv; charset=utf-8", f"vetovoima-{kind or 'all'}-{language}.csv")


def _file(content: bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _only(request: HttpRequest, names: tuple[str, ...]) -> None:
    unknown = sorted(set(request.GET) - {*names, "lang"})
    if unknown:
        detail = _("Unknown parameters: %(names)s.") % {"names": ", ".join(name[:60] for name in unknown)}
        raise Refused(detail, unknown=[name[:60] for name in unknown], known=[*names, "lang"])


def _asked(request: HttpRequest) -> tuple[str, str, list[str] | None]:
    """Language, kind ("" for all) and profiles; raises Refused for what there is not."""
    _only(request, ("kind", "profile"))
    kind = request.GET.get("kind", "").replace("-", "_")
    profiles = request.GET.getlist("profile")
    for name, value, known in (
        ("kind", kind, ["", *SiteKind.values]),
        *(("profile", one, list(Profile.values)) for one in profiles),
        ("lang", request.GET.get("lang", "en"), list(LANGUAGES)),
    ):
        if value not in known:
            text = _("The parameter %(name)s must be one of %(names)s.")
            raise Refused(text % {"name": name, "names": ", ".join(filter(None, known))}, parameter=name)
    # A form without a profile has the fields that every record of the kind may have.
    return request.LANGUAGE_CODE or "en", kind, profiles


@text_door
def overview(request: HttpRequest) -> HttpResponse:
    """The page of the standard: what it is, its forms, its fields, its versions."""
    context = {
        "version": STANDARD_VERSION,
        "versions": VERSIONS,
        "licence": LICENCE,
        "licence_url": LICENCE_URL,
        "kinds": SiteKind.choices,
        "languages": LANGUAGES,
        "groups": _groups(),
    }
    return render(request, "api/standard.html", context)


def _groups() -> list[dict[str, Any]]:
    """Every group with its fields, each field once, with the kinds that have it."""
    every = {spec.name: spec for kind in SiteKind.values for spec in fields_of(kind)}
    return [
        {
            "name": group.name,
            "label": group.label,
            "fields": [
                {
                    "spec": spec,
                    "kinds": "" if len(spec.kinds) == len(SiteKind.values) else ", ".join(str(SiteKind(kind).label) for kind in spec.kinds),
                    "profiles": ", ".join(str(Profile(one).label) for one in spec.profiles),
                }
                for spec in every.values()
                if spec.group == group.name
            ],
        }
        for group in GROUPS
        if any(spec.group == group.name for spec in every.values())
    ]  # fmt: skip


@csrf_exempt  # nothing here rests on a session and nothing is stored: a forged request could only have a file checked
@never_cache
@public_door
def validate(request: HttpRequest) -> HttpResponse:
    """The validator: a page with a form; a file or records in, what to mend row by row out, as a page or as JSON."""
    if request.method == "OPTIONS":
        return HttpResponse(status=204, headers={**OPEN, "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS", "Access-Control-Allow-Headers": "Content-Type, Accept", "Access-Control-Max-Age": "86400"})  # fmt: skip
    if request.method not in ("GET", "HEAD", "POST"):
        return problem(405, _("Not allowed"), _("Use GET or POST."))
    if request.method != "POST":
        return _page(request)
    allowance = _take(request)
    if allowance.is_spent:
        return _refuse(request, 429, _too_many(allowance), headers={"Retry-After": str(allowance.resets_in)})
    # What is announced as no number is not believed to be small.
    announced = whole_number(request.META.get("CONTENT_LENGTH") or "0")
    if announced is None or announced > LARGEST_BODY + 100_000:
        return _refuse(request, 413, _("The file is too large: at most 10 MB. Split it into parts."))
    try:
        report = _checked(request)
    except CannotRead as error:
        more: dict[str, Any] = {"row": error.row} if error.row else {}
        return _refuse(request, 422, " ".join(error.messages), **more)
    except ValidationError as error:
        return _refuse(request, 422, " ".join(error.messages))
    if _wants_json(request):
        body = {
            "counts": report.counts, "rows": report.rows, "notes": report.notes, "unknown_columns": report.unknown_columns,
            "standard": STANDARD_VERSION,
        }  # fmt: skip
        response = json_answer(body)
        for name, value in OPEN.items():
            response.headers[name] = value
        return response
    return _page(request, report=report)


def _take(request: HttpRequest) -> Allowance:
    address = address_of(request.META)
    return take_one(f"validate:{address}", limit=CHECKS, window=WINDOW, now=timezone.now())


def _too_many(allowance: Allowance) -> str:
    text = _("At most %(limit)s files an hour can be checked. Try again in %(minutes)s minutes.")
    return text % {"limit": allowance.limit, "minutes": allowance.resets_in // 60 + 1}


def _checked(request: HttpRequest) -> Report:
    """What was sent, checked; raises ValidationError with a sentence when there is nothing that can be."""
    language = request.LANGUAGE_CODE or "en"
    if request.content_type == "application/json":
        return check_records(_records(request), kind=_kind(request.GET.get("kind", "")), language=language)
    kind = _kind(request.POST.get("kind", "") or request.GET.get("kind", ""))
    sent = request.FILES.get("file")
    if sent is None:
        raise ValidationError(_("Choose a file first."))
    return check_file(sent.read(), sent.name or "", kind=kind, language=language)


def _kind(text: str) -> str:
    kind = text.replace("-", "_")
    if kind and kind not in SiteKind.values:
        raise ValidationError(_("The kind must be one of %(names)s.") % {"names": ", ".join(SiteKind.values)})
    return kind


def _records(request: HttpRequest) -> list[Any]:
    """One record, a list of them, or {"records": [...]}."""
    try:
        body = json.loads(request.read(LARGEST_JSON + 1)[: LARGEST_JSON + 1])
    except (ValueError, RecursionError) as error:
        raise ValidationError(_("The request is not JSON, or is larger than 2.5 MB.")) from error
    if isinstance(body, dict) and isinstance(body.get("records"), list):
        found: list[Any] = body["records"]
        return found
    return body if isinstance(body, list) else [body]


def _wants_json(request: HttpRequest) -> bool:
    return request.content_type == "application/json" or (
        request.accepts("application/json") and not request.accepts("text/html")
    )


def _refuse(
    request: HttpRequest, status: int, text: str, *, headers: dict[str, str] | None = None, **more: Any
) -> HttpResponse:
    if _wants_json(request):
        response = problem(status, _("The file cannot be checked"), text, **more)
    else:
        response = _page(request, status=status, refusal=text)
    for name, value in (headers or {}).items():
        response.headers[name] = value
    return response


def _page(
    request: HttpRequest, *, report: Report | None = None, refusal: str = "", status: int = 200
) -> HttpResponse:
    # what is refused unread (too large, too often) stays unread
    is_read = status in (200, 422)
    is_form = is_read and request.method == "POST" and request.content_type != "application/json"
    kind = (request.POST if is_form else request.GET).get("kind", "")
    context = {
        "kinds": SiteKind.choices,
        "kind": kind,
        "refusal": refusal,
        "report": report,
        "rows": _shown(report, request.LANGUAGE_CODE or "en") if report else [],
        "more": max(0, len(report.spoken_of) - SHOWN) if report else 0,
        "version": STANDARD_VERSION,
    }
    response = render(request, "api/standard_validate.html", context, status=status)
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _shown(report: Report, language: str) -> list[dict[str, Any]]:
    """The findings of the first rows, with the fields' labels instead of their names."""
    shown = []
    for row in report.spoken_of[:SHOWN]:
        for at, message in enumerate(row["messages"]):
            place = column(message["field"])
            label = place.label(language) if place else message["field"]
            shown.append(
                {**message, "label": label, "row": row["row"], "span": len(row["messages"]) if at == 0 else 0}
            )
    return shown
