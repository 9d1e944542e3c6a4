"""What an embed may be narrowed by: a field of the builder for everything that the doors may be asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from vetovoima.catalogue.enums import Availability, QueueState, SiteKind
from vetovoima.desk.forms import here
from vetovoima.reference.queries import lead_sectors, municipalities, positioned_places
from vetovoima.syndication.asking import ASKED, Parameter, Shape, read_text
from vetovoima.syndication.documents import unit_label

Choices = list[tuple[str, Any]]
#: what each parameter is called, as the search page of the portal calls it
LABELS: Mapping[str, Any] = {
    "min_area": _("Area at least"), "max_area": _("Area at most"), "min_floor": _("Floor area at least"),
    "max_floor": _("Floor area at most"), "min_power": _("Electric power at least"), "power_year": _("Power in the year"),
    "min_voltage": _("Voltage at least"), "min_water": _("Water at least"), "max_price": _("Price of the land at most"),
    "min_investment": _("Investment at least"), "max_investment": _("Investment at most"), "rail_km": _("Railway within"),
    "port_km": _("Port within"), "airport_km": _("Airport within"), "substation_km": _("Substation within"),
    "near": _("Near"), "radius": _("Distance at most"), "area": _("Corners of an area"), "queue": _("Connection queue"),
    "max_lead": _("Connected within"), "flexible": _("Flexible connection"), "redundant": _("Two separate feeds"),
    "firm": _("Firm connection"), "grid_confirmed": _("Confirmed by the grid company"),
    "min_readiness": _("Readiness at least"), "rail": _("Rail siding"),
}  # fmt: skip
FLEXIBLE: Choices = [("only", _("only flexible")), ("also", _("also flexible: alone or beside firm power"))]
SORTS: Choices = [
    ("", pgettext_lazy("order of a list", "code")), ("updated", _("newest first")), ("name", pgettext_lazy("order of a list", "name")),
    ("area", _("largest first")), ("power", _("most electric power first")), ("readiness", _("readiest first")),
    ("distance", _("nearest first")),
]  # fmt: skip
ANY: Choices = [("", _("any"))]


class WishField(forms.CharField):
    """One parameter, checked by the table that all doors share."""

    def __init__(self, one: Parameter, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=4000, **kwargs)
        self.one = one

    def clean(self, value: Any) -> str:
        """The text as it stands in an address; a comma for decimals is taken as a point."""
        text: str = super().clean(value).strip()
        if self.one.shape in (Shape.NUMBER, Shape.WHOLE):
            text = text.replace(",", ".").replace(" ", "")
        if text:
            read_text(self.one.name, text)
        return text


def common_fields() -> dict[str, forms.Field]:
    """Fields of what records are, and of how many are shown in which order."""
    boxes = forms.CheckboxSelectMultiple
    return {
        "kind": forms.MultipleChoiceField(
            label=_("Kinds"), required=False, widget=boxes, choices=SiteKind.choices
        ),
        "availability": forms.MultipleChoiceField(
            label=_("Availability"), required=False, widget=boxes, choices=Availability.choices
        ),
        "sector": forms.MultipleChoiceField(
            label=_("Sectors"), required=False, widget=boxes,
            choices=[(one.slug, one.name.best(here())[0]) for one in lead_sectors()],
        ),
        "q": forms.CharField(label=_("Search words"), required=False, max_length=200),
        "sort": forms.ChoiceField(label=_("Order"), required=False, choices=SORTS),
        "limit": forms.IntegerField(label=_("At most so many sites"), required=False, min_value=1, max_value=500),
        "examples": forms.ChoiceField(
            label=_("Examples"), required=False,
            choices=[("", _("shown, marked as examples")), ("no", _("left out"))],
        ),
    }  # fmt: skip


def wish_fields() -> dict[str, forms.Field]:
    """A field for each parameter of the shared table (`syndication.asking`)."""
    return {one.name: _field(one) for one in ASKED}


def _field(one: Parameter) -> forms.Field:
    label = LABELS[one.name]
    if one.shape == Shape.FLAG:
        return forms.BooleanField(label=label, required=False)
    if one.shape == Shape.CHOICES:
        choices = QueueState.choices
        return forms.MultipleChoiceField(
            label=label, required=False, widget=forms.CheckboxSelectMultiple, choices=choices
        )
    if one.shape == Shape.CHOICE:
        return forms.ChoiceField(label=label, required=False, choices=[*ANY, *FLEXIBLE])
    if one.shape == Shape.PLACE:
        return forms.ChoiceField(label=label, required=False, choices=[*ANY, *_places()])
    hint = _("Longitude and latitude in degrees, a space between corners: 27.6,64.1 28.0,64.1 27.8,64.4.")
    if one.shape == Shape.OUTLINE:
        return WishField(one, label=label, help_text=hint)
    unit = unit_label(one) if one.unit else ""  # type: ignore[arg-type]
    return WishField(one, label=label, help_text=unit, widget=forms.TextInput({"inputmode": "decimal"}))


def _places() -> Choices:
    language = here()
    known: list[Any] = [*municipalities(), *positioned_places()]
    return [(one.slug, one.name.best(language)[0]) for one in known]


def as_parameters(cleaned: Mapping[str, Any]) -> dict[str, str]:
    """This will write what was chosen as the parameters of an address, in a fixed order; what is empty is left out."""
    found: dict[str, str] = {}
    for name in (
        "kind",
        "availability",
        "sector",
        "q",
        "sort",
        "limit",
        "examples",
        *(one.name for one in ASKED),
    ):
        value = cleaned.get(name)
        if value in (None, "", False, []):
            continue
        found[name] = "yes" if value is True else ",".join(value) if isinstance(value, list) else str(value)
    return found


def check_together(cleaned: Mapping[str, Any]) -> None:
    """This will refuse what only makes sense with a place to count from; raises ValidationError by field."""
    lonely = "radius" if cleaned.get("radius") else "sort" if cleaned.get("sort") == "distance" else ""
    if lonely and not cleaned.get("near"):
        raise ValidationError({"near": _("Say with near from where distance is counted.")})
