"""The empty form of the standard: a workbook or a CSV file in a language, for one kind of record or for all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import override

from vetovoima.catalogue.enums import SiteKind
from vetovoima.catalogue.registry import CHOICE, FLAG, TRANSLATED
from vetovoima.reference.queries import municipalities

from . import words
from .export import csv_text
from .layout import EXAMPLE_WORDS, Column, form_columns
from .rendering import CellValue
from .workbook import build

#: figures of the example row; nothing in it is true of any place
EXAMPLE: dict[str, CellValue] = {
    "geometry": "64.2238, 27.7332", "property_ids": "000-000-0-0", "area_m2": 12500, "floor_area_m2": 1800, "price_eur_m2": 5,
    "rent_eur_m2_month": 6.5, "building_right_m2": 5000, "free_capacity_mw": 10, "voltage_kv": 110, "road_distance_km": 1.2,
    "railway_distance_km": 4, "plot_count": 6, "capacity_by_year": "2027: 10; 2028: 25", "source.*.collected_on": date(2026, 10, 12),
}  # fmt: skip


def template_workbook(*, language: str, kind: str = "", profiles: Iterable[str] | None = None) -> bytes:
    """This will make the empty workbook: labels, machine names, an example, notes, lists to choose from, instructions."""
    columns = form_columns(kind, profiles, language=language)
    return build(
        columns,
        (),
        language=language,
        kind=kind,
        profiles=tuple(profiles or ()),
        municipalities=[one.name.best(language)[0] for one in municipalities()],
        example=example_row(columns, kind, language),
    )


def template_csv(*, language: str, kind: str = "", profiles: Iterable[str] | None = None) -> str:
    """This will make the empty CSV form: labels, machine names, the example."""
    columns = form_columns(kind, profiles, language=language)
    return csv_text(columns, [example_row(columns, kind, language)], language)


def example_row(columns: Sequence[Column], kind: str, language: str) -> list[CellValue]:
    """This will make a row that shows how cells are filled, and says in its first cell that it is an example."""
    with override(language):
        return [_example(place, kind or SiteKind.PLOT, language) for place in columns]


def _example(place: Column, kind: str, language: str) -> CellValue:
    fixed: dict[str, str] = {
        "code": EXAMPLE_WORDS[language],
        "kind": str(SiteKind(kind).label),
        "source.*.title": _("Example source"),
    }
    if place.name in fixed:
        return fixed[place.name]
    spec = place.spec
    if spec is None or kind not in spec.kinds:
        return EXAMPLE.get(place.name) if spec is None else None
    if spec.name == "name" and place.language == language:
        return _("Example: write the name here")
    if spec.type == TRANSLATED:
        return None
    if spec.type == CHOICE and (spec.required or spec.expected):
        return words.choice_word(spec.name, spec.choices.values[0], language)
    if spec.type == FLAG and spec.expected_for:
        return words.flag_word(True, language)
    return EXAMPLE.get(spec.name)
