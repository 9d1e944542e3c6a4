"""What the public site reads from people: the search in the address, the enquiry from its form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from vetovoima.catalogue.enums import Availability, SiteKind
from vetovoima.common.geo import parse_box
from vetovoima.reference import queries as reference
from vetovoima.syndication.asking import ASKED, Parameter, Shape, terms_of
from vetovoima.syndication.queries import SearchTerms

PER_PAGE = 20
SORTS = (
    ("updated", _("newest first")),
    ("name", _("name")),
    ("area", _("largest first")),
    ("readiness", _("readiest first")),
    ("code", _("code")),
)
HECTARE = 10_000


def _field(one: Parameter) -> forms.Field:
    """The field of a form that takes what the table of all doors lets be asked."""
    if one.shape == Shape.NUMBER:
        return forms.FloatField(required=False, min_value=one.low, max_value=one.high)
    if one.shape == Shape.WHOLE:
        return forms.IntegerField(required=False, min_value=one.low, max_value=one.high)
    if one.shape == Shape.FLAG:
        return forms.BooleanField(required=False)
    many = forms.MultipleChoiceField if one.shape == Shape.CHOICES else forms.ChoiceField
    return many(required=False, choices=[(value, value) for value in one.choices])


class SearchForm(forms.Form):
    """The search as it stands in the address; unknown values are refused by name, never guessed."""

    q = forms.CharField(required=False, max_length=200)
    kind = forms.MultipleChoiceField(required=False, choices=SiteKind.choices)
    availability = forms.MultipleChoiceField(required=False, choices=Availability.choices)
    municipality = forms.MultipleChoiceField(required=False)
    sector = forms.MultipleChoiceField(required=False)
    min_area = forms.FloatField(required=False, min_value=0, max_value=1_000_000)
    bbox = forms.CharField(required=False, max_length=120)
    sort = forms.ChoiceField(required=False, choices=SORTS)
    page = forms.IntegerField(required=False, min_value=1, max_value=5000)

    labels = {
        "q": _("Search words"), "kind": _("Kind"), "availability": _("Availability"), "municipality": _("Municipality"),
        "sector": _("Sector"), "min_area": _("Area at least"), "min_power": _("Electric power at least"),
        "power_year": _("Power in the year"), "min_voltage": _("Voltage at least"), "redundant": _("Two separate feeds"),
        "firm": _("Firm connection"), "grid_confirmed": _("Confirmed by the grid company"),
        "queue": _("Connection queue"), "max_lead": _("Connected within"), "flexible": _("Flexible connection"),
        "min_readiness": _("Readiness at least"), "rail": _("Rail siding"), "bbox": _("Map area"), "sort": _("Order"), "page": _("Page"),
    }  # fmt: skip

    def __init__(self, data: Any, language: str) -> None:
        super().__init__(data)
        self.language = language
        self.municipalities = [(one.slug, one.name.best(language)[0]) for one in reference.municipalities()]
        self.sectors = [(one.slug, one.name.best(language)[0]) for one in reference.sectors()]
        for one in ASKED:
            self.fields[one.name] = _field(one)
        self._choose("municipality", self.municipalities)
        self._choose("sector", self.sectors)

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = choices

    def clean_bbox(self) -> Any:
        """The map area as four numbers, or None."""
        text = self.cleaned_data["bbox"]
        return parse_box(text) if text else None

    def terms(self) -> SearchTerms:
        """The valid part of the search as terms; what was refused is left out and shown as an error beside."""
        read = self.cleaned_data
        area = read.get("min_area")
        page = read.get("page") or 1
        return SearchTerms(
            text=read.get("q") or "",
            kinds=tuple(read.get("kind") or ()),
            municipalities=tuple(read.get("municipality") or ()),
            sectors=tuple(read.get("sector") or ()),
            availabilities=tuple(read.get("availability") or ()),
            box=read.get("bbox"),
            min_area_m2=area * HECTARE if area else None,
            **terms_of(read),
            sort=read.get("sort") or "updated",
            limit=PER_PAGE,
            offset=(page - 1) * PER_PAGE,
        )

    def problems(self) -> list[dict[str, Any]]:
        """Each refused value in words: its field's label and what is wrong."""
        return [
            {"label": self.labels.get(name, name), "messages": [str(message) for message in messages]}
            for name, messages in self.errors.items()
        ]


def refuse_control_characters(value: str) -> None:
    """This will refuse characters that no keyboard writes (a NUL breaks databases); line breaks and tabs are fine."""
    if any(ord(character) < 32 and character not in "\n\r\t" for character in value):
        raise ValidationError(
            _("The text has characters that cannot be read. Write it again."), code="control"
        )


class EnquiryForm(forms.Form):
    """An enquiry: ten fields at most, five of them required."""

    AUTOCOMPLETE = {
        "name": "name", "email": "email", "company": "organization", "country": "country-name", "phone": "tel",
    }  # fmt: skip
    MISSING = {
        "name": _("Write your name."),
        "email": _("Write the e-mail address that we answer to."),
        "company": _("Write the name of your company or organisation."),
        "country": _("Write the country you come from."),
        "message": _("Write in a sentence or two what you are looking for."),
    }

    name = forms.CharField(label=_("Your name"), max_length=120)
    email = forms.EmailField(label=_("E-mail"), max_length=254)
    company = forms.CharField(label=_("Company or organisation"), max_length=160)
    country = forms.CharField(label=_("Country"), max_length=80)
    message = forms.CharField(
        label=_("What are you looking for?"), max_length=5000, widget=forms.Textarea(attrs={"rows": 7}),
        help_text=_("For example: what you would build or do, how much land or floor, electricity, water or rail."),
    )  # fmt: skip
    phone = forms.CharField(label=_("Phone, with country code"), max_length=40, required=False)
    sector = forms.ChoiceField(label=_("Sector"), required=False)
    municipality = forms.ChoiceField(label=_("Municipality"), required=False)
    size = forms.CharField(
        label=_("Size and timing"), max_length=300, required=False, help_text=_("For example: 5 ha in 2027.")
    )
    site = forms.SlugField(required=False, max_length=30, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, language: str, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        none = [("", _("not decided"))]
        for name, things in (
            ("sector", reference.lead_sectors()),
            ("municipality", reference.municipalities()),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [*none, *((one.slug, one.name.best(language)[0]) for one in things)]
        for name, sentence in self.MISSING.items():
            self.fields[name].error_messages["required"] = sentence
        for name, value in self.AUTOCOMPLETE.items():
            self.fields[name].widget.attrs["autocomplete"] = value
        for field in self.fields.values():
            if isinstance(field, forms.CharField):
                field.validators.append(refuse_control_characters)
