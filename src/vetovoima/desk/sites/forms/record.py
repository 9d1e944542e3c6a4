"""The form of a whole record: its groups, the profiles that decide on its fields, and the revision it was opened at."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError

from vetovoima.catalogue.registry import BY_NAME, GROUPS, MANY, ONE, SITES, fields_of
from vetovoima.catalogue.validators import clean_value
from vetovoima.common.digits import whole_number
from vetovoima.common.geo import Box
from vetovoima.desk.forms import Problem
from vetovoima.desk.sites.values import EMPTY

from . import inputs
from .groups import GroupForm
from .inputs import Lookups, Text, Typed

if TYPE_CHECKING:
    from vetovoima.catalogue.models import Site


def groups_of(site: Site) -> list[str]:
    """The groups that a record of its kind and profiles has, in the standard's order."""
    there = {spec.group for spec in fields_of(site.kind, profiles=site.profiles)}
    return [group.name for group in GROUPS if group.name in there]


class SiteForm:
    """Every group of a record, or one of them (`only`), as saved or as typed."""

    def __init__(
        self, site: Site, lookups: Lookups, typed: Typed | None = None, only: str = "", revision: int = 0
    ) -> None:
        self.site, self.lookups, self.typed = site, lookups, typed
        names = [one for one in groups_of(site) if not only or one == only]
        self.groups = [GroupForm(site, one, lookups, typed) for one in names]
        self.revision = revision or self._sent_revision() or site.revision
        self.general: list[Any] = []

    def _sent_revision(self) -> int:
        return whole_number(self.typed.text("revision")) or 0 if self.typed else 0

    @cached_property
    def by_name(self) -> dict[str, GroupForm]:
        """The groups by name."""
        return {group.name: group for group in self.groups}

    def is_valid(self) -> bool:
        """Whether everything typed can be read."""
        valid = [group.is_valid() for group in self.groups]  # each is asked: all errors are shown at once
        return all(valid)

    def values(self, *, checked: str = "", by: Any = None) -> dict[str, Any]:
        """What the service is given: all that differs from the record. `checked` is a group checked today."""
        values: dict[str, Any] = {}
        absent: dict[str, str] = {}
        originals: dict[str, str] = {}
        source: dict[str, Any] = dict(self.site.sources)
        for group in self.groups:
            given = group.values(is_checked=group.name == checked, by=by)
            absent.update(given.pop("absent", {}))
            originals.update(given.pop("originals", {}))
            source.update({group.name: (given.pop("sources", source)).get(group.name, {})})
            values.update(given)
        if absent:
            values["absent"] = absent
        if originals:
            others = {name: text for name, text in self.site.originals.items() if name not in values}
            values["originals"] = others | originals
        kept = {name: one for name, one in source.items() if one}
        if kept != self.site.sources:
            values["sources"] = kept
        return values

    def changed(self) -> dict[str, dict[str, Text]]:
        """The inputs that hold something else than the record, by group."""
        return {group.name: group.changed for group in self.groups if group.changed}

    @property
    def problems(self) -> list[Problem]:
        """Every error in the order of the form, for the summary."""
        found = [Problem("", "", str(message)) for message in self.general]
        return found + [problem for group in self.groups for problem in group.problems()]

    def refuse(self, error: Exception) -> None:
        """This will show what a service refused beside the fields it spoke of, or above the form."""
        if not isinstance(error, ValidationError):
            self.general.append(str(error))
        elif not hasattr(error, "error_dict"):
            self.general.extend(error.messages)
        else:
            for name, messages in error.message_dict.items():
                group = self.by_name.get(BY_NAME[name].group) if name in BY_NAME else None
                if group is None:
                    self.general.extend(messages)
                else:
                    group.refuse(name, messages)

    def typed_snapshot(self, saved: dict[str, Any]) -> dict[str, Any]:
        """This will give what was typed the shape of a snapshot; what the form does not hold is as saved."""
        self.is_valid()
        given = self.values()
        given.pop("originals", None)
        absent = {**(saved.get("absent") or {}), **given.pop("absent", {})}
        typed = {**saved, **{name: plain(name, value, self.lookups.box) for name, value in given.items()}}
        absent = {name: why for name, why in absent.items() if name not in given or typed[name] in EMPTY}
        return {**typed, "absent": {name: why for name, why in absent.items() if why}}

    def with_saved(self, names: list[str]) -> SiteForm:
        """This form with the saved values in the fields that a person gave up; `source_<group>` gives up a source."""
        if self.typed is None:
            return self
        back: dict[str, Text] = {}
        for group in self.groups:
            for name in names:
                if name == f"source_{group.name}":
                    back.update(
                        {one: text for one, text in group.shown.items() if one.startswith(f"{name}_")}
                    )
                elif name in BY_NAME and BY_NAME[name] in group.specs:
                    own = (*inputs.names_of(BY_NAME[name]), f"absent_{name}")
                    back.update({one: group.shown[one] for one in own if one in group.shown})
        return SiteForm(self.site, self.lookups, self.typed.over(back), self._only(), self.revision)

    def _only(self) -> str:
        return self.groups[0].name if len(self.groups) == 1 else ""

    def settled(self) -> SiteForm:
        """This form without the absences that stand beside a value: the value was typed, the absence was there."""
        if self.typed is None:
            return self
        gone: dict[str, Text] = {
            f"absent_{spec.name}": ""
            for group in self.groups
            for spec in group.specs
            if f"absent_{spec.name}" in group.sent
            and any(group.text(one) for one in inputs.names_of(spec))
            and any(one in group.changed for one in inputs.names_of(spec))
        }
        return SiteForm(self.site, self.lookups, self.typed.over(gone), self._only(), self.revision)

    def alone(self, group: str) -> SiteForm:
        """This form with one of its groups, as it is, errors and all."""
        found = SiteForm(self.site, self.lookups, self.typed, group, self.revision)
        found.groups = [self.by_name[group]]
        return found

    def on(self, fresh: Site, revision: int = 0) -> SiteForm:
        """What was typed, on the record as it is now."""
        return SiteForm(fresh, self.lookups, self.typed, self._only(), revision)


def plain(name: str, value: Any, box: Box) -> Any:
    """This will give a value that the service takes the shape that it has in a snapshot."""
    if name == "sources":
        return {group: given for group, given in value.items() if given}
    spec = BY_NAME[name]
    if spec.type == MANY:
        return [one.slug for one in value]
    if spec.type == SITES:
        return sorted(one.code for one in value)
    if spec.type == ONE:
        return value.key if value else None
    try:
        value = clean_value(name, value, box)
    except ValidationError:
        pass  # what cannot be saved is shown as it was typed; saving says what is wrong with it
    return value.isoformat() if hasattr(value, "isoformat") else value
