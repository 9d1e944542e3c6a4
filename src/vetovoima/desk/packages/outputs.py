"""An offer package to hand out: PDF, workbook, JSON."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from vetovoima.accounts.doors import door
from vetovoima.accounts.rights import Action, Kind
from vetovoima.common.fields import LANGUAGES
from vetovoima.common.pdf import CannotRender
from vetovoima.desk.requests import DeskRequest
from vetovoima.syndication.packages import paper, workbook
from vetovoima.syndication.packages.documents import package_document

from .views import package_or_404

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _document(request: DeskRequest, package: str, language: str) -> dict[str, Any]:
    if language not in LANGUAGES:
        raise Http404
    return package_document(package_or_404(request, package), language, localdate())


def _file(content: bytes | str, kind: str, document: dict[str, Any], ending: str, way: str) -> HttpResponse:
    name = f"{document['code']}-{document['language']}.{ending}"
    return HttpResponse(
        content, content_type=kind, headers={"Content-Disposition": f'{way}; filename="{name}"'}
    )


def _base(request: DeskRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")


@door(Kind.PACKAGE, Action.VIEW)
@require_safe
def package_pdf(request: DeskRequest, package: str, language: str) -> HttpResponse:
    """This will hand out the package as a PDF."""
    document = _document(request, package, language)
    try:
        content = paper.package_pdf(document, _base(request))
    except CannotRender as error:
        messages.error(request, str(error))
        return redirect("desk:package", package)
    return _file(content, "application/pdf", document, "pdf", "inline")


@door(Kind.PACKAGE, Action.VIEW)
@require_safe
def package_workbook(request: DeskRequest, package: str, language: str) -> HttpResponse:
    """This will hand out the package as a workbook."""
    document = _document(request, package, language)
    return _file(workbook.package_workbook(document), XLSX, document, "xlsx", "attachment")


@door(Kind.PACKAGE, Action.VIEW)
@require_safe
def package_json(request: DeskRequest, package: str, language: str) -> HttpResponse:
    """This will hand out the package as its JSON document."""
    document = _document(request, package, language)
    content = json.dumps(document, ensure_ascii=False, indent=1)
    return _file(content, "application/json", document, "json", "attachment")
