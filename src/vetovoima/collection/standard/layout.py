"""The columns of the standard's workbooks and CSV files, and the names by which a file says what they hold.

Row 1 has labels for people, row 2 (hidden in workbooks) the names for machines: `field`, `field@fi` for a text in one
language, `source.<group>.<part>`, and the keys `code`, `kind`, `municipality`, `profiles`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext, pgettext_lazy

from vetovoima.catalogue.registry import BY_NAME, FIELDS, GROUP_LABELS, TRANSLATED, FieldSpec, fields_of
from vetovoima.catalogue.services.values import SOURCE_PARTS
from vetovoima.common.fields import LANGUAGES
from vetovoima.common.tables import MAX_COLUMNS

KEYS: dict[str, str | Promise] = {
    "code": _("Code of the record"),
    "kind": _("Kind"),
    "municipality": _("Municipality"),
    "profiles": _("Profiles"),
}
IN_LANGUAGE: dict[str, str | Promise] = {"fi": _("in Finnish"), "en": _("in English"), "sv": _("in Swedish")}
PART_LABELS: dict[str, str | Promise] = {
    "title": pgettext_lazy("of a group of fields", "source"),
    "url": _("address of the source"),
    "dated": _("date of the source"),
    "collected_on": _("collected on"),
    "method": _("method"),
    "confidence": _("confidence"),
    "verified_by": _("checked by"),
    "verified_on": _("checked on"),
    "licence": _("licence"),
}
#: `source.*.title`: one source for every group that a row says something about
EVERY_GROUP = "*"
#: longer ones come from strangers, and are not worth remembering
LONGEST_NAME = 80
#: the parts of a source that an empty form asks for; an export has those that are filled
ASKED_PARTS = ("title", "collected_on", "method", "confidence")
#: what stands in the code column of the example row
EXAMPLE_WORDS = {"fi": "ESIMERKKI", "en": "EXAMPLE", "sv": "EXEMPEL"}


@dataclass(frozen=True)
class Column:
    """One column: its machine name, and of what: a key, a field (perhaps in one language), or a part of a source."""

    name: str
    field: str = ""
    language: str = ""
    group: str = ""
    part: str = ""

    @property
    def spec(self) -> FieldSpec | None:
        """The field, if it is one."""
        return BY_NAME.get(self.field)

    def label(self, language: str) -> str:
        """What row 1 says: the field's label with its unit or language."""
        with override(language):
            if self.part:
                whole = pgettext("of a source", "All groups")
                return f"{GROUP_LABELS.get(self.group, whole)}: {PART_LABELS[self.part]}"
            if self.spec is None:
                return str(KEYS[self.name])
            label = str(self.spec.label)
            if self.language:
                return f"{label}, {IN_LANGUAGE[self.language]}"
            return f"{label} ({self.spec.unit})" if self.spec.unit else label


def column(name: str) -> Column | None:
    """This will make the column that a machine name stands for, or None when there is none such."""
    return _column(name) if len(name) <= LONGEST_NAME else None


@lru_cache(maxsize=4096)
def _column(name: str) -> Column | None:
    if name in KEYS:
        return Column(name)
    if name.startswith("source."):
        parts = name.split(".")
        if len(parts) == 3 and parts[1] in (EVERY_GROUP, *GROUP_LABELS) and parts[2] in SOURCE_PARTS:
            return Column(name, group=parts[1], part=parts[2])
        return None
    field, at, language = name.partition("@")
    spec = BY_NAME.get(field)
    if spec is None or (at and (spec.type != TRANSLATED or language not in LANGUAGES)):
        return None
    return Column(name, field=field, language=language, group=spec.group)


def columns_for(
    kind: str = "", profiles: Iterable[str] | None = None, *, language: str = "fi"
) -> list[Column]:
    """This will list every column that a kind's form may have (all kinds: ""), texts first in the form's language."""
    specs = sorted(fields_of(kind, profiles=profiles) if kind else FIELDS, key=_place)
    order = (language, *(one for one in LANGUAGES if one != language))
    names = list(KEYS)
    for spec in specs:
        names += [f"{spec.name}@{one}" for one in order] if spec.type == TRANSLATED else [spec.name]
    for group in (EVERY_GROUP, *dict.fromkeys(spec.group for spec in specs)):
        names += [f"source.{group}.{part}" for part in SOURCE_PARTS]
    return [found for name in names if (found := column(name))]


def form_columns(
    kind: str = "", profiles: Iterable[str] | None = None, *, language: str = "fi"
) -> list[Column]:
    """This will list the columns of an empty form: at most as many as can be read, the more important ones first kept."""
    chosen = [
        one for one in columns_for(kind, profiles, language=language)
        if not one.part or one.part in ASKED_PARTS
    ]  # fmt: skip
    return fit(chosen, kind, profiles or (), language)


def fit(columns: list[Column], kind: str, profiles: Iterable[str], language: str) -> list[Column]:
    """This will leave out what is least important until a file of these columns can be read; the order stays."""
    ranked = sorted(columns, key=lambda one: rank(one, kind, tuple(profiles), language))
    kept = set(ranked[:MAX_COLUMNS])
    return [one for one in columns if one in kept]


def is_core(one: Column, kind: str, profiles: Iterable[str], language: str) -> bool:
    """Whether a column is shown at once; the others of a form are folded away."""
    return rank(one, kind, tuple(profiles), language) <= CORE


CORE = 2
#: the texts that investors read first are asked for in every language
FIRST_TEXTS = frozenset({"name", "summary", "description", "reason_to_come"})


def rank(one: Column, kind: str, profiles: tuple[str, ...], language: str) -> int:
    """How important a column is, 0 the most: keys, what makes a record complete, other fields, languages, sources."""
    spec = one.spec
    if one.part:
        return 2 if one.group == EVERY_GROUP else 5 if one.part in ASKED_PARTS else 6
    if spec is None or spec.required:
        return 0 if one.language in ("", language) else 2
    kinds = (kind,) if kind else spec.kinds
    is_expected = any(spec.is_expected(each, profiles or spec.profiles) for each in kinds)
    if one.language not in ("", language):
        return 3 if spec.name in FIRST_TEXTS else 5
    return (
        1
        if is_expected and not spec.profiles
        else 2
        if is_expected and profiles
        else 3
        if spec.is_public
        else 4
    )


GROUP_ORDER = {name: place for place, name in enumerate(GROUP_LABELS)}
FIELD_ORDER = {spec.name: place for place, spec in enumerate(FIELDS)}


def _place(spec: FieldSpec) -> tuple[int, int, int]:
    """Groups in the standard's order; the name comes first, as a person begins with it."""
    return GROUP_ORDER[spec.group], spec.name != "name", FIELD_ORDER[spec.name]


def machine_row(cells: Sequence[Any]) -> list[Column | None] | None:
    """This will read a row as machine names, one for each column; None when it is an ordinary row."""
    names = [cell.strip() if isinstance(cell, str) else cell for cell in cells]
    filled = [name for name in names if name not in (None, "")]
    if len(filled) < 2 or not all(isinstance(name, str) for name in filled):
        return None
    found = [column(name) if name else None for name in names]
    known = sum(one is not None for one in found)
    return found if known >= 0.8 * len(filled) else None


def is_example_row(cells: Sequence[Any]) -> bool:
    """This will say whether a row is the template's example, which is never read as data."""
    return any(isinstance(cell, str) and cell.strip() in EXAMPLE_WORDS.values() for cell in cells[:2])
