"""How a municipality's things are stored: the right, the revision, the rules of the model, one fact without their text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, TypeVar

from django.db import models, transaction
from django.utils.translation import gettext as _

from vetovoima.accounts.models import User
from vetovoima.accounts.queries import municipality_organisation
from vetovoima.activity.services import record
from vetovoima.reference.models import Municipality

from . import rules

Thing = TypeVar("Thing", bound=models.Model)


class CannotChange(Exception):
    """The change is refused; the message is a sentence for whoever asked."""


class ChangedMeanwhile(CannotChange):
    """Somebody else saved since the person opened the form."""


def held(thing: Thing, *, revision: int | None = None) -> Thing:
    """This will read the row anew and hold it until the transaction ends.

    Raises ChangedMeanwhile when the stored revision is another than the one the person began with.
    """
    found: Thing | None = type(thing)._default_manager.select_for_update().filter(pk=thing.pk).first()
    if found is None:
        raise ChangedMeanwhile(_("Somebody else has removed this meanwhile."))
    if revision is not None and getattr(found, "revision", revision) != revision:
        raise ChangedMeanwhile(
            _(
                "Somebody else saved this while you edited it. Open it in another tab to compare, then save again."
            )
        )
    return found


def check_editor(by: User | None, municipality: Municipality) -> None:
    """This will refuse whoever may not write a municipality's profile; `by` None is the system itself: a load."""
    if by is not None and not rules.can_edit_profile(by, municipality.pk):
        raise CannotChange(
            _("You may change what belongs to your own municipality; ask the council for the rest.")
        )


@transaction.atomic
def store(thing: Any, values: Mapping[str, Any], *, now: datetime) -> list[str]:
    """This will set and store values after the model's own rules; returns the fields that differ. Raises ValidationError."""
    changed = [name for name, value in values.items() if getattr(thing, name) != value]
    for name in changed:
        setattr(thing, name, values[name])
    thing.full_clean(exclude=["revision", "updated_at"], validate_constraints=True)
    thing.revision, thing.updated_at = thing.revision + 1, now
    thing.save()
    return changed


def note(
    type_: str,
    thing: Any,
    *,
    kind: str,
    by: User | None,
    now: datetime,
    fields: Iterable[str] = (),
    **data: Any,
) -> None:
    """This will record what was done to which fields: never what was written in them."""
    own = municipality_organisation(thing.municipality_id)
    record(
        type_, actor=by, kind=kind, code=thing.code, now=now, data={"fields": sorted(fields), **data},
        organisations=[own] if own else [],
    )  # fmt: skip
