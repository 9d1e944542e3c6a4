"""Checking rows against the standard: `check_row` reads the cells of one row and says what is wrong and how to mend it.

Used by the validator (`api.standard`) and by imports. For many rows make a `RowChecker` once and call its `check`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import override

from vetovoima.catalogue.registry import (
    BY_NAME,
    CHOICE,
    CHOICES,
    DAY,
    FIGURES,
    FLAG,
    LINK,
    LIST,
    MANY,
    MONEY,
    ONE,
    SHAPE,
    SITES,
    TEXT,
    TRANSLATED,
    YEARS,
    FieldSpec,
)
from vetovoima.catalogue.services.values import missing_to_submit
from vetovoima.catalogue.validators import (
    DONE_PARTS,
    clean_source_url,
    clean_value,
    disordered,
    validate_done,
)
from vetovoima.common.geo import DEFAULT_BOX, Box
from vetovoima.common.notation import read_day
from vetovoima.common.tables import CellError

from . import words
from .cells import Reading, items, read_cell
from .layout import EVERY_GROUP, Column, column
from .made import record_of, repair_of
from .words import CONFIDENCES

NOTHING: tuple[Any, ...] = (None, "", [], {}, "unknown")
__all__ = [
    "CONFIDENCES",
    "DAY_PARTS",
    "Finding",
    "Known",
    "RowCheck",
    "RowChecker",
    "check_row",
    "empty",
    "mend_for",
]
ERROR, BEFORE_SUBMITTING = "error", "before_submitting"
DAY_PARTS = frozenset({"dated", "collected_on", "verified_on"})


@dataclass(frozen=True)
class Finding:
    """What is wrong with one field of a row, and how to mend it; `field` is the machine name of its column."""

    field: str
    message: str
    mend: str
    level: str = ERROR


@dataclass
class RowCheck:
    """A row as read: values for `catalogue.services` (texts only in the languages given), the figures as they were
    written before a conversion, absences by field, what identifies the row, what is wrong, and what a new record would
    lack when it is submitted for review."""

    values: dict[str, Any] = field(default_factory=dict)
    originals: dict[str, str] = field(default_factory=dict)
    absent: dict[str, str] = field(default_factory=dict)
    identity: dict[str, str] = field(default_factory=dict)
    errors: list[Finding] = field(default_factory=list)
    lacking: list[Finding] = field(default_factory=list)


@dataclass(frozen=True)
class Known:
    """What cells may name, by comparable word (`words.key`): None means that it is not checked here.

    The values are what `RowCheck.values` gets: rows for imports, slugs for the validator.
    """

    municipalities: Mapping[str, Any] | None = None
    sectors: Mapping[str, Any] | None = None
    themes: Mapping[str, Any] | None = None
    contacts: Mapping[str, Any] | None = None
    sites: Mapping[str, Any] | None = None
    #: how the municipalities are called, for sentences
    municipality_names: tuple[str, ...] = ()


@dataclass
class RowChecker:
    """Reads rows of one file: its kind ("" when each row says its own), its style of numbers and days, its units.

    `units` are units that headers name, by field. `require` asks for what every new record must have.
    """

    kind: str = ""
    style: str = "fi"
    language: str = "en"
    units: Mapping[str, str] = field(default_factory=dict)
    box: Box = DEFAULT_BOX
    known: Known = field(default_factory=Known)
    require: bool = True

    def check(self, cells: Mapping[str, Any]) -> RowCheck:
        """This will read one row, given by machine names of columns; it never raises for what a cell holds."""
        found = RowCheck()
        reading = Reading(self.style, self.units)
        with override(self.language):
            kind = self._identity(cells, found)
            for name, cell in cells.items():
                place = column(name)
                if place is None or not place.group:
                    continue
                try:
                    self._cell(place, cell, kind, reading, found)
                except ValidationError as error:
                    found.errors.append(self._finding(place, error, cell))
            self._in_order(kind, found)
            if self.require:
                self._required(cells, found)
                found.lacking = self._lacking(kind, found)
        _spread_sources(found)
        return found

    def _identity(self, cells: Mapping[str, Any], found: RowCheck) -> str:
        """The row's kind, code, municipality and profiles."""
        kind = self.kind
        if text := plain(cells.get("kind")):
            kind = words.kinds().get(words.key(text), "")
            if not kind:
                found.errors.append(Finding("kind", _("“%(text)s” is not a kind of record.") % {"text": text[:40]}, _listed(words.kinds())))  # fmt: skip
            found.identity["kind"] = kind
        if text := plain(cells.get("code")):
            found.identity["code"] = text.upper()[:30]
        self._municipality(plain(cells.get("municipality")), found)
        if "profiles" in cells:
            self._profiles(cells["profiles"], found)
        return kind or self.kind

    def _municipality(self, text: str, found: RowCheck) -> None:
        if not text:
            return
        known = self.known.municipalities
        if known is None or words.key(text) in known:
            found.identity["municipality"] = text if known is None else known[words.key(text)]
            return
        mend = _("Write the name of a municipality of the region: %(names)s.") % {
            "names": ", ".join(self.known.municipality_names or known)
        }
        found.errors.append(Finding("municipality", _("“%(text)s” is not a municipality of the region.") % {"text": text[:40]}, mend))  # fmt: skip

    def _profiles(self, cell: Any, found: RowCheck) -> None:
        chosen = []
        for text in items(cell) if plain(cell) else []:
            profile = words.profiles().get(words.key(text))
            if profile is None:
                found.errors.append(Finding("profiles", _("“%(text)s” is not a profile.") % {"text": text[:40]}, _listed(words.profiles())))  # fmt: skip
            else:
                chosen.append(profile)
        found.values["profiles"] = chosen

    def _cell(self, place: Column, cell: Any, kind: str, reading: Reading, found: RowCheck) -> None:
        if isinstance(cell, CellError):
            raise ValidationError(_("The cell shows the error %(text)s instead of a value."), code="cell_error", params={"text": cell.text})  # fmt: skip
        is_blank = cell is None or (isinstance(cell, str) and cell.strip() in words.DASHES)
        if place.part:
            if not is_blank:
                found.values.setdefault("sources", {}).setdefault(place.group, {})[place.part] = _part(place.part, cell, reading.style)  # fmt: skip
            return
        spec = BY_NAME[place.field]
        if isinstance(cell, str) and cell.strip() == words.KEPT:
            return
        if kind and kind not in spec.kinds:
            if not is_blank:
                raise ValidationError(_("This kind of record does not have this field."), code="wrong_kind")
            return
        if spec.type == TRANSLATED:
            self._translated(spec, place, None if is_blank else cell, found)
        elif is_blank:
            found.values[spec.name] = empty(spec)
        elif isinstance(cell, str) and self._is_absent(spec, cell, found):
            pass
        else:
            self._value(spec, cell, reading, found)

    def _is_absent(self, spec: FieldSpec, cell: str, found: RowCheck) -> bool:
        """Whether the cell says why there is no value; a choice of the same word is a choice, unless in brackets."""
        absence, is_marked = words.absence_of(cell)
        if not absence or (not is_marked and _means_something(spec, cell)):
            return False
        found.absent[spec.name] = absence
        return True

    def _translated(self, spec: FieldSpec, place: Column, cell: Any, found: RowCheck) -> None:
        if isinstance(cell, str) and self._is_absent(spec, cell, found):
            return
        language = place.language or self.language
        texts = found.values.setdefault(spec.name, {})
        texts[language] = "" if cell is None else str(cell).strip()
        clean_value(spec.name, texts, self.box)

    def _value(self, spec: FieldSpec, cell: Any, reading: Reading, found: RowCheck) -> None:
        if spec.type in (MANY, SITES, ONE):
            self._related(spec, cell, found)
            return
        value, original = read_cell(spec, cell, reading)
        found.values[spec.name] = clean_value(spec.name, value, self.box)
        if original:
            found.originals[spec.name] = original

    def _related(self, spec: FieldSpec, cell: Any, found: RowCheck) -> None:
        known = {
            "sectors": self.known.sectors,
            "themes": self.known.themes,
            "contact": self.known.contacts,
        }.get(spec.name, self.known.sites if spec.type == SITES else None)
        if known is None:
            return
        chosen = []
        for text in items(cell):
            if words.key(text) not in known:
                raise ValidationError(
                    _("“%(text)s” is not known here."), code="related", params={"text": text[:60]}
                )
            chosen.append(known[words.key(text)])
        found.values[spec.name] = (chosen[0] if chosen else None) if spec.type == ONE else chosen

    def _in_order(self, kind: str, found: RowCheck) -> None:
        """Of two fields that are the ends of a range, the first is never larger."""
        for name, error in disordered(kind, found.values.get, found.values).items():
            if place := column(name):
                found.errors.append(self._finding(place, error))

    def _required(self, cells: Mapping[str, Any], found: RowCheck) -> None:
        """A record needs a name; a place known exactly needs a position."""
        names = found.values.get("name") or {}
        broken = {one.field.partition("@")[0] for one in found.errors}
        if not any(names.values()) and "name" not in broken:
            found.errors.append(Finding(
                next((name for name in cells if name.startswith("name")), "name"),
                _("The name is missing."), _("Write a name in at least one language."),
            ))  # fmt: skip
        exact = found.values.get("place_precision") in ("exact", "settlement")
        if exact and not found.values.get("geometry") and "geometry" not in broken:
            found.errors.append(Finding(
                "geometry", _("The place is said to be known, but there is no position."),
                _("Write the coordinates, for example 64.2238, 27.7332, or say that only the municipality is known."),
            ))  # fmt: skip

    def _lacking(self, kind: str, found: RowCheck) -> list[Finding]:
        """What submitting the record for review would refuse. A row with a code changes a record that has values already."""
        if not kind or found.identity.get("code"):
            return []
        broken = {one.field.partition("@")[0] for one in found.errors}
        return [
            Finding(name, _("%(field)s: without it the record cannot be submitted for review.") % {"field": BY_NAME[name].label},
                    _("Fill it in; where that is allowed, say that it is not known."), BEFORE_SUBMITTING)
            for name in missing_to_submit(record_of(kind, found.values, found.absent)) if name not in broken
        ]  # fmt: skip

    def _finding(self, place: Column, error: ValidationError, cell: Any = None) -> Finding:
        code = getattr(error, "code", "") or ""
        mend = mend_for(place, code)
        if code == "self_crossing" and (repair := repair_of(cell, self.box)):
            mend = f"{repair} {mend}"
        return Finding(place.name, " ".join(error.messages), mend)


def check_row(
    cells: Mapping[str, Any], *, kind: str, style: str = "fi", language: str = "en", **more: Any
) -> RowCheck:
    """This will read and check one row: `RowChecker(kind=…, …).check(cells)` for those who have only one."""
    return RowChecker(kind=kind, style=style, language=language, **more).check(cells)


def _spread_sources(found: RowCheck) -> None:
    """A source for all groups (`source.*.title`) stands for each group that the row says something about."""
    sources = found.values.get("sources") or {}
    common = sources.pop(EVERY_GROUP, None)
    if common:
        said = [*(name for name, value in found.values.items() if value not in NOTHING), *found.absent]
        for group in dict.fromkeys(BY_NAME[name].group for name in said if name in BY_NAME):
            sources[group] = {**common, **sources.get(group, {})}


def mend_for(place: Column, code: str) -> str:
    """This will say what to write in a column, by what the column holds and what was wrong."""
    spec = place.spec
    if code == "wrong_kind":
        return _("Leave the cell empty, or correct the kind.")
    if code == "cell_error":
        return _("Correct the formula, or write the value itself.")
    if place.part in DAY_PARTS or (spec and spec.type == DAY):
        return _("Write a day, for example 2026-10-12 or 12.10.2026.")
    if place.part == "method":
        return _listed(words.methods())
    if place.part == "confidence":
        return _("Write one of: %(names)s.") % {
            "names": ", ".join(str(label) for label in CONFIDENCES.values())
        }
    if spec is None:
        return ""
    if spec.type in (CHOICE, CHOICES):
        labels = ", ".join(str(label) for _value, label in spec.choices.choices)
        return _("Write one of: %(names)s.") % {"names": labels}
    return _mend_of_type(spec, code)


def _mend_of_type(spec: FieldSpec, code: str) -> str:
    if spec.type == YEARS:
        return _("Write the year, a colon and the figure, for example 2028: 40; 2029: 60.")
    if spec.type in FIGURES and code == "range":
        return _("Check the figure and its unit: the field is in %(unit)s.") % {"unit": spec.unit} if spec.unit else _("Check the figure.")  # fmt: skip
    if spec.type in FIGURES and spec.unit:
        text = _("Write the figure alone, in %(unit)s, or with its unit: it is converted.")
        return text % {"unit": "€" if spec.type == MONEY and spec.unit == "€" else spec.unit}
    if spec.type in FIGURES:
        return _("Write the figure alone, without words.")
    if spec.type == FLAG:
        return _("Write yes or no, or leave the cell empty.")
    if code == "self_crossing":
        return _("Take the repaired area, or draw the border anew so that it does not cross itself.")
    if spec.type == SHAPE:
        return _(
            "Write latitude and longitude in degrees, for example 64.2238, 27.7332, or an area as GeoJSON."
        )
    if spec.type in (MANY, SITES, ONE):
        return _("Write it as the list of codes in the workbook does; several are divided by semicolons.")
    return _("Shorten or correct the text.")


def empty(spec: FieldSpec) -> Any:
    """This will return what a field holds when nothing is said."""
    if spec.type in (MANY, SITES, LIST, CHOICES):
        return []
    if spec.type == CHOICE:
        return "unknown" if "unknown" in words.choices_of(spec.name) else ""
    return {} if spec.type == YEARS else "" if spec.type in (TEXT, LINK) else None


def plain(cell: Any) -> str:
    """This will return a cell's text, "" when it says nothing."""
    text = "" if cell is None else str(cell).strip()
    return "" if text in words.DASHES else text


def _part(part: str, cell: Any, style: str) -> str:
    """A part of a source as it is stored: days in ISO form, method and confidence by their values."""
    if part in DAY_PARTS:
        day = read_day(cell, style)
        if part in DONE_PARTS:
            validate_done(day)
        return day.isoformat()
    text = str(cell).strip()
    if part == "method":
        return _one_of(words.methods(), text)
    if part == "confidence":
        return _one_of(words.confidences(), text)
    if part == "url":
        return clean_source_url(f"https://{text}" if text.startswith("www.") else text)
    return text[:500]


def _one_of(known: Mapping[str, str], text: str) -> str:
    found = known.get(words.key(text))
    if found is None:
        raise ValidationError(
            _("“%(text)s” is not one of the choices."), code="choice", params={"text": text[:40]}
        )
    return found


def _means_something(spec: FieldSpec, cell: str) -> bool:
    return spec.choices is not None and words.key(cell) in words.choices_of(spec.name)


def _listed(known: Mapping[str, str]) -> str:
    return _("Write one of: %(names)s.") % {"names": ", ".join(dict.fromkeys(known.values()))}
