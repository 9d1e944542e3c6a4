"""The sheets of the standard's workbooks: one of data, instructions, and the lists to choose from."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from vetovoima.catalogue.enums import Absence, Method, Profile, SiteKind
from vetovoima.catalogue.registry import CHOICE, FLAG, GROUP_LABELS, STANDARD_VERSION, TRANSLATED, FieldSpec

from . import words
from .layout import Column, is_core
from .rendering import CellValue
from .validation import CONFIDENCES

LICENCE = "CC BY 4.0"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"
#: how far down the lists to choose from reach
LAST_ROW = 5_000
#: header colours: one for what must be there, two that change from group to group
REQUIRED, EVEN, ODD = "#CBE3D5", "#E7EDE9", "#F3F1E8"
INK = "#17301F"


@dataclass
class Lists:
    """The columns of the sheet of codes: a name, and the words to choose from."""

    columns: list[tuple[str, list[str]]] = field(default_factory=list)

    def add(self, name: str, choices: Sequence[str]) -> int:
        """This will add a list once and return its place."""
        entry = (name, list(choices))
        if entry not in self.columns:
            self.columns.append(entry)
        return self.columns.index(entry)


@dataclass
class Formats:
    """The looks of cells."""

    required: Format
    groups: tuple[Format, Format]
    machine: Format
    example: Format
    example_day: Format
    day: Format
    title: Format
    wrapped: Format


def build(
    columns: Sequence[Column],
    rows: Iterable[Sequence[CellValue]],
    *,
    language: str,
    kind: str = "",
    profiles: Iterable[str] = (),
    municipalities: Sequence[str] = (),
    example: Sequence[CellValue] | None = None,
) -> bytes:
    """This will make a workbook: labels, machine names (hidden), an example if given, the rows; then the other sheets.

    Every text is written as text, so that no cell ever becomes a formula.
    """
    file = io.BytesIO()
    book = xlsxwriter.Workbook(
        file, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    with override(language):
        book.set_properties(_properties())
        formats, lists = _formats(book), Lists()
        data = book.add_worksheet(pgettext("sheet", "Records"))
        _prepare(data, columns, kind, tuple(profiles), language, formats)
        _validate(data, columns, lists, municipalities, language)
        _fill(data, columns, rows, example, language, formats)
        _instructions(book.add_worksheet(pgettext("sheet", "Instructions")), kind, formats)
        _codes(book.add_worksheet(codes_sheet()), lists, formats)
        book.close()
    return file.getvalue()


def codes_sheet() -> str:
    """The name of the sheet of codes in the active language."""
    return pgettext("sheet", "Lists")


def _properties() -> dict[str, str]:
    return {
        "title": _("Collection standard of the investment offer"),
        "subject": f"Vetovoima {STANDARD_VERSION}",
        "keywords": f"standard {STANDARD_VERSION}",
        "comments": f"{LICENCE} {LICENCE_URL}",
    }


def _formats(book: xlsxwriter.Workbook) -> Formats:
    head = {"bold": True, "text_wrap": True, "valign": "top", "font_color": INK, "bottom": 1}
    day = {"num_format": "yyyy-mm-dd"}
    grey = {"italic": True, "font_color": "#6B7A70"}
    return Formats(
        required=book.add_format({**head, "bg_color": REQUIRED}),
        groups=(book.add_format({**head, "bg_color": EVEN}), book.add_format({**head, "bg_color": ODD})),
        machine=book.add_format({"font_color": "#808080", "font_size": 8}),
        example=book.add_format(grey),
        example_day=book.add_format({**grey, **day}),
        day=book.add_format(day),
        title=book.add_format({"bold": True, "font_size": 14, "font_color": INK}),
        wrapped=book.add_format({"text_wrap": True, "valign": "top"}),
    )


def _prepare(
    sheet: Worksheet,
    columns: Sequence[Column],
    kind: str,
    profiles: tuple[str, ...],
    language: str,
    formats: Formats,
) -> None:
    """Widths, folded columns, header and machine row; the first columns and the header stay in sight."""
    folded = False
    for at, place in enumerate(columns):
        core = is_core(place, kind, profiles, language)
        options: dict[str, Any] = {} if core else {"level": 1, "hidden": True}
        if core and folded:
            options["collapsed"] = True
        folded = not core
        sheet.set_column(at, at, _width(place), None, options)
    groups = list(GROUP_LABELS)
    sheet.set_row(0, 48)
    for at, place in enumerate(columns):
        spec = place.spec
        is_required = place.name == "kind" or (spec is not None and spec.required)
        shade = groups.index(place.group) % 2 if place.group in groups else 0
        sheet.write_string(
            0, at, place.label(language), formats.required if is_required else formats.groups[shade]
        )
        sheet.write_comment(0, at, note(place), {"x_scale": 2, "y_scale": 1.4})
    sheet.set_row(1, None, None, {"hidden": True})
    for at, place in enumerate(columns):
        sheet.write_string(1, at, place.name, formats.machine)
    sheet.freeze_panes(2, 1)


def _width(place: Column) -> int:
    if place.spec is None:
        return 18
    return 32 if place.spec.type == TRANSLATED else 16


def note(place: Column) -> str:
    """This will explain a column: what it holds, its unit, for which records, whether it must be filled."""
    spec = place.spec
    if spec is None:
        return _note_of_key(place)
    lines = [str(GROUP_LABELS[spec.group])]
    if spec.help:
        lines.append(str(spec.help))
    if spec.unit:
        lines.append(
            _("Unit: %(unit)s. Another unit may be written beside the figure: it is converted.")
            % {"unit": spec.unit}
        )
    if spec.choices is not None:
        lines.append(_("Choose from the list."))
    if len(spec.kinds) < len(SiteKind.values):
        lines.append(
            _("For: %(names)s.") % {"names": ", ".join(str(SiteKind(kind).label) for kind in spec.kinds)}
        )
    if spec.profiles:
        lines.append(
            _("Profile: %(names)s.") % {"names": ", ".join(str(Profile(one).label) for one in spec.profiles)}
        )
    lines.append(_demand(spec))
    if not spec.is_public:
        lines.append(_("Not published."))
    return "\n".join(line for line in lines if line)


def _demand(spec: FieldSpec) -> str:
    if spec.required:
        return _("Required.")
    if spec.mandatory:
        return _(
            "Must be answered before the record is published: by a value, or by saying why there is none."
        )
    return _("Makes the record more complete.") if spec.expected or spec.expected_for else ""


def _note_of_key(place: Column) -> str:
    if place.part:
        return _("Where the values of this group come from. The columns “All groups” hold for every group that the row fills.")  # fmt: skip
    return {
        "code": _(
            "Leave empty for a new record. A code such as KAI-KUH-0012 changes the record that has it."
        ),
        "kind": _("Required. Choose from the list."),
        "municipality": _("The municipality where the record is. Choose from the list."),
        "profiles": _("What the record is offered for; several are divided by semicolons."),
    }[place.name]


def _validate(
    sheet: Worksheet, columns: Sequence[Column], lists: Lists, municipalities: Sequence[str], language: str
) -> None:
    """Lists to choose from. Other words may be typed after a warning: the validator explains what is wrong."""
    for at, place in enumerate(columns):
        choices = _choices(place, municipalities, language)
        if not choices:
            continue
        where = lists.add(place.label(language), choices)
        letter = xlsxwriter.utility.xl_col_to_name(where)
        source = f"='{codes_sheet()}'!${letter}$2:${letter}${len(choices) + 1}"
        sheet.data_validation(
            2, at, LAST_ROW, at, {"validate": "list", "source": source, "error_type": "warning"}
        )


def _choices(place: Column, municipalities: Sequence[str], language: str) -> list[str]:
    spec = place.spec
    if spec is not None and spec.type in (CHOICE, FLAG):
        found = (
            [words.choice_word(spec.name, value, language) for value in spec.choices.values]
            if spec.type == CHOICE
            else [words.flag_word(True, language), words.flag_word(False, language)]
        )
        absences = (
            [] if spec.required else [words.absence_word(one, language, spec.name) for one in Absence.values]
        )
        return list(dict.fromkeys([*found, *absences]))
    if place.part == "method":
        return [str(label) for label in Method.labels]
    if place.part == "confidence":
        return [str(label) for label in CONFIDENCES.values()]
    if place.name == "kind":
        return [str(label) for label in SiteKind.labels]
    return list(municipalities) if place.name == "municipality" else []


def _fill(
    sheet: Worksheet,
    columns: Sequence[Column],
    rows: Iterable[Sequence[CellValue]],
    example: Sequence[CellValue] | None,
    language: str,
    formats: Formats,
) -> None:
    at = 2
    if example is not None:
        for column, cell in enumerate(example):
            _put(sheet, at, column, cell, formats.example, formats.example_day)
        at += 1
    for row in rows:
        for column, cell in enumerate(row):
            _put(sheet, at, column, cell, None, formats.day)
        at += 1


def _put(sheet: Worksheet, row: int, column: int, cell: CellValue, look: Format | None, day: Format) -> None:
    if cell is None:
        return
    if isinstance(cell, date):
        sheet.write_datetime(row, column, cell, day)
    elif isinstance(cell, (int, float)):
        sheet.write_number(row, column, cell, look)
    else:
        sheet.write_string(row, column, cell, look)


def _instructions(sheet: Worksheet, kind: str, formats: Formats) -> None:
    sheet.set_column(0, 0, 110)
    title = _("Collection standard of the investment offer")
    sheet.write_string(0, 0, f"{title} {STANDARD_VERSION}", formats.title)
    for at, line in enumerate(instructions(kind), 1):
        sheet.write_string(at, 0, line, formats.wrapped)


def instructions(kind: str) -> list[str]:
    """What a person who fills in the workbook needs to know, sentence by sentence."""
    absences = ", ".join(f"“{one.label}”" for one in Absence)
    return [
        _("For records of the kind: %(kind)s.") % {"kind": SiteKind(kind).label} if kind else _("For records of every kind."),
        _("One record on each row of the first sheet. The third row is an example: write over it or leave it, it is never read."),
        _("Row 2 is hidden. It says which field each column holds, so columns may be moved, hidden or deleted, and labels changed."),
        _("Dark green columns must be filled. Light ones make the record complete. Further columns are folded away: open them with the plus signs above."),
        _("Figures are in the unit of the header. Another unit may be written beside the figure, for example 12,5 ha or 30 acres: it is converted and the original kept."),
        _("Days: 2026-10-12 or 12.10.2026. Lists in one cell: divided by semicolons. Figures by year: 2027: 40; 2028: 60."),
        _("When there is no value, say why: %(words)s. An empty cell means that nobody has said anything yet.") % {"words": absences},
        _("Position: latitude and longitude in degrees (64.2238, 27.7332), coordinates in ETRS-TM35FIN, or an area as GeoJSON."),
        _("Say where the values come from: the source, when they were collected, how (measured, estimated, declared, register) and how sure they are."),
        _("Check the file before you send it: the validator explains row by row what to mend. Nothing is stored there."),
        _("Version %(version)s of the standard. Licence: %(licence)s, %(url)s") % {"version": STANDARD_VERSION, "licence": LICENCE, "url": LICENCE_URL},
    ]  # fmt: skip


def _codes(sheet: Worksheet, lists: Lists, formats: Formats) -> None:
    """Written row by row, as a workbook that is written straight to disk wants it."""
    longest = max((len(choices) for _name, choices in lists.columns), default=0)
    sheet.set_column(0, len(lists.columns), 26)
    for at, (name, _words) in enumerate(lists.columns):
        sheet.write_string(0, at, name, formats.groups[0])
    for row in range(longest):
        for at, (_name, choices) in enumerate(lists.columns):
            if row < len(choices):
                sheet.write_string(row + 1, at, choices[row])


__all__ = ["LICENCE", "LICENCE_URL", "build", "instructions", "note"]
