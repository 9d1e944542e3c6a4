"""The form of one group of the standard: its rows, what is wrong with them, and what differs from the record."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from vetovoima.catalogue.registry import (
    FIGURES,
    GROUP_LABELS,
    MANY,
    ONE,
    SHAPE,
    SITES,
    TRANSLATED,
    FieldSpec,
    fields_of,
)
from vetovoima.catalogue.validators import clean_value
from vetovoima.common.fields import LANGUAGES
from vetovoima.desk.forms import Problem

from . import inputs, sources
from .inputs import IN_LANGUAGE, Lookups, Text, Typed

if TYPE_CHECKING:
    from vetovoima.catalogue.models import Site


def may_be_absent(spec: FieldSpec) -> bool:
    """Whether somebody may say why a field has no value: not of what is required or what is a relation."""
    return not spec.required and spec.type not in (MANY, ONE, SHAPE, SITES)


class GroupForm:
    """The inputs of one group of one record. Without `typed` they show the record; with it, what was typed."""

    def __init__(self, site: Site, group: str, lookups: Lookups, typed: Typed | None = None) -> None:
        self.site, self.name, self.lookups = site, group, lookups
        self.typed = typed
        self.label = GROUP_LABELS[group]
        self.specs = fields_of(site.kind, group, site.profiles)
        self.errors: dict[str, list[Any]] = {}
        self._values: dict[str, Any] = {}
        self._originals: dict[str, str] = {}
        self._source: dict[str, str] | None = None

    @cached_property
    def shown(self) -> dict[str, Text]:
        """What the inputs show of the record as it is saved."""
        found: dict[str, Text] = {}
        for spec in self.specs:
            found.update(inputs.shown(self.site, spec))
            if may_be_absent(spec):
                found[f"absent_{spec.name}"] = self.site.absent.get(spec.name, "")
        return {**found, **sources.shown(self.site, self.name)}

    def text(self, name: str) -> Text:
        """What an input holds: as it was typed, else as it is saved."""
        if self.typed is None or name not in self.sent:
            return self.shown[name]
        return self.typed.many(name) if isinstance(self.shown[name], list) else self.typed.text(name)

    @cached_property
    def sent(self) -> frozenset[str]:
        """The inputs that were sent. Of a list of checks nothing is sent when none is checked."""
        if self.typed is None:
            return frozenset()
        whole = sources.name_of(self.name, "title") in self.typed
        return frozenset(
            name
            for name, was in self.shown.items()
            if name in self.typed or (whole and isinstance(was, list))
        )

    @cached_property
    def changed(self) -> dict[str, Text]:
        """The inputs that hold something else than the record."""
        return {name: self.text(name) for name in self.sent if self.text(name) != self.shown[name]}

    def _is_changed(self, spec: FieldSpec) -> bool:
        return any(name in self.changed for name in inputs.names_of(spec))

    def is_valid(self) -> bool:
        """This will read what was typed; `errors` then says by input what is wrong."""
        self.errors, self._values, self._originals = {}, {}, {}
        for spec in self.specs:
            if self._is_changed(spec):
                self._read(spec)
        if any(name.startswith("source_") for name in self.changed):
            self._source = sources.read(self.name, Typed(self.all_texts()), self.errors)
        return not self.errors

    def all_texts(self) -> dict[str, Text]:
        """Every input with what it holds."""
        return {name: self.text(name) for name in self.shown}

    def _read(self, spec: FieldSpec) -> None:
        """One field, as far as it can be judged alone: the service judges the record as a whole."""
        typed = Typed({name: self.text(name) for name in inputs.names_of(spec)})
        try:
            value = inputs.read(spec, typed, self.lookups, self.site)
            if spec.type not in (MANY, ONE, SITES):
                clean_value(spec.name, value, self.lookups.box)
        except ValidationError as error:
            self._note(spec, error)
        else:
            self._values[spec.name] = value
            if spec.type in FIGURES and (written := inputs.read_figure(spec, typed.text(spec.name))[1]):
                self._originals[spec.name] = written

    def _note(self, spec: FieldSpec, error: ValidationError) -> None:
        if hasattr(error, "error_dict"):
            for name, messages in error.message_dict.items():
                self.errors.setdefault(name, []).extend(messages)
        else:
            self.errors.setdefault(self.input_of(spec.name), []).extend(error.messages)

    def input_of(self, field: str) -> str:
        """The first input of a field of this group."""
        spec = next((one for one in self.specs if one.name == field), None)
        return inputs.names_of(spec)[0] if spec else ""

    def values(self, *, is_checked: bool = False, by: Any = None) -> dict[str, Any]:
        """What the service is given: the fields, absences and source that differ from the record, and nothing else;
        `originals` are the figures of these fields as they were typed with another unit.

        `is_checked` says that the person checked the group today.
        """
        values: dict[str, Any] = dict(self._values)
        absent = self._absences(values)
        if absent:
            values["absent"] = absent
        source = self.site.sources.get(self.name, {}) if self._source is None else self._source
        if is_checked:
            source = {**source, "verified_by": str(by), "verified_on": localdate().isoformat()}
        if self._originals:
            values["originals"] = dict(self._originals)
        if source != self.site.sources.get(self.name, {}):
            values["sources"] = {**self.site.sources, self.name: source}
        return values

    def _absences(self, values: dict[str, Any]) -> dict[str, str]:
        """What the person did last is meant: a value typed now ends an absence, an absence chosen now ends a value."""
        found = {}
        for spec in self.specs:
            name = f"absent_{spec.name}"
            if name not in self.sent:
                continue
            why = str(self.text(name))
            if name in self.changed:
                found[spec.name] = why
                if why and not self._is_changed(spec):
                    values.pop(spec.name, None)
            elif why and spec.name in values and values[spec.name] not in (None, "", [], {}):
                found[spec.name] = ""
        return found

    def problems(self) -> list[Problem]:
        """What is wrong, for the summary above the form."""
        return [
            Problem(f"id_{name}", self.label_of(name), str(message))
            for name in (*self.shown, *(one for one in self.errors if one not in self.shown))
            for message in self.errors.get(name, ())
        ]

    def label_of(self, name: str) -> Any:
        """What the summary calls an input."""
        if name.startswith(f"source_{self.name}_"):
            return sources.LABELS[name.removeprefix(f"source_{self.name}_")]
        if name in inputs.PLACE:
            return inputs.PLACE_LABELS[name]
        name = name.removeprefix("absent_")
        base, _bar, language = name.rpartition("_")
        for spec in self.specs:
            if spec.name == name:
                return spec.label
            if spec.type == TRANSLATED and spec.name == base and language in LANGUAGES:
                return f"{spec.label}, {IN_LANGUAGE[language]}"
        return name

    def refuse(self, name: str, messages: Iterable[Any]) -> None:
        """This will show what the service said of a field beside its first input."""
        self.errors.setdefault(self.input_of(name), []).extend(messages)
