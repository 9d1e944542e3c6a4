"""Checking a file: every row read, cleaned, matched and compared, and kept as what taking it in would do.

Rows stream through in chunks, so that memory does not grow with the file; what rows are compared with is read a
chunk at a time, what they are matched by once.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from vetovoima.catalogue.enums import EDITABLE, SiteKind
from vetovoima.catalogue.models import Site
from vetovoima.catalogue.registry import BY_NAME
from vetovoima.catalogue.services.values import RELATED
from vetovoima.collection.models import Import, ImportRow
from vetovoima.collection.standard.layout import is_example_row
from vetovoima.common.inserting import insert_many
from vetovoima.reference.models import Municipality
from vetovoima.reference.queries import plausible_box

from .cleaning import Cleaned, Cleaner
from .comparing import Changes, changes_of, said
from .enums import WRITTEN, RowState
from .matching import Match, Records, load_records
from .messages import ERROR, NOTE, WARN, Message
from .places import Borders
from .precedence import Rules
from .reading import Sheet, is_empty_row, is_total_row, machine_names, opened, plain_cell
from .storing import read_file
from .vocabulary import Vocabulary

CHUNK = 500
#: called with (rows done); raises Cancelled when a person stopped the work
Progress = Callable[[int], None]


@dataclass
class Read:
    """A row on its way: cells, what they mean, where and which record it is."""

    number: int
    cells: Sequence[Any]
    cleaned: Cleaned
    place: Municipality | None = None
    match: Match = field(default_factory=Match)
    is_repeat: bool = False
    is_total: bool = False


class Stage:
    """One check of one import: what is read once, and what has been seen so far."""

    def __init__(self, import_: Import) -> None:
        self.import_ = import_
        self.words = Vocabulary(import_.municipality)
        self.box = plausible_box()
        self.cleaner = Cleaner(import_.kind, import_.columns, import_.style, self.box, self.words)
        self.records: Records = load_records(import_.kind, import_.municipality)
        self.borders = Borders(self.words.municipalities)
        self.rules = Rules(import_.columns, import_.style)
        #: related things that the file speaks of; the others need not be read
        self.relations = [
            name for name in RELATED if name in {one.target.field for one in self.cleaner.columns}
        ]
        self.skips = set(import_.skips)
        self.mends: dict[str, dict[str, Any]] = import_.mends
        self.seen: dict[Any, int] = {}
        self.repeats: dict[bytes, int] = {}
        #: of an import that was undone: what somebody had edited, by code, and the undo left as it was
        self.left: dict[str, list[str]] = (import_.result.get("undo") or {}).get("left", {})

    # -- one row -------------------------------------------------------------------------------------------------

    def read(self, number: int, cells: Sequence[Any]) -> Read:
        """This will clean a row and find its record; what is wrong stands in its messages."""
        mends = self.mends.get(str(number), {})
        mended = [mends.get(str(index), cell) for index, cell in enumerate(cells)]
        cleaned = self.cleaner.clean(mended, repair=bool(mends.get("repair")))
        found = Read(number, mended, cleaned, is_total=is_total_row(mended))
        if found.is_total and not mends:
            return found
        if "code" in mends:
            found.cleaned.keys["code"] = mends["code"]
        try:
            self._locate(found)
            self._match(found)
        except ValidationError as error:
            found.cleaned.messages.append(Message(error, error.code or ""))
        self._see(found)
        return found

    def _locate(self, row: Read) -> None:
        code = row.cleaned.keys.get("code", "")
        if code:
            self.words.refuse_foreign_code(code)
        known = self.records.by_code.get(code.casefold()) if code else None
        if known and not row.cleaned.keys.get("municipality"):
            row.place = self.words.municipalities[known.municipality_id]
            return
        row.place, note = self.words.municipality(row.cleaned.keys.get("municipality", ""))
        if note is not None:
            row.cleaned.messages.append(Message(note, "municipality", None, NOTE))

    def _match(self, row: Read) -> None:
        keys, values = row.cleaned.keys, row.cleaned.values
        assert row.place is not None
        row.match = self.records.find(
            code=keys.get("code", ""), external_key=keys.get("external_key", ""), place=row.place.pk,
            property_ids=values.get("property_ids") or (), names=(values.get("name") or {}).values(),
        )  # fmt: skip
        row.match = self._unless_taken(row)
        if row.match.problem or (row.match.site and row.match.site.kind != self.import_.kind):
            raise self._no_match(row.match)
        if row.match.site and row.match.site.municipality_id != row.place.pk:
            raise ValidationError(
                _("%(code)s is not in %(municipality)s. A record stays in its municipality."),
                code="municipality",
                params={"code": row.match.site.code, "municipality": str(row.place)},
            )
        if row.match.hint:
            hint = ValidationError(
                _("Perhaps the same as %(code)s? If so, say it; otherwise a new record is made."),
                code="perhaps",
                params={"code": row.match.code},
            )
            row.cleaned.messages.append(Message(hint, "code", None, WARN))

    def _unless_taken(self, row: Read) -> Match:
        """Two rows with keys of their own are two records: only the first may be the one that has no key yet."""
        match = row.match
        is_guess = match.site is not None and match.how in ("property", "name")
        if is_guess and row.cleaned.keys.get("external_key") and match.site and match.site.pk in self.seen:
            return Match(hint="perhaps", code=match.site.code)
        return match

    def _no_match(self, match: Match) -> ValidationError:
        if match.problem == "no_such_code":
            return ValidationError(
                _("There is no record %(code)s. Leave the code empty to make a new one."),
                code="code",
                params={"code": match.code[:40]},
            )
        if match.problem == "several":
            return ValidationError(
                _("Several records fit: %(codes)s. Write the code of the right one into the row."),
                code="several",
                params={"codes": match.code[:200]},
            )
        assert match.site is not None
        return ValidationError(
            _("%(code)s is of another kind: %(kind)s. Import it with the records of its kind."),
            code="kind",
            params={"code": match.site.code, "kind": str(SiteKind(match.site.kind).label)},
        )

    def _see(self, row: Read) -> None:
        """Find rows that repeat an earlier one: word for word is harmless, otherwise only one can be taken in."""
        text = repr([row.cells[column.index] for column in self.cleaner.columns])
        digest = hashlib.blake2b(text.encode(), digest_size=8).digest()
        if (earlier := self.repeats.setdefault(digest, row.number)) != row.number:
            row.is_repeat = True
            note = ValidationError(
                _("The row repeats row %(row)s word for word; it is taken in once."),
                code="repeat",
                params={"row": earlier},
            )
            row.cleaned.messages = [Message(note, "", None, NOTE)]
            return
        for key in self._identities(row):
            if (earlier := self.seen.setdefault(key, row.number)) != row.number:
                row.cleaned.messages.append(Message(_taken(earlier)))
                return

    def _identities(self, row: Read) -> list[Any]:
        if row.match.site:
            return [row.match.site.pk]
        if row.place is None or row.number in self.skips:
            return []
        key = row.cleaned.keys.get("external_key", "")
        if key:
            return [(row.place.pk, "key", key)]
        names = (row.cleaned.values.get("name") or {}).values()
        return [(row.place.pk, "name", name.casefold().strip()) for name in list(names)[:1]]

    # -- one chunk -----------------------------------------------------------------------------------------------

    def staged(self, rows: Sequence[Read]) -> list[ImportRow]:
        """This will compare a chunk of rows with the working copies and return them as they are kept."""
        wanted = {row.match.site.pk for row in rows if row.match.site}
        records = Site.objects.select_related("municipality", "contact").prefetch_related(*self.relations)
        sites = records.in_bulk(list(wanted)) if wanted else {}
        return [self._staged(row, sites.get(row.match.site.pk) if row.match.site else None) for row in rows]

    def _staged(self, row: Read, site: Site | None) -> ImportRow:
        changes: Changes = {}
        if not (row.is_repeat or row.is_total):
            changes = changes_of(site, row.cleaned, self.rules)
            self._judge(row, site, changes)
        state = self._state(row, site, changes)
        cleaned = row.cleaned
        name = next(iter((cleaned.values.get("name") or {}).values()), "") or (str(site.name) if site else "")
        fields = {*changes, *(one.field.partition("@")[0] for one in cleaned.messages if one.field)}
        return ImportRow(
            batch=self.import_, number=row.number, state=state, site=site, code=site.code if site else "",
            external_key=cleaned.keys.get("external_key", ""), municipality=row.place, name=name[:200],
            revision=site.revision if site else 0, raw=[plain_cell(cell) for cell in row.cells],
            values=_originals(site, cleaned, changes), changes=changes,
            messages=[one.stored() for one in cleaned.messages], fields=f" {' '.join(sorted(fields))} ",
        )  # fmt: skip

    def _judge(self, row: Read, site: Site | None, changes: Changes) -> None:
        """What can only be said of the record as a whole."""
        messages = row.cleaned.messages
        if site is None and "name" not in changes and not row.cleaned.has_error:
            messages.append(
                Message(ValidationError(_("Give a name in at least one language."), code="name"), "name")
            )
        if site is not None and changes and site.state not in EDITABLE:
            error = ValidationError(
                _("%(code)s is being reviewed. It can be changed again when the review is done."),
                code="review",
                params={"code": site.code},
            )
            messages.append(Message(error))
        if site is not None and changes and site.code in self.left:
            messages.append(Message(_edited_since(self.left[site.code]), "", None, WARN))
        self._judge_place(row, site, changes)

    def _judge_place(self, row: Read, site: Site | None, changes: Changes) -> None:
        shape = changes["geometry"][1] if "geometry" in changes else said(site, "geometry")
        precision = (
            changes["place_precision"][1] if "place_precision" in changes else said(site, "place_precision")
        )
        has_shape = isinstance(shape, dict) and "coordinates" in shape
        if precision not in (None, "municipality") and not has_shape and "place_precision" in changes:
            error = ValidationError(
                _("Place the record on the map, or say that only the municipality is known."), code="geometry"
            )
            row.cleaned.messages.append(Message(error, "place_precision"))
        if not (
            has_shape and row.place is not None and not changes.keys().isdisjoint(("geometry", "area_m2"))
        ):
            return
        stated = changes["area_m2"][1] if "area_m2" in changes else said(site, "area_m2")
        area = stated if isinstance(stated, (int, float)) else None
        for doubt in self.borders.doubts(shape, row.place.pk, area):
            if "geometry" in changes or doubt.code == "area":
                row.cleaned.messages.append(Message(doubt, "geometry", None, WARN))

    def _state(self, row: Read, site: Site | None, changes: Changes) -> str:
        if row.number in self.skips or row.is_total:
            return RowState.SKIPPED
        if any(one.level == ERROR for one in row.cleaned.messages):
            return RowState.ERROR
        if row.is_repeat or (site is not None and not changes):
            return RowState.SAME
        return RowState.CHANGED if site is not None else RowState.NEW


def _originals(site: Site | None, cleaned: Cleaned, changes: Changes) -> dict[str, dict[str, str]]:
    """Figures as their sources wrote them, of the fields that change: as the row has them, and as they were before."""
    after = {name: text for name, text in cleaned.originals.items() if name in changes}
    before = {name: text for name, text in (site.originals if site else {}).items() if name in changes}
    return {key: found for key, found in (("originals", after), ("before", before)) if found}


def data_rows(sheet: Sheet) -> Iterator[tuple[int, list[Any]]]:
    """The rows of a file that hold data: not the empty ones, the template's example, an exported file's field names."""
    is_first = True
    for number, cells in sheet.rows():
        if is_empty_row(cells) or is_example_row(cells):
            continue
        if not (is_first and machine_names(cells) is not None):
            yield number, cells
        is_first = False


def stage_rows(import_: Import, progress: Progress) -> Counter[str]:
    """This will check every row of an import's file and keep the result; returns how many are in each state.

    Rows of an earlier check go first, so that a check that was killed is simply done again. Raises CannotRead.
    """
    ImportRow.objects.filter(batch=import_).delete()
    counts: Counter[str] = Counter()
    stage = Stage(import_)
    content = read_file(import_.stored_name)
    with opened(content, import_.filename, import_.sheet, import_.header_choice) as sheet:
        chunk: list[Read] = []
        for number, cells in data_rows(sheet):
            chunk.append(stage.read(number, cells))
            if len(chunk) == CHUNK:
                _keep(stage, chunk, counts, progress)
                chunk = []
        _keep(stage, chunk, counts, progress)
    return counts


def _keep(stage: Stage, chunk: Sequence[Read], counts: Counter[str], progress: Progress) -> None:
    if not chunk:
        return
    kept = stage.staged(chunk)
    insert_many(kept)
    counts.update(row.state for row in kept)
    progress(counts.total())


def restage_row(import_: Import, number: int) -> ImportRow | None:
    """This will check one row anew after a cell of it was mended: its cells come from what was kept of it."""
    kept = ImportRow.objects.filter(batch=import_, number=number).first()
    if kept is None:
        return None
    stage = Stage(import_)
    row = stage.read(number, kept.raw)
    fresh = stage.staged([row])[0]
    if fresh.state in WRITTEN and (other := _rival(fresh)):
        row.cleaned.messages.append(Message(_taken(other)))
        fresh = stage.staged([row])[0]
    fresh.pk = kept.pk
    fresh.save(force_update=True)
    return fresh


def _rival(row: ImportRow) -> int:
    """The number of another row that speaks of the same record, or 0."""
    others = ImportRow.objects.filter(batch=row.batch, state__in=WRITTEN).exclude(number=row.number)
    if row.site_id:
        others = others.filter(site=row.site_id)
    elif row.external_key:
        others = others.filter(municipality=row.municipality, external_key=row.external_key)
    else:
        others = others.filter(
            municipality=row.municipality, site=None, external_key="", name__iexact=row.name
        )
    found = others.order_by("number").values_list("number", flat=True).first()
    return found or 0


def _edited_since(names: Sequence[str]) -> ValidationError:
    """What is said of a record that somebody edited between taking the file in and undoing that."""
    labels = [BY_NAME[name].label for name in names if name in BY_NAME]
    if not labels:
        return ValidationError(
            _("Somebody has edited this record since. Leave the row out if that is to stay."), code="edited"
        )
    return ValidationError(
        _("Somebody has edited this since: %(fields)s. Leave the row out if that is to stay."),
        code="edited",
        params={"fields": format_lazy(", ".join(["{}"] * len(labels)), *labels)},
    )


def _taken(number: int) -> ValidationError:
    return ValidationError(
        _("Row %(row)s already speaks of this record, with other values. Leave one of the two out."),
        code="duplicate",
        params={"row": number},
    )
