"""One row of cells as values of the standard: each column read once, every refusal with its cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from vetovoima.catalogue.enums import Profile, SiteKind
from vetovoima.catalogue.registry import BY_NAME, DAY, MANY, ONE, SHAPE, SITES, TRANSLATED, fields_of
from vetovoima.catalogue.services.values import SOURCE_PARTS
from vetovoima.collection.standard import words as standard
from vetovoima.common.fields import MAX_TEXT
from vetovoima.common.geo import Box
from vetovoima.common.notation import read_day
from vetovoima.common.tables import CellError

from .beside import day_doubt, with_unit
from .cells import Reader, cell_error, reader_of, text_of
from .messages import NOTE, WARN, Message
from .places import place_in
from .precedence import STYLE_LANGUAGE
from .sizes import size_doubt
from .targets import EVERY_GROUP, PLACE, Target, targets
from .vocabulary import Vocabulary
from .words import absence_in, is_marked, refused_word, says_nothing, split_list

DAYS_IN_SOURCES = ("dated", "collected_on", "verified_on")
#: fields whose own words come before those for an absence
HAVE_WORDS = ("choice", "flag")
#: fields that always have a value; where nobody knows it, this says so
REQUIRED_UNKNOWN = {"availability": "unknown"}


@dataclass
class Cleaned:
    """What a row says: values in JSON by field, absences, figures as the source wrote them, sources by group."""

    values: dict[str, Any] = field(default_factory=dict)
    absent: dict[str, str] = field(default_factory=dict)
    originals: dict[str, str] = field(default_factory=dict)
    sources: dict[str, dict[str, str]] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    messages: list[Message] = field(default_factory=list)

    @property
    def has_error(self) -> bool:
        """Whether something in the row must be mended first."""
        return any(one.level == "error" for one in self.messages)


#: (value in JSON, the figure as it was written when it was converted, which absence stands instead)
Outcome = tuple[Any, str, str]
#: cells whose meaning is remembered, and how many of a column
HASHED = (str, int, float, date)
REMEMBERED = 2000


@dataclass(frozen=True)
class Column:
    """A column that is used: where it stands, where it goes, in what unit it is given."""

    index: int
    target: Target
    unit: str = ""
    unit_from: int | None = None


class Cleaner:
    """Reads the rows of one file: the columns' readers are made once."""

    def __init__(
        self, kind: str, columns: Sequence[Mapping[str, Any]], style: str, box: Box, words: Vocabulary
    ) -> None:
        known = targets(kind, "en")
        used = [one for one in columns if one["field"] in known]
        self.columns = [
            Column(one["index"], known[one["field"]], one.get("unit") or "", one.get("unit_from"))
            for one in used
        ]
        self.kind, self.style, self.box, self.words = kind, style, box, words
        self.is_export = bool(used) and all(one.get("how") == "name" for one in used)
        self.groups = list(dict.fromkeys(spec.group for spec in fields_of(kind)))
        self._readers: dict[int, Reader] = {}
        self._memo: dict[int, dict[Any, Outcome]] = {column.index: {} for column in self.columns}
        for column in self.columns:
            spec = BY_NAME.get(column.target.field)
            if spec and spec.type not in (TRANSLATED, MANY, ONE, SITES, SHAPE):
                self._readers[column.index] = reader_of(spec, column.unit, style)

    def clean(self, cells: Sequence[Any], *, repair: bool = False) -> Cleaned:
        """This will read one row; what is wrong stands in `messages`, nothing is raised. `repair` takes the repair of
        an area whose border crosses itself."""
        found = Cleaned()
        place: dict[str, tuple[Column, Any]] = {}
        for column in self.columns:
            cell = cells[column.index]
            if says_nothing(cell):
                continue
            if column.unit_from is not None:
                cell = with_unit(cell, cells[column.unit_from], self.style)
            if isinstance(cell, CellError):
                self._refuse(found, column, cell_error(cell))
            elif column.target.field in PLACE or column.target.type == SHAPE:
                place[column.target.field] = (column, cell)
            else:
                self._read(found, column, cell)
        if place:
            self._place(found, place, repair)
        self._spread_sources(found)
        return found

    def _refuse(self, found: Cleaned, column: Column, error: ValidationError, level: str = "error") -> None:
        found.messages.append(Message(error, column.target.path, column.index, level))

    def _read(self, found: Cleaned, column: Column, cell: Any) -> None:
        reader = self._readers.get(column.index)
        try:
            if reader is not None:
                self._put(found, column, self._outcome(column, reader, cell))
                if column.target.type == DAY:
                    self._doubt_day(found, column, cell)
            else:
                self._take(found, column, cell)
        except ValidationError as error:
            self._refuse(found, column, error)

    def _outcome(self, column: Column, reader: Reader, cell: Any) -> Outcome:
        """What a cell means; columns repeat themselves, so what was read once is remembered. Raises ValidationError."""
        if not isinstance(cell, HASHED):
            return self._understood(column, reader, cell)
        memo = self._memo[column.index]
        key = (cell.__class__, cell)
        found = memo.get(key)
        if found is None:
            found = self._understood(column, reader, cell)
            if len(memo) < REMEMBERED:
                memo[key] = found
        return found

    def _understood(self, column: Column, reader: Reader, cell: Any) -> Outcome:
        target = column.target
        has_words = target.type in HAVE_WORDS
        if (not has_words or is_marked(cell)) and (absence := self._absence(target.field, cell)):
            return absence
        try:
            value, original = reader(cell)
        except ValidationError:
            if has_words and (absence := self._absence(target.field, cell)):
                return absence
            raise
        if value == "unknown" and target.type == "choice" and self._is_said(target):
            return None, "", value
        return value, original[:200], ""

    def _put(self, found: Cleaned, column: Column, outcome: Outcome) -> None:
        value, original, absence = outcome
        name = column.target.field
        if absence:
            found.absent[name] = absence
            return
        found.values[name] = value
        if original:
            found.originals[name] = original
        if name == "area_m2":
            self._doubt(found, column, value, bool(original))

    def _take(self, found: Cleaned, column: Column, cell: Any) -> None:
        target = column.target
        if target.type == "key":
            self._take_key(found, target.field, cell)
        elif target.type == "source":
            found.sources.setdefault(target.group, {})[target.part] = self._source_part(target.part, cell)
        elif absence := self._absence(target.field, cell):
            self._put(found, column, absence)
        elif target.type == TRANSLATED:
            self._take_text(found, column, cell)
        else:
            self._take_related(found, column, cell)

    def _absence(self, name: str, cell: Any) -> Outcome | None:
        """The absence that a cell states; a field that must have a value refuses it, or has a word of its own."""
        why = absence_in(cell)
        spec = BY_NAME.get(name)
        if not why or spec is None or (spec.required and self.is_export):
            return None
        if not spec.required:
            return None, "", why
        if name not in REQUIRED_UNKNOWN:
            raise ValidationError(_("This must have a value."), code="required")
        return REQUIRED_UNKNOWN[name], "", ""

    def _is_said(self, target: Target) -> bool:
        """Whether a choice's "not known" is somebody's statement: in an exported file it may be the empty field."""
        return not self.is_export and not BY_NAME[target.field].required

    def _take_key(self, found: Cleaned, name: str, cell: Any) -> None:
        if name == "profiles":
            found.values["profiles"] = _profiles(cell)
        elif name == "kind":
            self._check_kind(text_of(cell))
        else:
            found.keys[name] = text_of(cell)[:120]

    def _check_kind(self, text: str) -> None:
        if standard.kinds().get(standard.key(text)) != self.kind:
            raise ValidationError(
                _("The row is of the kind “%(text)s”, and this import of %(kind)s. Import it apart."),
                code="kind",
                params={"text": text[:40], "kind": str(SiteKind(self.kind).label)},
            )

    def _take_text(self, found: Cleaned, column: Column, cell: Any) -> None:
        text = text_of(cell)
        if len(text) > MAX_TEXT:
            raise ValidationError(_("The text is too long: at most 20,000 characters."), code="too_long")
        if "\x00" in text:
            raise ValidationError(_("The text has a character that cannot be stored."), code="null")
        language = column.target.language or STYLE_LANGUAGE.get(self.style, "fi")
        found.values.setdefault(column.target.field, {})[language] = text

    def _take_related(self, found: Cleaned, column: Column, cell: Any) -> None:
        value, doubts = self.words.read(column.target.field, column.target.type, cell)
        if value is not None:
            found.values[column.target.field] = value
        for doubt in doubts:
            self._refuse(found, column, doubt, WARN)

    def _source_part(self, part: str, cell: Any) -> str:
        if part in DAYS_IN_SOURCES:
            text = text_of(cell)
            is_short = len(text) in (4, 7) and text[:4].isascii() and text[:4].isdigit()
            return text if is_short else read_day(cell, self.style).isoformat()
        if part == "method":
            return _one_of(standard.methods(), text_of(cell))
        if part == "confidence":
            return _one_of(standard.confidences(), text_of(cell))
        return text_of(cell)[:500]

    def _doubt(self, found: Cleaned, column: Column, value: Any, is_converted: bool) -> None:
        """A whole plot of a few square metres is told in hectares more often than not."""
        if doubt := size_doubt(self.kind, value, has_unit=bool(column.unit) or is_converted):
            self._refuse(found, column, doubt, WARN)

    def _doubt_day(self, found: Cleaned, column: Column, cell: Any) -> None:
        """A day whose day and month may have been taken for one another."""
        day = str(found.values.get(column.target.field) or "")
        if day and (doubt := day_doubt(cell, column.unit, self.style, day)):
            self._refuse(found, column, doubt, WARN)

    def _place(self, found: Cleaned, place: Mapping[str, tuple[Column, Any]], repair: bool) -> None:
        column = next(iter(place.values()))[0]
        cells = {name: cell for name, (_column, cell) in place.items()}
        try:
            geometry, notes = place_in(cells, self.box, repair=repair)
        except ValidationError as error:
            found.messages.append(Message(error, "geometry", column.index))
            return
        if geometry is not None:
            found.values["geometry"] = geometry
        else:
            why = next((why for cell in cells.values() if (why := absence_in(cell))), "")
            if why:
                found.absent["geometry"] = why
        found.messages += [Message(note, "geometry", column.index, NOTE) for note in notes]

    def _spread_sources(self, found: Cleaned) -> None:
        """A source that names no group is the source of every group of which the row says something."""
        whole = found.sources.pop(EVERY_GROUP, None)
        if not whole:
            return
        told = {BY_NAME[name].group for name in (*found.values, *found.absent) if name in BY_NAME}
        for group in self.groups:
            if group in told and group != "contact":
                own = found.sources.get(group, {})
                found.sources[group] = {
                    part: {**whole, **own}[part] for part in SOURCE_PARTS if part in {**whole, **own}
                }


def _profiles(cell: Any) -> list[str]:
    known = standard.profiles()
    found = []
    for text in split_list(cell):
        if standard.key(text) not in known:
            raise refused_word(text, known, [str(one.label) for one in Profile])
        found.append(known[standard.key(text)])
    return [value for value in Profile.values if value in found]


def _one_of(known: Mapping[str, str], text: str) -> str:
    if standard.key(text) not in known:
        raise refused_word(text, known, list(dict.fromkeys(known.values())))
    return known[standard.key(text)]
