"""Undoing an import: what nobody has touched since goes back, what somebody has touched stays and is named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from vetovoima.accounts.models import User
from vetovoima.catalogue import rules
from vetovoima.catalogue.bulk import Change, Prepared, prepare, store_many
from vetovoima.catalogue.models import Site
from vetovoima.catalogue.removing import remove_unpublished
from vetovoima.catalogue.services import ChangedMeanwhile, withdraw_site
from vetovoima.collection.models import Import, ImportRow
from vetovoima.reference.queries import plausible_box

from .applying import BEFORE, Related, values_of
from .committing import ATTEMPTS, PIECE
from .comparing import said
from .enums import WRITTEN, ImportState, RowState
from .facts import note
from .progress import report
from .spool import Spool

#: so many records that were left alone are named; the others are counted
NAMED = 100


@dataclass
class Outcome:
    """What an undo did: records set back, removed, withdrawn, and what was left because it was touched since."""

    restored: int = 0
    removed: int = 0
    withdrawn: int = 0
    left: dict[str, list[str]] = field(default_factory=dict)

    def leave(self, code: str, fields: Sequence[str]) -> None:
        """This will note fields that stay as they are."""
        if fields:
            self.left[code] = sorted(fields)

    def stored(self) -> dict[str, Any]:
        """This will put it into JSON."""
        return {
            "restored": self.restored, "removed": self.removed, "withdrawn": self.withdrawn,
            "left": dict(list(self.left.items())[:NAMED]), "left_count": len(self.left),
        }  # fmt: skip


@dataclass
class Piece:
    """A piece of an undo as it is spooled: records to set back, and keys of those to remove or to withdraw."""

    restored: list[Prepared] = field(default_factory=list)
    removed: list[int] = field(default_factory=list)
    withdrawn: list[int] = field(default_factory=list)


def undo_rows(import_: Import, *, by: User | None, now: datetime) -> Import:
    """This will take an import back, all that can be taken back or nothing at all. Raises Stopped."""
    for attempt in range(ATTEMPTS):
        outcome = Outcome()
        with Spool() as spool:
            _prepare_all(import_, spool, outcome, now=now)
            try:
                return _store_all(import_, spool, outcome, by=by, now=now)
            except ChangedMeanwhile:
                if attempt == ATTEMPTS - 1:
                    raise
    raise AssertionError("unreachable")


def _pieces(import_: Import) -> Iterator[list[ImportRow]]:
    rows = ImportRow.objects.filter(batch=import_, state__in=WRITTEN).order_by("number")
    stream = rows.defer("raw", "messages").iterator(chunk_size=PIECE)
    while piece := list(islice(stream, PIECE)):
        yield piece


def _prepare_all(import_: Import, spool: Spool, outcome: Outcome, *, now: datetime) -> None:
    related, box = Related(), plausible_box()
    done = 0
    for rows in _pieces(import_):
        sites = Site.objects.complete().in_bulk([row.site_id for row in rows if row.site_id])
        piece = Piece()
        for row in rows:
            site = sites.get(row.site_id or 0)
            if site is None:
                continue
            if row.state == RowState.NEW:
                _take_back(import_, site, piece, outcome)
            elif found := _set_back(row, site, related, outcome, box, now):
                piece.restored.append(replace(found, before={}))
        spool.add(piece)
        done += len(rows)
        report(import_, "undoing", done)


def _take_back(import_: Import, site: Site, piece: Piece, outcome: Outcome) -> None:
    """A record that the import made goes, unless somebody has worked on it: then all of it stays."""
    if site.updated_at != import_.committed_at:
        outcome.leave(site.code, ["*"])
    elif site.latest_version == 0:
        piece.removed.append(site.pk)
    elif site.published_version:
        piece.withdrawn.append(site.pk)


def _set_back(
    row: ImportRow, site: Site, related: Related, outcome: Outcome, box: Any, now: datetime
) -> Prepared | None:
    wanted = {name: pair for name, pair in row.changes.items() if said(site, name) == pair[1]}
    others = {
        name for name, pair in row.changes.items() if name not in wanted and said(site, name) != pair[0]
    }
    if not wanted:
        outcome.leave(site.code, list(others))
        return None
    values = values_of(site, wanted, BEFORE, row.values.get("before", {}), related)
    try:
        # Without a person: whoever may undo the import may also take back what waits for review because of it.
        found = prepare(Change(site, site.municipality, site.kind, values), by=None, now=now, box=box)
    except ValidationError:
        outcome.leave(site.code, list(row.changes))
        return None
    outcome.leave(site.code, list(others))
    return found


@transaction.atomic
def _store_all(import_: Import, spool: Spool, outcome: Outcome, *, by: User | None, now: datetime) -> Import:
    fresh = Import.objects.select_for_update(of=("self",)).get(pk=import_.pk)
    if fresh.state != ImportState.UNDOING or fresh.turn != import_.turn:
        return fresh
    data = {"import": fresh.pk, "file": fresh.filename, "undone": True}
    for piece in spool:
        outcome.restored += len(store_many(piece.restored, by=by, now=now, data=data).changed)
        _remove(fresh, piece, outcome, by=by, now=now, data=data)
    fresh.state = ImportState.UNDONE
    fresh.result = {**fresh.result, "undo": outcome.stored()}
    fresh.phase, fresh.done = "", fresh.total
    fresh.undone_at = fresh.changed_at = now
    fresh.save()
    note(fresh, "undone", by=by, now=now)
    return fresh


def _remove(
    import_: Import, piece: Piece, outcome: Outcome, *, by: User | None, now: datetime, data: dict[str, Any]
) -> None:
    """What was touched after the preparation stays: the moment is looked at again inside the transaction."""
    found = Site.objects.select_for_update(of=("self",)).filter(pk__in=piece.removed)
    still = [site for site in found if site.updated_at == import_.committed_at and not site.latest_version]
    outcome.removed += len(remove_unpublished(sites=still, by=by, now=now, data=data))
    for site in Site.objects.filter(pk__in=piece.withdrawn, published_version__gt=0):
        if by is not None and rules.can_withdraw(by, site):
            withdraw_site(site=site, by=by, now=now)
            outcome.withdrawn += 1
        else:
            outcome.leave(site.code, ["*"])
