"""The list of imports with the form for a new one, and one import in whatever state it is."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from vetovoima.accounts.doors import door
from vetovoima.accounts.rights import Action, Kind
from vetovoima.collection.imports import queries, services
from vetovoima.collection.imports.enums import BUSY, ImportState
from vetovoima.desk.collection.imports.forms import UploadForm
from vetovoima.desk.collection.imports.progress import progress_page
from vetovoima.desk.collection.imports.results import result_page
from vetovoima.desk.collection.imports.shapes import list_page, preview_page
from vetovoima.desk.requests import DeskRequest, is_fragment

from .finding import import_or_404

PER_PAGE = 50


@door(Kind.COLLECTION, Action.CREATE)
@require_safe
def import_list(request: DeskRequest) -> HttpResponse:
    """This will list the imports that a person may see, with the form for a new one above."""
    return _list(request, UploadForm(request.user, asked=request.GET.dict()))


@door(Kind.COLLECTION, Action.CREATE)
def import_new(request: DeskRequest) -> HttpResponse:
    """This will read a file and go on to its columns; when it cannot be read, the form says why."""
    if request.method != "POST":
        return redirect("desk:imports")
    form = UploadForm(request.user, request.POST, request.FILES)
    if not form.is_valid():
        return _list(request, form)
    file = form.cleaned_data["file"]
    try:
        started = services.start_import(
            content=file.read(), filename=file.name, kind=form.cleaned_data["kind"], municipality=form.municipality,
            by=request.user, now=timezone.now(), round_task=form.round_task,
        )  # fmt: skip
    except ValidationError as error:
        form.refuse(error if hasattr(error, "error_dict") else ValidationError({"file": error.messages}))
        return _list(request, form)
    return redirect("desk:import-columns", started.pk)


def _list(request: DeskRequest, form: UploadForm) -> HttpResponse:
    page = Paginator(queries.imports_for(request.user), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "desk/collection/imports/list.html", list_page(form, page))


@door(Kind.COLLECTION, Action.CREATE)
@require_safe
def import_detail(request: DeskRequest, number: int) -> HttpResponse:
    """This will show an import: its columns, how far it is, its preview or what became of it."""
    found = import_or_404(request, number)
    if found.state in BUSY:
        return _progress(request, found)
    if is_fragment(request) and request.GET.get("progress"):
        # the work has ended: the whole page is another one now
        return HttpResponse(headers={"HX-Redirect": request.path})
    if found.state in (ImportState.UPLOADED, ImportState.MAPPED):
        return redirect("desk:import-columns", found.pk)
    if found.state == ImportState.READY:
        template = "_rows.html" if is_fragment(request) else "preview.html"
        return render(request, f"desk/collection/imports/{template}", preview_page(found, request.GET))
    return render(request, "desk/collection/imports/result.html", result_page(found, request.GET))


def _progress(request: DeskRequest, found: object) -> HttpResponse:
    template = "_progress.html" if is_fragment(request) else "progress.html"
    return render(request, f"desk/collection/imports/{template}", progress_page(found))  # type: ignore[arg-type]
