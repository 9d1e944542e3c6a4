"""What a column of a file may go to: fields of the standard, a language of a text, a part of a source, a key."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy

from vetovoima.catalogue.registry import (
    BY_NAME,
    DAY,
    FIGURES,
    GROUP_LABELS,
    MONEY,
    NUMBER,
    TRANSLATED,
    fields_of,
)
from vetovoima.catalogue.services.values import SOURCE_PARTS
from vetovoima.collection.standard.layout import IN_LANGUAGE, PART_LABELS
from vetovoima.common.fields import LANGUAGES

#: targets that are no fields, with their labels
SPECIAL: dict[str, str | Promise] = {
    "code": _("Code of the record"),
    "kind": _("Kind"),
    "external_key": _("The file's own key"),
    "municipality": _("Municipality"),
    "profiles": _("Profiles"),
    "latitude": _("Latitude"),
    "longitude": _("Longitude"),
    "coordinates": _("Coordinates in one cell"),
    "north": _("North (ETRS-TM35FIN)"),
    "east": _("East (ETRS-TM35FIN)"),
}
PLACE = frozenset({"latitude", "longitude", "coordinates", "north", "east"})
EVERY_GROUP = "*"


@dataclass(frozen=True)
class Target:
    """One thing that a column may go to; `path` is how it is stored and how an exported file names it."""

    path: str
    field: str
    group: str
    label: str
    type: str = ""
    unit: str = ""
    language: str = ""
    part: str = ""

    @property
    def has_unit(self) -> bool:
        """Whether its values are converted from the file's unit."""
        return bool(self.unit) and self.type in (NUMBER, MONEY)

    @property
    def is_figure(self) -> bool:
        """Whether it holds a number."""
        return self.type in FIGURES


def _of_field(spec: Any) -> list[Target]:
    if spec.type != TRANSLATED:
        return [Target(spec.name, spec.name, spec.group, str(spec.label), spec.type, spec.unit)]
    plain = Target(spec.name, spec.name, spec.group, str(spec.label), spec.type)
    others = [
        Target(
            f"{spec.name}@{language}",
            spec.name,
            spec.group,
            f"{spec.label}, {IN_LANGUAGE[language]}",
            spec.type,
            language=language,
        )
        for language in LANGUAGES
    ]
    return [plain, *others]


def _of_sources(groups: list[str]) -> list[Target]:
    whole = str(pgettext_lazy("of a source", "All groups"))
    return [
        Target(
            f"source.{group}.{part}",
            "sources",
            group,
            f"{whole if group == EVERY_GROUP else GROUP_LABELS[group]}: {PART_LABELS[part]}",
            "source",
            part=part,
        )
        for group in (EVERY_GROUP, *groups)
        for part in SOURCE_PARTS
    ]


@lru_cache(maxsize=32)
def targets(kind: str, language: str) -> dict[str, Target]:
    """Everything that a column of a kind's file may go to, by path; `language` is that of the labels."""
    with override(language):
        specs = fields_of(kind)
        found = [Target(name, name, "", str(label), "key") for name, label in SPECIAL.items()]
        for spec in specs:
            found += _of_field(spec)
        groups = list(dict.fromkeys(spec.group for spec in specs))
        return {one.path: one for one in (*found, *_of_sources(groups))}


def is_day(path: str) -> bool:
    """Whether a column that goes there holds days."""
    return path in BY_NAME and BY_NAME[path].type == DAY


def label_of(path: str, language: str) -> str:
    """A target's label, for any kind of record."""
    name, _at, of = path.partition("@")
    if path in SPECIAL:
        return str(SPECIAL[path])
    if name in BY_NAME:
        label = str(BY_NAME[name].label)
        return f"{label}, {IN_LANGUAGE[of]}" if of in IN_LANGUAGE else label
    if path.startswith("source."):
        _word, group, part = path.split(".", 2)
        return f"{GROUP_LABELS.get(group, '')} {PART_LABELS.get(part, part)}".strip()
    return path
