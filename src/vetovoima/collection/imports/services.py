"""Every change of an import: begun, mapped, checked, mended, taken in, stopped, undone, done again.

`start_import`, `check_import`, `commit_import` and `undo_import` do their work at once; `asking.ask` has the worker do
it when there is much of it. Each is safe to do again: what is done already is not done twice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from vetovoima.accounts.models import User
from vetovoima.catalogue.enums import SiteKind
from vetovoima.collection.models import Import, ImportRow, RoundTask
from vetovoima.reference.models import Municipality

from . import columns as column_work
from . import rules, storing
from .committing import commit_rows, count_rows
from .enums import MAPPABLE, ImportState, RowState
from .facts import note
from .handing_in import require_task
from .memory import organisation_of, remember, remembered
from .messages import in_languages
from .progress import Stopped, report
from .reading import CannotRead, example_notes, opened
from .staging import restage_row, stage_rows
from .undoing import undo_rows


class CannotImport(Exception):
    """The import cannot do that now; the text says why and what to do."""


def require_rights(user: User | None, import_: Import) -> None:
    """This will refuse whoever may not work on an import; raises PermissionDenied."""
    if user is not None and not rules.can_work_on(user, import_):
        raise PermissionDenied


def _locked(import_: Import, *states: str) -> Import:
    """The import as it is now, held until the transaction ends; raises CannotImport in any other state."""
    fresh = (
        Import.objects.select_for_update(of=("self",)).select_related("municipality", "by").get(pk=import_.pk)
    )
    if states and fresh.state not in states:
        raise CannotImport(
            _("The import is “%(state)s” now, so this cannot be done.") % {"state": fresh.get_state_display()}
        )
    return fresh


# -- beginning ---------------------------------------------------------------------------------------------------------


def start_import(
    *,
    content: bytes,
    filename: str,
    kind: str,
    municipality: Municipality | None,
    by: User | None,
    now: datetime,
    mapping: Mapping[Any, Any] | None = None,
    rules: Mapping[str, str] | None = None,
    style: str = "",
    is_trial: bool = False,
    round_task: RoundTask | None = None,
) -> Import:
    """This will read a file, guess its columns and keep both; with `mapping` the columns are as it says.

    `mapping` is {header or index: field or {field, unit, rule}}, `rules` {field: overwrite | fill | keep}. `by` None
    is the system. A trial is forgotten afterwards (`forget_import`), so no fact tells of it. `round_task` is answered
    when the import is taken in. Raises PermissionDenied, CannotRead when the file cannot be read, and ValidationError.
    """
    _may_begin(by, municipality, kind)
    require_task(by, round_task, municipality)
    import_ = Import(
        municipality=municipality, kind=kind, filename=storing.shown_name(filename), file_hash=storing.hash_of(content),
        by=by, created_at=now, changed_at=now, round_task=round_task,
    )  # fmt: skip
    _read_into(import_, content, style)
    if mapping is not None:
        import_.columns = column_work.given(import_.columns, mapping, rules)
        import_.state = ImportState.MAPPED
    with transaction.atomic():
        import_.stored_name = storing.store_file(content)
        import_.save()
        if not is_trial:
            note(import_, "started", by=by, now=now)
    return import_


def forget_import(*, import_: Import) -> None:
    """This will remove an import that took nothing in, with its rows and its file; raises CannotImport otherwise."""
    if import_.committed_at is not None:
        raise CannotImport(_("The import was taken in, so it stays in the history."))
    storing.remove_file(import_.stored_name)
    Import.objects.filter(pk=import_.pk, committed_at=None).delete()


def _may_begin(by: User | None, municipality: Municipality | None, kind: str) -> None:
    if by is not None and not rules.can_import_into(by, municipality.pk if municipality else None):
        raise PermissionDenied
    if kind not in SiteKind.values:
        raise ValidationError({"kind": _("Choose one of the list.")})


def _read_into(import_: Import, content: bytes, style: str) -> None:
    """Open the file and note what it is: sheets, header, how many rows, and what its columns probably hold."""
    with opened(content, import_.filename, import_.sheet, import_.header_choice) as sheet:
        memory = remembered(organisation_of(import_), import_.kind)
        columns, guessed_style = column_work.guessed(sheet, import_.kind, memory, style)
        import_.columns = columns
        import_.style = column_work.clean_style(style or guessed_style)
        import_.sheet, import_.sheets = sheet.sheet[:120], sheet.sheets
        import_.header_row, import_.row_count = sheet.header_row, sheet.row_count
        import_.notes = [*sheet.notes, *example_notes(sheet)]
    import_.total = import_.row_count


@transaction.atomic
def read_again(
    *,
    import_: Import,
    by: User | None,
    now: datetime,
    sheet: str = "",
    header_row: int | None = None,
    style: str = "",
) -> Import:
    """This will read another sheet, or the same with its header elsewhere, and guess the columns anew.

    Raises PermissionDenied, CannotImport, CannotRead.
    """
    fresh = _locked(import_, *MAPPABLE)
    require_rights(by, fresh)
    fresh.sheet, fresh.header_choice = sheet, header_row
    _read_into(fresh, storing.read_file(fresh.stored_name), style)
    fresh.state, fresh.changed_at = ImportState.UPLOADED, now
    fresh.mends, fresh.skips = {}, []
    fresh.save()
    return fresh


@transaction.atomic
def confirm_columns(
    *, import_: Import, chosen: Sequence[Mapping[str, str]], style: str, by: User | None, now: datetime
) -> Import:
    """This will keep what a person says each column holds, and remember it for their organisation's next file.

    Raises PermissionDenied, CannotImport, and ValidationError by column.
    """
    fresh = _locked(import_, *MAPPABLE)
    require_rights(by, fresh)
    fresh.columns = column_work.confirmed(
        fresh.kind, fresh.columns, chosen, column_work.order_of(style, fresh.style)
    )
    fresh.style = column_work.clean_style(style)
    fresh.state, fresh.changed_at = ImportState.MAPPED, now
    fresh.save()
    remember(fresh, fresh.columns, now)
    return fresh


# -- checking ----------------------------------------------------------------------------------------------------------


def check_import(import_: Import, *, now: datetime | None = None) -> Import:
    """This will check every row of a mapped import and keep what taking it in would do; it is then ready.

    Done again from the beginning when it was interrupted. A file that cannot be read any more makes it failed.
    """
    moment = now or import_.changed_at
    Import.objects.filter(pk=import_.pk).update(state=ImportState.CHECKING, phase="checking", done=0)
    try:
        counts = stage_rows(import_, lambda done: report(import_, "checking", done))
    except Stopped:
        return _stop(import_, ImportState.CANCELLED, moment)
    except (CannotRead, FileNotFoundError) as error:
        return _fail(import_, error, moment)
    with transaction.atomic():
        fresh = _locked(import_)
        if fresh.turn != import_.turn or fresh.state != ImportState.CHECKING:
            return fresh
        fresh.state, fresh.changed_at = ImportState.READY, moment
        fresh.counts = {state: counts.get(state, 0) for state in RowState.values}
        fresh.phase, fresh.problem = "", {}
        fresh.done = fresh.total = counts.total()
        fresh.save()
    return fresh


def _stop(import_: Import, state: str, now: datetime) -> Import:
    """Leave the work where a person stopped it; nothing when another worker has it now."""
    mine = Import.objects.filter(pk=import_.pk, turn=import_.turn)
    mine.update(state=state, phase="", done=0, cancel_asked=False, changed_at=now)
    return Import.objects.get(pk=import_.pk)


def _fail(import_: Import, error: Exception, now: datetime) -> Import:
    gone = ValidationError(_("The file is not kept any more. Send it again."), code="gone")
    problem = {"message": in_languages(error if isinstance(error, ValidationError) else gone)}
    Import.objects.filter(pk=import_.pk, turn=import_.turn).update(
        state=ImportState.FAILED, problem=problem, phase="", changed_at=now
    )
    return Import.objects.get(pk=import_.pk)


# -- mending -----------------------------------------------------------------------------------------------------------


@transaction.atomic
def mend_row(
    *, import_: Import, number: int, cells: Mapping[str, str], by: User | None, now: datetime
) -> ImportRow | None:
    """This will put other text into cells of a row ({column index or "code": text}) and check the row anew; under
    "repair", any text takes the repair of an area that is offered.

    Raises PermissionDenied and CannotImport.
    """
    fresh = _locked(import_, ImportState.READY)
    require_rights(by, fresh)
    known = {str(column["index"]) for column in fresh.columns} | {"code", "repair"}
    mends = {
        **fresh.mends.get(str(number), {}),
        **{key: text[:2000] for key, text in cells.items() if key in known},
    }
    fresh.mends = {**fresh.mends, str(number): mends}
    row = restage_row(fresh, number)
    _save_counts(fresh, now)
    return row


@transaction.atomic
def skip_rows(
    *, import_: Import, numbers: Sequence[int], skip: bool, by: User | None, now: datetime
) -> Import:
    """This will leave rows out, or take them back in. Raises PermissionDenied and CannotImport."""
    fresh = _locked(import_, ImportState.READY)
    require_rights(by, fresh)
    chosen = set(numbers)
    fresh.skips = sorted(set(fresh.skips) | chosen if skip else set(fresh.skips) - chosen)
    rows = ImportRow.objects.filter(batch=fresh, number__in=chosen)
    if skip:
        rows.update(state=RowState.SKIPPED)
    else:
        for number in rows.values_list("number", flat=True):
            restage_row(fresh, number)
    _save_counts(fresh, now)
    return fresh


@transaction.atomic
def skip_errors(*, import_: Import, by: User | None, now: datetime) -> Import:
    """This will leave out every row that has an error. Raises PermissionDenied and CannotImport."""
    fresh = _locked(import_, ImportState.READY)
    require_rights(by, fresh)
    numbers = list(
        ImportRow.objects.filter(batch=fresh, state=RowState.ERROR).values_list("number", flat=True)
    )
    return skip_rows(import_=fresh, numbers=numbers, skip=True, by=by, now=now)


def _save_counts(import_: Import, now: datetime) -> None:
    import_.counts = count_rows(import_)
    import_.changed_at = now
    import_.save()


# -- taking in, undoing, doing again -----------------------------------------------------------------------------------


@transaction.atomic
def _begin(
    import_: Import, state: str, allowed: Sequence[str], by: User | None, now: datetime, **more: Any
) -> Import:
    """The import in a busy state with a turn of its own: exactly one of two people who ask gets it."""
    fresh = _locked(import_, *allowed)
    require_rights(by, fresh)
    fresh.state, fresh.changed_at = state, now
    fresh.turn += 1
    fresh.cancel_asked, fresh.done = False, 0
    for name, value in more.items():
        setattr(fresh, name, value)
    fresh.save()
    return fresh


def begin_check(*, import_: Import, by: User | None, now: datetime) -> Import:
    """This will make an import whose columns are confirmed ready to be checked; raises as `commit_import`."""
    return _begin(import_, ImportState.CHECKING, MAPPABLE, by, now, phase="checking")


def begin_commit(*, import_: Import, by: User | None, now: datetime, submit: bool = False) -> Import:
    """This will make a checked import ready to be taken in; `submit` needs the right to send records to review.

    Raises PermissionDenied, and CannotImport with nothing new in it or when somebody else has begun already.
    """
    # Asked here, whoever calls: the worker acts as the person, whose key is not asked again there.
    if submit and by is not None and not rules.can_send_to_review(by, import_):
        raise PermissionDenied
    if not any(import_.counts.get(state) for state in (RowState.NEW, RowState.CHANGED)):
        raise CannotImport(_("There is nothing to take in: no row is new or changes a record."))
    return _begin(
        import_, ImportState.COMMITTING, [ImportState.READY], by, now, phase="preparing", submit=submit
    )


def begin_undo(*, import_: Import, by: User | None, now: datetime) -> Import:
    """This will make an import that was taken in ready to be undone; raises as `commit_import`."""
    if import_.undo_until is not None and import_.undo_until < now:
        raise CannotImport(
            _("An import can be undone for 30 days. Change the records themselves, or import again.")
        )
    return _begin(import_, ImportState.UNDOING, [ImportState.COMMITTED], by, now, phase="undoing")


def begin_redo(*, import_: Import, by: User | None, now: datetime) -> Import:
    """This will make an undone import ready to be checked anew; raises as `commit_import`."""
    return _begin(import_, ImportState.CHECKING, [ImportState.UNDONE], by, now, phase="checking")


def commit_import(*, import_: Import, by: User | None, now: datetime, submit: bool = False) -> Import:
    """This will take a checked import in: every new and changed row, or none.

    Raises PermissionDenied, and CannotImport when it is not ready. An import that is being taken in already goes on
    from there: that is how a killed one is resumed.
    """
    begun = import_
    if import_.state != ImportState.COMMITTING:
        begun = begin_commit(import_=import_, by=by, now=now, submit=submit)
    try:
        return commit_rows(begun, by=by, now=now)
    except Stopped:
        return _stop(begun, ImportState.READY, now)


def undo_import(*, import_: Import, by: User | None, now: datetime) -> Import:
    """This will take an import back: what nobody has touched since. Raises as `commit_import`."""
    begun = import_
    if import_.state != ImportState.UNDOING:
        begun = begin_undo(import_=import_, by=by, now=now)
    try:
        return undo_rows(begun, by=by, now=now)
    except Stopped:
        return _stop(begun, ImportState.COMMITTED, now)


def redo_import(*, import_: Import, by: User | None, now: datetime) -> Import:
    """This will check an undone import against the records as they are now. It stops at the preview: what somebody
    edited since, and the undo left alone, is named there, and `commit_import` is a person's word of its own."""
    begun = import_
    if import_.state != ImportState.CHECKING:
        begun = begin_redo(import_=import_, by=by, now=now)
    return check_import(begun, now=now)


def release(*, import_: Import, now: datetime) -> Import:
    """This will put an import whose work nobody may go on with back to where it waits for a person."""
    before_check = ImportState.UNDONE if import_.undone_at else ImportState.MAPPED
    waits_in = {ImportState.COMMITTING: ImportState.READY, ImportState.UNDOING: ImportState.COMMITTED}
    return _stop(import_, waits_in.get(ImportState(import_.state), before_check), now)


@transaction.atomic
def cancel_import(*, import_: Import, by: User | None, now: datetime) -> Import:
    """This will stop an import: at once when it waits for a person, at its next step when it is being worked on.

    Raises PermissionDenied, and CannotImport when it is finished already.
    """
    fresh = _locked(import_)
    require_rights(by, fresh)
    if fresh.state in (ImportState.CHECKING, ImportState.COMMITTING, ImportState.UNDOING):
        fresh.cancel_asked = True
    elif fresh.state in MAPPABLE:
        fresh.state = ImportState.CANCELLED
    else:
        raise CannotImport(
            _("The import is “%(state)s” now, so this cannot be done.") % {"state": fresh.get_state_display()}
        )
    fresh.changed_at = now
    fresh.save()
    return fresh
