"""Describing a source, and saying what its columns mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from vetovoima.catalogue.enums import SiteKind
from vetovoima.collection.imports.enums import Rule
from vetovoima.collection.imports.targets import targets
from vetovoima.collection.sources.enums import Ending, Schedule, SourceKind
from vetovoima.collection.sources.services import FIELDS
from vetovoima.desk.forms import DeskForm, here

if TYPE_CHECKING:
    from vetovoima.collection.models.sources import Source
    from vetovoima.reference.models import Municipality

MOST_COLUMNS = 300


class SourceForm(DeskForm):
    """Where a municipality's data is, in what form, and what becomes of it."""

    municipality = forms.ChoiceField(label=_("Municipality"))
    title = forms.CharField(
        label=_("Name of the source"), max_length=120, required=False,
        help_text=_("As your people know it, for example “Free plots on the map service”."),
    )  # fmt: skip
    kind = forms.ChoiceField(label=_("Form of the data"), choices=SourceKind.choices)
    address = forms.CharField(
        label=_("Address"), max_length=2000, required=False,
        help_text=_("Begins with https:// and can be opened without a password. For a map service its address up to the ?."),
        widget=forms.TextInput({"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
    layer = forms.CharField(
        label=_("Layer"), max_length=200, required=False,
        help_text=_("Only for map services. Leave it empty and try: the service then says which layers it has."),
    )  # fmt: skip
    record_kind = forms.ChoiceField(label=_("What the rows are"), choices=SiteKind.choices)
    licence = forms.CharField(
        label=_("Licence of the data"), max_length=60, required=False, help_text=_("For example CC BY 4.0.")
    )
    schedule = forms.ChoiceField(label=pgettext_lazy("schedule", "When it is read"), choices=Schedule.choices)
    ending = forms.ChoiceField(label=_("What becomes of new and changed records"), choices=Ending.choices)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, municipalities: Iterable[Municipality], data: Any = None, source: Source | None = None
    ) -> None:
        known: dict[str, Any] = {"schedule": Schedule.WEEKLY, "ending": Ending.DRAFT}
        self.places = {one.slug: one for one in municipalities}
        if source is not None:
            known = {name: getattr(source, name) for name in FIELDS} | {"revision": source.revision}
        super().__init__(data, initial=known)
        if source is not None:
            del self.fields["municipality"]
            return
        named = sorted((one.name.best(here())[0], slug) for slug, one in self.places.items())
        field = self.fields["municipality"]
        assert isinstance(field, forms.ChoiceField)
        empty = [("", str(_("choose")))] if len(named) > 1 else []
        field.choices = [*empty, *((slug, name) for name, slug in named)]

    def values(self) -> dict[str, Any]:
        """What the service takes."""
        return {name: self.cleaned_data.get(name, "") for name in FIELDS}

    @property
    def place(self) -> Municipality:
        """The chosen municipality."""
        return self.places[self.cleaned_data["municipality"]]


@dataclass(frozen=True)
class ColumnChoice:
    """One column of the source and what it is taken to mean."""

    index: int
    header: str
    field: str
    unit: str
    rule: str
    samples: tuple[str, ...] = ()


def posted_columns(data: Mapping[str, Any]) -> list[dict[str, str]] | None:
    """This will read what a person said of each column; None when the page asked nothing of the kind."""
    try:
        count = min(int(data.get("columns", "")), MOST_COLUMNS)
    except ValueError:
        return None
    return [
        {part: str(data.get(f"column_{index}_{part}", "")) for part in ("header", "field", "unit", "rule")}
        for index in range(count)
        if data.get(f"column_{index}_header")
    ]


def column_choices(
    found: Iterable[Mapping[str, Any]], chosen: Iterable[Mapping[str, str]]
) -> list[ColumnChoice]:
    """This will put what was chosen before over what is guessed now, column by column."""
    before = {one["header"]: one for one in chosen}
    return [
        ColumnChoice(
            index=index,
            header=one["header"],
            field=(before.get(one["header"]) or one).get("field", ""),
            unit=(before.get(one["header"]) or one).get("unit", ""),
            rule=(before.get(one["header"]) or one).get("rule", "") or Rule.OVERWRITE,
            samples=tuple(one.get("samples", ())),
        )
        for index, one in enumerate(found)
    ]


def target_options(kind: str) -> list[tuple[str, str]]:
    """What a column may mean, for a select."""
    return [
        (path, one.label) for path, one in targets(kind, here()).items() if not path.startswith("source.")
    ]
