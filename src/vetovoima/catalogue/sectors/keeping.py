"""How a sheet is stored: the row held, what differs found, one fact of the log, the uses of facts noted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from vetovoima.accounts.enums import Sharing
from vetovoima.accounts.models import User
from vetovoima.activity.services import field_changes, record
from vetovoima.catalogue.knowledge.enums import UseKind
from vetovoima.catalogue.knowledge.uses import note_uses
from vetovoima.catalogue.models import SectorSheet
from vetovoima.reference.loading import plain

from . import rules
from .enums import SheetState
from .parts import PARTS, Part, clean_row
from .queries import KIND, codes_of

#: what of the sheet itself an expert reviews
REVIEWED = ("summary", "figures", "source")
#: what of the sheet itself stands in its history
OWN = (
    *REVIEWED, "contact", "state", "reviewer_name", "reviewer_role", "reviewer_organisation", "reviewed_on",
    "expires_on", "comment", "is_example_review",
)  # fmt: skip


class CannotChangeSheet(Exception):
    """The change is refused; the message is a sentence for whoever asked."""


class SheetChangedMeanwhile(CannotChangeSheet):
    """Somebody else saved since the person opened the form."""


def held(sheet: SectorSheet, *, by: User | None, revision: int | None = None) -> SectorSheet:
    """This will read a sheet anew and hold it; refuses whoever may not write it, and a form opened too long ago."""
    if by is not None and not rules.can_edit(by):
        raise CannotChangeSheet(_("The council writes the sheets of the sectors; ask its coordinator."))
    return held_by_anybody(sheet, revision=revision)


def held_by_anybody(sheet: SectorSheet, *, revision: int | None = None) -> SectorSheet:
    """This will read a sheet anew and hold it until the transaction ends."""
    found = SectorSheet.objects.select_for_update().get(pk=sheet.pk)
    if revision is not None and found.revision != revision:
        raise SheetChangedMeanwhile(_("Somebody else saved this while you edited it."))
    return found


def snapshot(sheet: SectorSheet) -> dict[str, Any]:
    """The whole sheet in plain values: its own fields, and a line of words for each row of each part."""
    found = plain({name: getattr(sheet, name) for name in OWN if name != "contact"})
    found["contact"] = sheet.contact.name if sheet.contact else ""
    for part in PARTS.values():
        rows = part.model._default_manager.filter(sheet=sheet).order_by("position", "pk")
        found[part.name] = [_line(plain({name: getattr(row, name) for name in part.fields})) for row in rows]
    return found


def _line(values: Mapping[str, Any]) -> str:
    return " · ".join(words for value in values.values() if (words := _words(value)))


def _words(value: Any) -> str:
    if isinstance(value, dict):
        return " ".join(f"{key}: {inner}" for key, inner in value.items() if inner)
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value or "")


def content(sheet: SectorSheet) -> dict[str, Any]:
    """What a data pack gives of a sheet, as JSON has it: to compare with what a pack gives now."""
    found = plain({name: getattr(sheet, name) for name in REVIEWED})
    for part in PARTS.values():
        rows = part.model._default_manager.filter(sheet=sheet).order_by("position", "pk")
        found[part.name] = [plain({name: getattr(row, name) for name in part.fields}) for row in rows]
    return found


def put_rows(sheet: SectorSheet, part: Part, rows: Sequence[Mapping[str, Any]]) -> None:
    """This will store a part's rows in their order: those with an `id` stay the same rows, others come, the rest goes.

    Raises ValidationError for a row that cannot be.
    """
    cleaned = [(row.get("id"), clean_row(part, row)) for row in rows]
    stored = {row.pk: row for row in part.model._default_manager.filter(sheet=sheet)}
    kept = set()
    for position, (key, values) in enumerate(cleaned, start=1):
        row = stored.get(key) if key else None
        row = row or part.model(sheet=sheet)
        for name, value in {**values, "position": position}.items():
            setattr(row, name, value)
        row.save()
        kept.add(row.pk)
    part.model._default_manager.filter(sheet=sheet).exclude(pk__in=kept).delete()


def without_review(sheet: SectorSheet) -> None:
    """This will make a sheet a draft: what an expert reviewed is no longer what stands there."""
    if sheet.state != SheetState.DRAFT:
        sheet.state = SheetState.DRAFT
        sheet.reviewed_on = sheet.expires_on = None
        sheet.is_example_review = False


def stored(
    sheet: SectorSheet,
    *,
    before: Mapping[str, Any],
    did: str,
    by: User | None,
    now: datetime,
    data: Mapping[str, Any] | None = None,
) -> SectorSheet:
    """This will store a changed sheet with its next revision, and record what differs."""
    sheet.revision, sheet.updated_at = sheet.revision + 1, now
    sheet.save()
    changes = field_changes(before, snapshot(sheet))
    tell(sheet, did, by=by, now=now, changes=changes, data=data)
    return sheet


def tell(
    sheet: SectorSheet,
    did: str,
    *,
    by: User | None,
    now: datetime,
    changes: Mapping[str, Any] | None = None,
    data: Mapping[str, Any] | None = None,
) -> None:
    """This will record one fact of the log, and note which facts of the bank the sheet rests on."""
    note_sheet_uses(sheet)
    record(
        f"catalogue.sector_sheet.{did}", actor=by, kind=KIND, code=sheet.code, now=now, changes=changes or {},
        sharing=Sharing.NETWORK, data={"revision": sheet.revision, **(data or {})},
    )  # fmt: skip


def note_sheet_uses(sheet: SectorSheet) -> None:
    """This will keep which facts the sheet names, for "used in" at the fact bank."""
    fresh = SectorSheet.objects.whole().get(pk=sheet.pk)
    title = sheet.sector.name.best("fi")[0]
    note_uses(
        UseKind.SECTOR, sheet.code, codes_of(fresh), title=title, address=f"/desk/facts/sectors/{sheet.code}/"
    )


def missing_for_review(sheet: SectorSheet) -> Iterable[str]:
    """What an expert would have nothing to look at without, in sentences."""
    if not sheet.summary:
        yield _("Write the summary first: there is nothing to review yet.")
    if not any(one.answer for one in sheet.questions.all()):
        yield _("Answer at least one question of investors first.")
