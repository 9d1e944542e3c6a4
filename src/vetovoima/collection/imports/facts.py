"""The facts of an import: one for each thing that happened to the whole; the records have facts of their own."""

from __future__ import annotations

from datetime import datetime

from vetovoima.accounts.enums import Sharing
from vetovoima.accounts.models import User
from vetovoima.accounts.queries import municipality_organisation
from vetovoima.activity.services import record
from vetovoima.collection.models import Import


def note(import_: Import, verb: str, *, by: User | None, now: datetime) -> None:
    """This will record that something happened to an import, seen by its municipality and the council."""
    owner = municipality_organisation(import_.municipality_id) if import_.municipality_id else None
    record(
        f"collection.import.{verb}", actor=by, kind="import", code=str(import_.pk), now=now, sharing=Sharing.OWNER,
        organisations=[owner] if owner else [], data={"file": import_.filename, "counts": import_.counts,
                                                       "result": _counted(import_)},
    )  # fmt: skip


def _counted(import_: Import) -> dict[str, int]:
    """The numbers of what was done, without the names."""
    found = {**import_.result, **import_.result.get("undo", {})}
    return {name: value for name, value in found.items() if isinstance(value, int)}
