"""What the columns of a file may do to a record that is there already: replace, only fill blanks, or leave alone.

A rule belongs to a column; what a row changes belongs to a field. Several columns may give one field: two coordinates
the place, three languages a text, several parts a source. Where they disagree about the whole, the most careful wins.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from vetovoima.catalogue.registry import BY_NAME, TRANSLATED

from .enums import Rule
from .targets import EVERY_GROUP, PLACE

#: in what language a text is whose column does not say
STYLE_LANGUAGE = {"fi": "fi", "sv": "sv", "en": "en", "us": "en"}
SOURCE = "source."
#: the more careful a rule is, the further back it stands
CARE = (Rule.OVERWRITE, Rule.FILL, Rule.KEEP)


class Rules:
    """The rules of one file's columns, asked by field, by language of a text and by part of a source."""

    def __init__(self, columns: Sequence[Mapping[str, Any]], style: str) -> None:
        self._found: dict[str, Rule] = {}
        language = STYLE_LANGUAGE.get(style, "fi")
        for column in columns:
            rule = column.get("rule") or Rule.OVERWRITE
            if column.get("field") and rule in Rule.values:
                for name in _names(column["field"], language):
                    self._found[name] = _careful(self._found.get(name), Rule(rule))

    def of(self, name: str) -> Rule:
        """The rule of a field, or of a group's source, as a whole."""
        return self._found.get(name, Rule.OVERWRITE)

    def of_language(self, name: str, language: str) -> Rule:
        """The rule of a text in one language."""
        return self._found.get(f"{name}@{language}", Rule.OVERWRITE)

    def of_part(self, group: str, part: str) -> Rule:
        """The rule of one part of a group's source; a column for all groups counts for each."""
        own = self._found.get(f"{SOURCE}{group}.{part}")
        return _careful(self._found.get(f"{SOURCE}{EVERY_GROUP}.{part}"), own or Rule.OVERWRITE)


def _careful(first: Rule | None, second: Rule) -> Rule:
    return max(first or Rule.OVERWRITE, second, key=CARE.index)


def _names(path: str, language: str) -> list[str]:
    """Under what names a column's rule is asked for."""
    name, at, of = path.partition("@")
    if path in PLACE:
        return ["geometry"]
    if name in BY_NAME and BY_NAME[name].type == TRANSLATED:
        return [name, f"{name}@{of if at else language}"]
    return [path]
