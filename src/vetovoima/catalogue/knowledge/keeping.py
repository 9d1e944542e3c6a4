"""How anything of the knowledge is stored: the right, the revision, the values, the row, one fact of the log."""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from vetovoima.accounts.enums import Sharing
from vetovoima.accounts.models import User
from vetovoima.activity.services import field_changes, record
from vetovoima.catalogue.models.knowledge import Kept

from . import rules
from .documents import snapshot

Thing = TypeVar("Thing", bound=Kept)


class CannotChange(Exception):
    """The change is refused; the message is a sentence for whoever asked."""


class ChangedMeanwhile(CannotChange):
    """Somebody else saved since the person opened the form."""


def locked(thing: Thing) -> Thing:
    """This will read the row anew and hold it until the transaction ends."""
    found: Thing = type(thing)._default_manager.select_for_update().get(pk=thing.pk)
    return found


def checked(thing: Kept, *, by: User | None) -> None:
    """This will refuse what breaks a rule of the model (ValidationError) or of the rights (CannotChange).

    `by` None is the system itself: a load, a worker.
    """
    if by is not None and not rules.can_edit(by, thing):
        raise CannotChange(
            _("You may change what belongs to your own municipality; ask the council for the rest.")
        )
    thing.full_clean()


@transaction.atomic
def create_thing(thing: Thing, *, kind: str, word: str, by: User | None, now: datetime) -> Thing:
    """This will store a new thing and record that it came."""
    checked(thing, by=by)
    thing.updated_at = now
    thing.save(force_insert=True)
    _note(thing, kind, f"catalogue.{word}.created", by, now, {})
    return thing


@transaction.atomic
def edit_thing(
    thing: Thing,
    *,
    kind: str,
    word: str,
    by: User | None,
    now: datetime,
    revision: int | None = None,
    did: str = "edited",
) -> Thing:
    """This will store a changed thing and record what differs; nothing is stored when nothing does.

    Raises ChangedMeanwhile when the stored revision is another than the one the person began with.
    """
    before = locked(thing)
    if revision is not None and before.revision != revision:
        raise ChangedMeanwhile(_("Somebody else saved this while you edited it."))
    if by is not None and not rules.can_edit(by, before):
        raise CannotChange(
            _("You may change what belongs to your own municipality; ask the council for the rest.")
        )
    checked(thing, by=by)
    changes = field_changes(snapshot(before), snapshot(thing))
    if not changes and did == "edited":
        return before
    thing.revision, thing.updated_at = before.revision + 1, now
    thing.save()
    _note(thing, kind, f"catalogue.{word}.{did}", by, now, changes)
    return thing


def _note(
    thing: Kept, kind: str, type_: str, by: User | None, now: datetime, changes: dict[str, list[object]]
) -> None:
    record(
        type_, actor=by, kind=kind, code=thing.code, now=now, changes=changes, sharing=Sharing.NETWORK,
        data={"revision": thing.revision},
    )  # fmt: skip
