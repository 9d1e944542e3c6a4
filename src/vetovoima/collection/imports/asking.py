"""Work on an import at once when it is little, by the worker when it is much."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vetovoima.accounts.models import User
from vetovoima.activity.outbox import enqueue
from vetovoima.collection.models import Import

from . import services
from .enums import BUSY
from .progress import outbox_key

TOPIC = "collection.import"
#: so many rows are worked on while the person waits: a second or two
AT_ONCE = 300
#: from so many rows on, whoever began the work is told by mail when it has ended
LONG = 1000


def ask_check(*, import_: Import, by: User | None, now: datetime) -> Import:
    """This will have an import checked; raises PermissionDenied and CannotImport."""
    with transaction.atomic():
        begun = services.begin_check(import_=import_, by=by, now=now)
        if begun.row_count > AT_ONCE:
            return _queued(begun, "check", by, now)
    return services.check_import(begun, now=now)


def ask_commit(*, import_: Import, by: User | None, now: datetime, submit: bool = False) -> Import:
    """This will have a checked import taken in; raises PermissionDenied and CannotImport."""
    with transaction.atomic():
        begun = services.begin_commit(import_=import_, by=by, now=now, submit=submit)
        if begun.row_count > AT_ONCE:
            return _queued(begun, "commit", by, now)
    return services.commit_import(import_=begun, by=by, now=now)


def ask_undo(*, import_: Import, by: User | None, now: datetime) -> Import:
    """This will have an import undone; raises PermissionDenied and CannotImport."""
    with transaction.atomic():
        begun = services.begin_undo(import_=import_, by=by, now=now)
        if begun.row_count > AT_ONCE:
            return _queued(begun, "undo", by, now)
    return services.undo_import(import_=begun, by=by, now=now)


def ask_redo(*, import_: Import, by: User | None, now: datetime) -> Import:
    """This will have an undone import checked again, as far as its preview; raises PermissionDenied and CannotImport."""
    with transaction.atomic():
        begun = services.begin_redo(import_=import_, by=by, now=now)
        if begun.row_count > AT_ONCE:
            return _queued(begun, "redo", by, now)
    return services.redo_import(import_=begun, by=by, now=now)


def _queued(import_: Import, work: str, by: User | None, now: datetime) -> Import:
    payload = {"import": import_.pk, "turn": import_.turn, "work": work, "by": by.pk if by else None}
    enqueue(TOPIC, outbox_key(import_), payload, now=now)
    return import_


def tell_me(*, import_: Import, by: User) -> bool:
    """This will send whoever leaves the page a mail when the work has ended; False when it has ended already."""
    services.require_rights(by, import_)
    return bool(Import.objects.filter(pk=import_.pk, state__in=BUSY).update(tells_by_mail=True))
