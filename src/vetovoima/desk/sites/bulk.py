"""One change to many records: what is asked, and what would change, before anything does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from vetovoima.catalogue import many, rules
from vetovoima.catalogue.documents import compare, snapshot
from vetovoima.catalogue.listing import chosen_sites
from vetovoima.catalogue.registry import GROUP_LABELS, GROUPS, SHAPE, FieldSpec, fields_of

from .changes import Change, change_of
from .drawing import Row, single_input
from .forms import GroupForm, Lookups, Typed, inputs
from .forms.record import plain
from .values import Words

if TYPE_CHECKING:
    from collections.abc import Callable

    from vetovoima.accounts.models import User
    from vetovoima.catalogue.models import Site

#: fields that say who a record is: never the same in many
ONE_BY_ONE = {"name", "property_ids", "building_ids", "external_ids"}
WAYS: dict[str, Callable[[Any, Site], bool]] = {
    "submit": rules.can_submit,
    "publish": rules.can_publish,
    "withdraw": rules.can_withdraw,
}


@dataclass(frozen=True)
class Line:
    """One record of the preview: what would change, or why nothing would."""

    site: Site
    change: Change | None
    reason: str = ""


class Bulk:
    """What a person wants to do to the records that they chose. Without a field or group it is still to be chosen."""

    def __init__(self, user: User, data: Any) -> None:
        self.user = user
        self.action = data.get("action", "")
        self.sites = chosen_sites(user, data.getlist("codes"))[: many.MOST]
        self.typed = Typed.of_request(data)
        self.errors: list[str] = []
        self.spec = self._spec(data.get("field", "")) if self.action == "set" else None
        self.group = data.get("checked_group", "") if self.action == "check" else ""
        self.form = self._form(self.spec) if self.spec else None
        self.clears = self.may_clear and data.get("clear") == "yes"

    @property
    def may_clear(self) -> bool:
        """Whether the field may be emptied: not one that a record must have."""
        return self.spec is not None and not self.spec.required

    def _spec(self, name: str) -> FieldSpec | None:
        return next((spec for spec in self._settable() if spec.name == name), None)

    def _settable(self) -> list[FieldSpec]:
        """The fields that any of the records has and that may be the same in many."""
        kinds = {site.kind for site in self.sites}
        is_one_town = len({site.municipality_id for site in self.sites}) == 1
        found = {spec.name: spec for kind in sorted(kinds) for spec in fields_of(kind)}
        return [
            spec
            for spec in found.values()
            if spec.type != SHAPE
            and spec.name not in ONE_BY_ONE
            and (is_one_town or spec.name not in {"contact", "related_sites"})
        ]

    @property
    def fields(self) -> list[tuple[Any, list[FieldSpec]]]:
        """The fields that can be set, by group."""
        found = self._settable()
        listed = [(group.label, [spec for spec in found if spec.group == group.name]) for group in GROUPS]
        return [(label, specs) for label, specs in listed if specs]

    @property
    def groups(self) -> list[tuple[str, Any]]:
        """The groups that can be said to be checked."""
        there = {spec.group for site in self.sites for spec in fields_of(site.kind)}
        return [(group.name, group.label) for group in GROUPS if group.name in there]

    def _form(self, spec: FieldSpec) -> GroupForm:
        """The inputs of one field, empty to begin with."""
        model = next(site for site in self.sites if site.kind in spec.kinds)
        empty = many.empty_like(model, list(spec.profiles))
        form = GroupForm(empty, spec.group, Lookups(self.user, model), self.typed)
        form.specs = (spec,)
        return form

    @property
    def row(self) -> Row | None:
        """The field's inputs, drawn."""
        return single_input(self.spec, self.form) if self.spec and self.form else None

    def values(self) -> dict[str, Any]:
        """What the service is given; raises ValidationError when nothing usable was typed."""
        if self.action != "set":
            return {}
        assert self.form is not None
        if self.clears:
            return self._cleared()
        if not self.form.is_valid():
            raise ValidationError([str(one) for found in self.form.errors.values() for one in found])
        values = self.form.values()
        if not values:
            raise ValidationError(_("Give the value that the records are to have."))
        return values

    def _cleared(self) -> dict[str, Any]:
        """Neither a value nor an absence: nothing is said of the field any more."""
        assert self.spec is not None
        assert self.form is not None
        if self.form.changed:
            raise ValidationError(_("Choose one of the two: a new value, or emptying the field."))
        empty = inputs.read(self.spec, Typed({}), self.form.lookups, self.form.site)
        return {self.spec.name: empty, "absent": {self.spec.name: ""}}

    @property
    def is_ready(self) -> bool:
        """Whether everything is chosen that a preview needs."""
        return bool(self.sites) and (
            self.action in WAYS
            or (self.action == "check" and self.group in GROUP_LABELS)
            or (self.action == "set" and self.form is not None and (self.clears or bool(self.form.changed)))
        )

    def preview(self) -> list[Line]:
        """What would become of each record. Raises ValidationError."""
        words, values = Words(), self.values()
        return [self._line(site, values, words) for site in self.sites]

    def _line(self, site: Site, values: dict[str, Any], words: Words) -> Line:
        if self.action in WAYS:
            may = WAYS[self.action](self.user, site)
            return Line(site, None, "" if may else _("Not possible as the record is now."))
        if not rules.can_edit(self.user, site):
            return Line(site, None, _("It cannot be edited now."))
        if self.action == "check":
            return Line(site, None)
        assert self.spec is not None
        if site.kind not in self.spec.kinds:
            return Line(site, None, _("Records of this kind do not have the field."))
        before = snapshot(site)
        differences = compare(before, self._after(before, values))
        if not differences:
            return Line(site, None, _("It says so already."))
        return Line(site, change_of(differences[0], words))

    def _after(self, before: dict[str, Any], values: dict[str, Any]) -> dict[str, Any]:
        """The record as it would be, as far as the field goes."""
        assert self.spec is not None
        assert self.form is not None
        name = self.spec.name
        absent = {**before["absent"], **values.get("absent", {})}
        if name in values:
            absent.pop(name, None)
        after = {**before, "absent": {field: why for field, why in absent.items() if why}}
        if name in values:
            after[name] = plain(name, values[name], self.form.lookups.box)
        elif absent.get(name):
            after[name] = None
        return after
