"""The search as it stands in the address: every value read as people write it, what is wrong said in words."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from vetovoima.catalogue.enums import Availability
from vetovoima.common.geo import parse_box
from vetovoima.common.notation import as_written, no_number, read_number
from vetovoima.common.units import convert, split_unit
from vetovoima.reference import queries as reference
from vetovoima.syndication.asking import ASKED, Parameter, Shape, read_text, terms_of
from vetovoima.syndication.kinds import kind_choices
from vetovoima.syndication.search.terms import SORTS, SearchTerms

from .wishes import CHOICES, LINE_OF, LINES, ORDERS

if TYPE_CHECKING:
    from vetovoima.reference.models import Place

PER_PAGE = 20
#: as a drawn area is written
LONGEST_VALUE = 4000
#: from here on numbers are written in groups of three
THOUSANDS = 10_000
MARKS = "≥≤<>= "


class SeveralField(forms.MultipleChoiceField):
    """Values of a list: the parameter again and again, or once with commas, as the feeds take it."""

    class Widget(forms.SelectMultiple):
        """Reads both ways of writing several values."""

        def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
            """This will return every value once."""
            given = data.getlist(name) if hasattr(data, "getlist") else [data.get(name) or ""]
            return list(dict.fromkeys(part for value in given for part in value.split(",") if part))

    widget = Widget


class FigureField(forms.CharField):
    """A figure as people write it: "20", "20,5", "20 ha", "1 000", "2 M€"; the value is in the parameter's own unit."""

    def __init__(self, one: Parameter, language: str) -> None:
        super().__init__(required=False, max_length=60)
        self.one, self.style = one, language

    def clean(self, value: Any) -> Any:
        """The figure, or None when nothing was written."""
        text = super().clean(value).lstrip(MARKS)
        if not text:
            return None
        written, unit = split_unit(text)
        number = read_number(written, self.style)
        if unit and not self.one.unit:
            raise no_number(text)
        return self._within(convert(number, unit, self.one.unit) if unit else number)

    def _within(self, number: float) -> float | int:
        whole = self.one.shape == Shape.WHOLE
        if self.one.low <= number <= self.one.high and (not whole or number == int(number)):
            return int(number) if whole else number
        raise ValidationError(
            _("Give a whole number from %(low)s to %(high)s.")
            if whole
            else _("Give a number from %(low)s to %(high)s."),
            code="outside",
params={"low": _limit(self.one.low), "high": _limit(self.one.high)},
        )  # fmt: skip


def _limit(number: int) -> Any:
    """An end of what may be asked, as the reader's language writes it; years have no thousands."""
    return as_written(number, 0) if number >= THOUSANDS else number


class AskedField(forms.CharField):
    """A place, a drawn area or a tick, read by the table that all doors share."""

    def __init__(self, one: Parameter) -> None:
        super().__init__(required=False, max_length=LONGEST_VALUE)
        self.one = one

    def clean(self, value: Any) -> Any:
        """The value as a search term, or nothing."""
        return read_text(self.one.name, super().clean(value))


def _field(one: Parameter, language: str) -> forms.Field:
    """The field that takes what the table of all doors lets be asked."""
    if one.shape in (Shape.NUMBER, Shape.WHOLE):
        return FigureField(one, language)
    choices = [(value, CHOICES.get(one.name, {}).get(value, value)) for value in one.choices]
    if one.shape == Shape.CHOICES:
        return SeveralField(required=False, choices=choices)
    return forms.ChoiceField(required=False, choices=choices) if one.shape == Shape.CHOICE else AskedField(one)  # fmt: skip


class SearchForm(forms.Form):
    """The search as it stands in the address; unknown values are refused by name, never guessed."""

    q = forms.CharField(required=False, max_length=200)
    kind = SeveralField(required=False, choices=kind_choices)
    availability = SeveralField(required=False, choices=Availability.choices)
    municipality = SeveralField(required=False)
    sector = SeveralField(required=False)
    bbox = forms.CharField(required=False, max_length=120)
    sort = forms.ChoiceField(required=False, choices=[(name, ORDERS.get(name, name)) for name in SORTS])
    page = forms.IntegerField(required=False, min_value=1, max_value=5000)

    labels = {
        "q": _("Search words"), "kind": _("Kind"), "availability": _("Availability"), "municipality": _("Municipality"),
        "sector": _("Sector"), "bbox": _("Map area"), "sort": _("Order"), "page": _("Page"),
        **{name: line.label for name, line in LINE_OF.items()},
    }  # fmt: skip

    def __init__(self, data: Any, language: str) -> None:
        super().__init__(data)
        self.language = language
        self.municipalities_here = list(reference.municipalities())
        self.municipalities = [(one.slug, one.name.best(language)[0]) for one in self.municipalities_here]
        self.sectors = [(one.slug, one.name.best(language)[0]) for one in reference.sectors()]
        for one in ASKED:
            self.fields[one.name] = _field(one, language)
        self._choose("municipality", self.municipalities)
        self._choose("sector", self.sectors)

    def _choose(self, name: str, choices: Iterable[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = list(choices)

    @cached_property
    def places(self) -> list[Place]:
        """The region's infrastructure, as far as it is known where it is; asked for once."""
        return reference.positioned_places()

    @cached_property
    def place_names(self) -> dict[str, str]:
        """What distance may be counted from: the municipalities' centres, then the infrastructure, by slug."""
        named = {one.slug: one.name.best(self.language)[0] for one in self.places}
        return {**named, **dict(self.municipalities)}

    def clean_bbox(self) -> Any:
        """The map area as four numbers, or None."""
        text = self.cleaned_data["bbox"]
        return parse_box(text) if text else None

    def clean(self) -> dict[str, Any]:
        """What belongs together must fit together; the later half of it is left out when it does not."""
        read = self.cleaned_data
        for line in LINES:
            low, high = (read.get(line.names[0]), read.get(line.names[-1])) if len(line.names) == 2 else (None, None)  # fmt: skip
            if low is not None and high is not None and low > high:
                self.add_error(line.names[-1], _("The most is less than the least. Change one of them."))
        far = [name for name in ("radius", "sort") if read.get(name) and (name == "radius" or read[name] == "distance")]  # fmt: skip
        if not read.get("near"):
            for name in far:
                self.add_error(name, _("Choose the place that distance is counted from."))
        return read

    def terms(self) -> SearchTerms:
        """The valid part of the search as terms; what was refused is left out and shown as an error beside."""
        read = self.cleaned_data
        page = read.get("page") or 1
        return SearchTerms(
            text=read.get("q") or "",
            kinds=tuple(read.get("kind") or ()),
            municipalities=tuple(read.get("municipality") or ()),
            sectors=tuple(read.get("sector") or ()),
            availabilities=tuple(read.get("availability") or ()),
            box=read.get("bbox"),
            **terms_of(read),
            sort=read.get("sort") or "",
            limit=PER_PAGE,
            offset=(page - 1) * PER_PAGE,
        )

    def orders(self) -> list[tuple[str, str, bool]]:
        """The orders that a list can stand in, and which is chosen; by distance only once there is a place to count from."""
        read = self.cleaned_data
        usual = "relevance" if read.get("q") else "updated"
        possible = [name for name in SORTS if name not in ("relevance", "distance")]
        names = [usual, *(["distance"] if read.get("near") else []), *possible]
        return [
            ("" if name == usual else name, str(ORDERS.get(name, name)), name == (read.get("sort") or usual))
            for name in dict.fromkeys(names)
        ]

    def problems(self) -> list[dict[str, Any]]:
        """Each refused value in words: its field's label and what is wrong."""
        return [
            {"label": self.labels.get(name, name), "messages": [str(message) for message in messages]}
            for name, messages in self.errors.items()
        ]
