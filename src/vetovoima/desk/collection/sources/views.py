"""Sources: the list with an honest state for each, trying and keeping one, its log, what it no longer has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from vetovoima.accounts.doors import door
from vetovoima.accounts.rights import Action, Kind
from vetovoima.accounts.rules import may
from vetovoima.catalogue.services import CannotChange
from vetovoima.collection.connectors import queries as registers
from vetovoima.collection.connectors.tasks import ask_all
from vetovoima.collection.imports.enums import Rule
from vetovoima.collection.sources import deciding, queries, rules, services
from vetovoima.collection.sources.shape import ACCEPTABLE
from vetovoima.collection.sources.trying import Trial, try_source
from vetovoima.desk.requests import DeskRequest

from .forms import SourceForm, column_choices, posted_columns, target_options
from .shapes import (
    conflict_lines,
    error_lines,
    kept_lines,
    kind_label,
    register_lines,
    run_line,
    source_lines,
)

if TYPE_CHECKING:
    from vetovoima.collection.models.sources import Source, SourceRun

AREA = {"area_name": "collection", "tab": "sources"}
SHOWN_RUNS = 30


def _source_or_404(request: DeskRequest, number: int) -> Source:
    found = queries.source_for(request.user, number)
    if found is None:
        raise Http404
    return found


def _keepable_or_404(request: DeskRequest, number: int) -> Source:
    """A source that the person may keep; one that they may only see is as absent as any other."""
    found = _source_or_404(request, number)
    if not rules.can_keep_sources_of(request.user, found.municipality_id):
        raise Http404
    return found


@door(Kind.COLLECTION, Action.VIEW)
@require_safe
def sources(request: DeskRequest) -> HttpResponse:
    """This will list the sources that a person may see, and the registers that everybody shares."""
    shown = {
        **AREA,
        "lines": source_lines(queries.statuses_for(request.user)),
        "registers": register_lines(registers.statuses()),
        "may_add": may(request.user, Kind.COLLECTION, Action.CREATE),
        "may_read_registers": may(request.user, Kind.COLLECTION, Action.EDIT),
    }
    return render(request, "desk/collection/sources/list.html", shown)


@door(Kind.COLLECTION, Action.EDIT)
@require_POST
def registers_read(request: DeskRequest) -> HttpResponse:
    """This will have the worker read every register and statistic today."""
    ask_all(timezone.now())
    messages.success(
        request, _("The registers are read within a few minutes. Each is read at most once a day.")
    )
    return redirect("desk:sources")


@door(Kind.COLLECTION, Action.CREATE)
def source_new(request: DeskRequest) -> HttpResponse:
    """This will describe a source, try it as often as wanted, and keep it."""
    form = SourceForm(queries.keepable_municipalities(request.user), request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _form_page(request, form)
    if "try" in request.POST:
        return _tried(request, form)
    try:
        made = services.add_source(
            municipality=form.place, values=form.values(), columns=posted_columns(request.POST) or (),
            by=request.user, now=timezone.now(),
        )  # fmt: skip
    except ValidationError as error:
        form.refuse(error)
        return _form_page(request, form)
    messages.success(request, _("The source is kept. Read it now, or wait for its first turn."))
    return redirect("desk:source", made.pk)


@door(Kind.COLLECTION, Action.CREATE)
def source_edit(request: DeskRequest, number: int) -> HttpResponse:
    """This will change a source, trying it as often as wanted."""
    found = _keepable_or_404(request, number)
    form = SourceForm((), request.POST or None, source=found)
    if request.method != "POST" or not form.is_valid():
        return _form_page(request, form, found)
    if "try" in request.POST:
        return _tried(request, form, found)
    try:
        services.edit_source(
            source=found, values=form.values(), columns=posted_columns(request.POST), by=request.user,
            now=timezone.now(), revision=form.cleaned_data.get("revision") or 0,
        )  # fmt: skip
    except (ValidationError, services.CannotChangeSource) as error:
        form.refuse(error)
        return _form_page(request, form, found)
    messages.success(request, _("The source was changed. Its next reading begins from the beginning."))
    return redirect("desk:source", found.pk)


def _tried(request: DeskRequest, form: SourceForm, source: Source | None = None) -> HttpResponse:
    trial: Trial | None = None
    try:
        trial = try_source(form.values())
    except ValidationError as error:
        form.refuse(error)
    return _form_page(request, form, source, trial)


def _form_page(
    request: DeskRequest, form: SourceForm, source: Source | None = None, trial: Trial | None = None
) -> HttpResponse:
    chosen = posted_columns(request.POST) or (source.columns if source else [])
    columns: Any = column_choices(trial.columns if trial and not trial.problem else chosen, chosen)
    kind = str(form["record_kind"].value() or "")
    shown = {
        **AREA, "form": form, "source": source, "trial": trial, "columns": columns,
        "targets": target_options(kind) if columns else [], "rules": Rule.choices,
    }  # fmt: skip
    return render(request, "desk/collection/sources/form.html", shown)


@door(Kind.COLLECTION, Action.VIEW)
@require_safe
def source(request: DeskRequest, number: int) -> HttpResponse:
    """This will show a source: its state, its last run with every wrong row, its log."""
    found = _source_or_404(request, number)
    return _source_page(request, found, queries.runs_of(found).first())


@door(Kind.COLLECTION, Action.VIEW)
@require_safe
def source_run(request: DeskRequest, number: int, run: int) -> HttpResponse:
    """This will show an earlier run of a source."""
    found = _source_or_404(request, number)
    wanted = queries.run_of(found, run)
    if wanted is None:
        raise Http404
    return _source_page(request, found, wanted)


def _source_page(request: DeskRequest, source: Source, run: SourceRun | None) -> HttpResponse:
    shown = {
        **AREA,
        "source": source,
        "record_kind": kind_label(source.record_kind),
        "line": run_line(run),
        "errors": error_lines(run),
        "kept": kept_lines(run),
        "conflicts": conflict_lines(queries.disagreeing_records(source)),
        "is_acceptable": run is not None
        and run == queries.runs_of(source).first()
        and run.problem.get("code") in ACCEPTABLE,
        "lines": [run_line(one) for one in queries.runs_of(source)[:SHOWN_RUNS]],
        "missing": queries.missing_records(source),
        "may_keep": rules.can_keep_sources_of(request.user, source.municipality_id),
    }
    return render(request, "desk/collection/sources/source.html", shown)


@door(Kind.COLLECTION, Action.CREATE)
@require_POST
def source_read(request: DeskRequest, number: int) -> HttpResponse:
    """This will have the worker read a source at once."""
    found = _keepable_or_404(request, number)
    services.ask_for_run(source=found, by=request.user, now=timezone.now())
    messages.success(
        request, _("The source is being read. Open this page again in a moment to see what came.")
    )
    return redirect("desk:source", found.pk)


@door(Kind.COLLECTION, Action.CREATE)
@require_POST
def source_pause(request: DeskRequest, number: int) -> HttpResponse:
    """This will stop the scheduled readings, or begin them again."""
    found = _keepable_or_404(request, number)
    is_active = request.POST.get("active") == "yes"
    services.pause_source(source=found, is_active=is_active, by=request.user, now=timezone.now())
    text = _("The source is read on schedule again.") if is_active else _("The source is paused.")
    messages.success(request, text)
    return redirect("desk:source", found.pk)


@door(Kind.COLLECTION, Action.CREATE)
@require_POST
def source_remove(request: DeskRequest, number: int) -> HttpResponse:
    """This will remove a source; its records stay."""
    found = _keepable_or_404(request, number)
    services.remove_source(source=found, by=request.user, now=timezone.now())
    messages.success(request, _("The source was removed. The records that came from it stay."))
    return redirect("desk:sources")


@door(Kind.COLLECTION, Action.CREATE)
@require_POST
def source_decided(request: DeskRequest, number: int) -> HttpResponse:
    """This will end the flag on a record that the source no longer has."""
    found = _keepable_or_404(request, number)
    code = request.POST.get("code", "")[:30]
    services.forget_record(source=found, code=code, by=request.user, now=timezone.now())
    return redirect("desk:source", found.pk)


@door(Kind.COLLECTION, Action.CREATE)
@require_POST
def source_accept(request: DeskRequest, number: int) -> HttpResponse:
    """This will read a source as it is now: its columns or its units have changed, and that is right."""
    found = _keepable_or_404(request, number)
    services.accept_shape(source=found, by=request.user, now=timezone.now())
    messages.success(
        request, _("The source is read as it is now. Open this page again in a moment to see what came.")
    )
    return redirect("desk:source", found.pk)


@door(Kind.COLLECTION, Action.CREATE)
@require_POST
def source_conflict(request: DeskRequest, number: int) -> HttpResponse:
    """This will decide one field about which the source and a person disagree."""
    found = _keepable_or_404(request, number)
    chosen: dict[str, Any] = {
        "source": found, "code": request.POST.get("code", "")[:30], "field": request.POST.get("field", "")[:80],
        "by": request.user, "now": timezone.now(),
    }  # fmt: skip
    try:
        if "take" in request.POST:
            deciding.take_said(**chosen)
            messages.success(request, _("The source's value was taken over for %(code)s.") % chosen)
        else:
            deciding.keep_ours(**chosen)
            messages.success(request, _("What a person wrote for %(code)s is kept.") % chosen)
    except (services.CannotChangeSource, CannotChange) as error:
        messages.error(request, str(error))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("desk:source", found.pk)
