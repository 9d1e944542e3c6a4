"""Taking an import in: prepared piece by piece outside any transaction, written in one, all rows or none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from vetovoima.accounts.models import User
from vetovoima.accounts.queries import municipality_organisation
from vetovoima.activity.services import record_many
from vetovoima.catalogue.bulk import Change, Prepared, prepare, store_many
from vetovoima.catalogue.models import Site
from vetovoima.catalogue.services import CannotChange, ChangedMeanwhile
from vetovoima.collection.models import Import, ImportRow
from vetovoima.reference.models import Municipality
from vetovoima.reference.queries import plausible_box

from .applying import AFTER, Related, values_of
from .enums import WRITTEN, ImportState, RowState
from .facts import note
from .handing_in import hand_in
from .messages import Message
from .progress import report
from .spool import Spool

PIECE = 250
UNDO_FOR = timedelta(days=30)
#: how often the preparation begins anew when somebody saved one of the records at the last moment
ATTEMPTS = 3


@dataclass
class Outcome:
    """What a commit did: records made, changed, sent to review, and those that could not be sent."""

    created: int = 0
    changed: int = 0
    submitted: list[str] = field(default_factory=list)
    unanswered: dict[str, list[str]] = field(default_factory=dict)

    def stored(self) -> dict[str, Any]:
        """This will put it into JSON; of very many records that lack something the first are named."""
        return {
            "created": self.created, "changed": self.changed, "submitted": len(self.submitted),
            "unanswered": dict(list(self.unanswered.items())[:100]), "unanswered_count": len(self.unanswered),
        }  # fmt: skip


def commit_rows(import_: Import, *, by: User | None, now: datetime) -> Import:
    """This will take in every new and changed row: all of them, or none when anything goes wrong or it is killed.

    A row whose record somebody changed after the preview is left out and says so. Raises Stopped.
    """
    for attempt in range(ATTEMPTS):
        with Spool() as spool:
            _prepare_all(import_, spool, by=by, now=now)
            try:
                return _store_all(import_, spool, by=by, now=now)
            except ChangedMeanwhile:
                if attempt == ATTEMPTS - 1:
                    raise
    raise AssertionError("unreachable")


def _pieces(import_: Import) -> Iterator[list[ImportRow]]:
    rows = ImportRow.objects.filter(batch=import_, state__in=WRITTEN).order_by("number")
    rows = rows.defer("raw", "messages")
    stream = rows.iterator(chunk_size=PIECE)
    while piece := list(islice(stream, PIECE)):
        yield piece


def _prepare_all(import_: Import, spool: Spool, *, by: User | None, now: datetime) -> None:
    related, box = Related(), plausible_box()
    places = {one.pk: one for one in Municipality.objects.defer("boundary")}
    done = 0
    for piece in _pieces(import_):
        wanted = [row.site_id for row in piece if row.site_id]
        sites = Site.objects.complete().in_bulk(wanted) if wanted else {}
        ready: list[tuple[int, Prepared]] = []
        for row in piece:
            try:
                change = _change(import_, row, sites, places, related)
                found = prepare(change, by=by, now=now, box=box)
            except (ValidationError, CannotChange, PermissionDenied) as error:
                _leave_out(row, error)
                continue
            # the values before are in the row; without them a piece is half the size
            ready.append((row.pk, replace(found, before={})))
        spool.add(ready)
        done += len(piece)
        report(import_, "preparing", done)


def _change(
    import_: Import, row: ImportRow, sites: dict[int, Site], places: dict[int, Municipality], related: Related
) -> Change:
    site = sites.get(row.site_id) if row.site_id else None
    if row.state == RowState.CHANGED and (site is None or site.revision != row.revision):
        raise CannotChange(_("Somebody changed the record after this preview. Check the file again."))
    values = values_of(site, row.changes, AFTER, row.values.get("originals", {}), related)
    if site is not None:
        return Change(site, site.municipality, site.kind, values)
    return Change(None, places[row.municipality_id or 0], import_.kind, values, row.external_key)


def _leave_out(row: ImportRow, error: Exception) -> None:
    """A row that cannot be taken in becomes an error row with the reason; the others go on."""
    kept = ImportRow.objects.get(pk=row.pk)
    kept.state = RowState.ERROR
    kept.messages = [*kept.messages, *(one.stored() for one in _refusals(error))]
    kept.save(update_fields=["state", "messages"])


def _refusals(error: Exception) -> list[Message]:
    if isinstance(error, ValidationError) and hasattr(error, "error_dict"):
        return [Message(one, name) for name, errors in error.error_dict.items() for one in errors]
    if isinstance(error, ValidationError):
        return [Message(error)]
    text = error.args[0] if error.args else _("You may not change this record as it is now.")
    return [Message(ValidationError(text, code="changed"))]


@transaction.atomic
def _store_all(import_: Import, spool: Spool, *, by: User | None, now: datetime) -> Import:
    fresh = Import.objects.select_for_update(of=("self",)).get(pk=import_.pk)
    if fresh.state != ImportState.COMMITTING or fresh.turn != import_.turn:
        return fresh
    outcome = Outcome()
    data = {"import": fresh.pk, "file": fresh.filename}
    for piece in spool:
        stored = store_many([one for _row, one in piece], by=by, now=now, submit=fresh.submit, data=data)
        outcome.created += len(stored.created)
        outcome.changed += len(stored.changed)
        outcome.submitted += stored.submitted
        outcome.unanswered |= stored.unanswered
        _link(piece)
        if stored.submitted:
            _note_submitted(piece, set(stored.submitted), by, now, data)
    fresh.state = ImportState.COMMITTED
    fresh.counts = count_rows(fresh)
    fresh.result = outcome.stored()
    if handed := hand_in(fresh, by=by, now=now):
        fresh.result["round"] = handed
    fresh.phase, fresh.done = "", fresh.total
    fresh.committed_at = fresh.changed_at = now
    fresh.undo_until, fresh.undone_at = now + UNDO_FOR, None
    fresh.save()
    note(fresh, "committed", by=by, now=now)
    return fresh


def _link(piece: Sequence[tuple[int, Prepared]]) -> None:
    """Each new row knows from now on which record it has become; one prepared statement, whatever the database."""
    rows = [(one.site.pk, one.site.code, pk) for pk, one in piece if one.site.revision == 1]
    with connection.cursor() as cursor:
        cursor.executemany("UPDATE collection_importrow SET site_id = %s, code = %s WHERE id = %s", rows)


def _note_submitted(
    piece: Sequence[tuple[int, Prepared]],
    codes: set[str],
    by: User | None,
    now: datetime,
    data: dict[str, Any],
) -> None:
    owners = {
        one.site.municipality_id: municipality_organisation(one.site.municipality_id) for _row, one in piece
    }
    entries: list[tuple[str, dict[str, Any], Any]] = [
        (one.site.code, {}, owners[one.site.municipality_id]) for _row, one in piece if one.site.code in codes
    ]
    record_many("catalogue.site.submitted", entries, actor=by, kind="site", now=now, data=data)


def count_rows(import_: Import) -> dict[str, int]:
    """How many rows are in each state."""
    rows = ImportRow.objects.filter(batch=import_).order_by().values_list("state")
    found = dict(rows.annotate(count=Count("pk")))
    return {state: found.get(state, 0) for state in RowState.values}
