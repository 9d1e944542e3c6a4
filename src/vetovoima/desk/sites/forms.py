"""Forms of a site record, made from the collection standard: a field added there appears here by itself."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from vetovoima.catalogue.documents import snapshot
from vetovoima.catalogue.enums import SiteKind
from vetovoima.catalogue.queries import creatable_municipalities, gaps
from vetovoima.catalogue.registry import (
    BY_NAME,
    CHOICE,
    DAY,
    FLAG,
    GROUPS,
    LIST,
    MANY,
    MONEY,
    NUMBER,
    ONE,
    SHAPE,
    TRANSLATED,
    WHOLE,
    FieldSpec,
    fields_of,
)  # fmt: skip
from vetovoima.common.fields import LANGUAGES
from vetovoima.common.geo import point
from vetovoima.desk.forms import (
    CoordinateField,
    DayField,
    DeskForm,
    FigureField,
    WholeField,
    here,
    write_figure,
)
from vetovoima.directory.queries import contacts_of_municipality
from vetovoima.reference.queries import plausible_box, sectors, themes
from vetovoima.syndication.documents import unit_label

if TYPE_CHECKING:
    from vetovoima.catalogue.models import Site

IN_LANGUAGE = {"fi": _("in Finnish"), "en": _("in English"), "sv": _("in Swedish")}
YES_NO = (("", _("not known")), ("yes", _("yes")), ("no", _("no")))
FLAGS = {"": None, "yes": True, "no": False}
CONFIDENCE = (("", _("not said")), ("high", _("high")), ("medium", _("medium")), ("low", _("low")))
LINES = {"name": 0, "summary": 2, "price_note": 2, "plan_note": 2, "transport_note": 2, "reason_to_come": 4}
SOURCE_PARTS = ("title", "url", "dated", "confidence", "verified_by", "verified_on")
DATED = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
FINNISH_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")


def _language_field(spec: FieldSpec, language: str) -> forms.Field:
    rows = LINES.get(spec.name, 6)
    widget: forms.Widget = (
        forms.Textarea(attrs={"rows": rows, "lang": language}) if rows else forms.TextInput()
    )
    widget.attrs["lang"] = language
    return forms.CharField(required=False, label=IN_LANGUAGE[language], widget=widget)


def clean_dated(text: str) -> str:
    """This will read the date of a source: a year, a month or a day; also as 12.10.2026. Raises ValidationError."""
    if found := FINNISH_DAY.fullmatch(text.strip()):
        day, month, year = (int(part) for part in found.groups())
        text = f"{year}-{month:02d}-{day:02d}"
    if text and not DATED.fullmatch(text.strip()):
        raise ValidationError(_("Give a year, a month or a day: 2026, 2026-10 or 2026-10-12."), code="dated")
    return text.strip()


class DatedField(forms.CharField):
    """The date of a source, as precise as the source is."""

    def clean(self, value: Any) -> Any:
        """A year, a month or a day, or nothing."""
        return clean_dated(super().clean(value) or "")


@dataclass(frozen=True)
class FormRow:
    """What stands in one row of a group: one field of the standard with its inputs."""

    spec: FieldSpec
    fields: list[forms.BoundField]
    unit: str
    is_missing: bool

    @property
    def name(self) -> str:
        """The field's name in the standard."""
        return self.spec.name

    @property
    def kind(self) -> str:
        """How the row is drawn: place, translated, choices or plain."""
        return {SHAPE: "place", TRANSLATED: "translated", MANY: "choices"}.get(self.spec.type, "plain")

    @property
    def is_short(self) -> bool:
        """Whether its input is short enough to stand beside another."""
        return self.spec.type in {NUMBER, WHOLE, MONEY, DAY, FLAG, CHOICE}


@dataclass(frozen=True)
class FormGroup:
    """A fieldset: rows, and the inputs of their common source."""

    name: str
    label: Any
    rows: list[FormRow]
    source: list[forms.BoundField]
    checked: dict[str, str]

    @property
    def blocks(self) -> list[list[FormRow]]:
        """The rows, with short inputs that follow each other side by side."""
        found: list[list[FormRow]] = []
        for row in self.rows:
            if row.is_short and found and found[-1][-1].is_short:
                found[-1].append(row)
            else:
                found.append([row])
        return found

    @property
    def source_is_open(self) -> bool:
        """The source's inputs are shown at once when one of them is refused."""
        return any(field.errors for field in self.source)


class SiteForm(DeskForm):
    """Every field of a record's kind, its sources by group, and the revision that the person opened."""

    def __init__(self, site: Site, data: Any = None) -> None:
        self.site = site
        self.specs = fields_of(site.kind)
        super().__init__(data, initial=initial_of(site))
        self.fields["revision"] = forms.IntegerField(widget=forms.HiddenInput)
        for spec in self.specs:
            for name, field in self._made(spec).items():
                self.fields[name] = field
        for group in self._group_names():
            for part, field in _source_fields().items():
                self.fields[f"source_{group}_{part}"] = field

    def _group_names(self) -> list[str]:
        return [group.name for group in GROUPS if any(spec.group == group.name for spec in self.specs)]

    def _made(self, spec: FieldSpec) -> dict[str, forms.Field]:
        if spec.type == TRANSLATED:
            return {f"{spec.name}_{language}": _language_field(spec, language) for language in LANGUAGES}
        if spec.type == SHAPE:
            return {
                "latitude": CoordinateField(label=_("Latitude")),
                "longitude": CoordinateField(label=_("Longitude")),
                "geometry": forms.CharField(
                    required=False, label=_("Area as GeoJSON"), widget=forms.Textarea({"rows": 3})
                ),
            }
        return {spec.name: self._single(spec)}

    def _single(self, spec: FieldSpec) -> forms.Field:
        common: dict[str, Any] = {"label": spec.label, "help_text": spec.help, "required": False}
        if spec.type in (NUMBER, MONEY, WHOLE):
            return WholeField(**common) if spec.type == WHOLE else FigureField(**common)
        if spec.type == DAY:
            return DayField(**common)
        if spec.type == CHOICE:
            return forms.ChoiceField(choices=spec.choices.choices, **{**common, "required": True})
        if spec.type == FLAG:
            return forms.ChoiceField(choices=YES_NO, **common)
        if spec.type == LIST:
            return forms.CharField(widget=forms.Textarea({"rows": 3}), **common)
        if spec.type == MANY:
            return forms.MultipleChoiceField(
                choices=self._many_choices(spec.name), widget=forms.CheckboxSelectMultiple, **common
            )
        if spec.type == ONE:
            return forms.ChoiceField(choices=self._contact_choices, **common)
        long = spec.limit > 1000
        return forms.CharField(widget=forms.Textarea({"rows": 4}) if long else forms.TextInput(), **common)

    def _many_choices(self, name: str) -> list[tuple[str, str]]:
        things = sectors() if name == "sectors" else themes()
        return [(one.slug, one.name.best(here())[0]) for one in things]

    def _contact_choices(self) -> list[tuple[str, str]]:
        known = {one.key: one.name for one in contacts_of_municipality(self.site.municipality_id)}
        if self.site.contact:
            known.setdefault(self.site.contact.key, self.site.contact.name)
        return [("", str(_("nobody yet"))), *known.items()]

    def clean(self) -> dict[str, Any]:
        """The position: new coordinates make a point; else the shape counts."""
        read = super().clean() or {}
        latitude, longitude = read.get("latitude"), read.get("longitude")
        if (latitude is None) != (longitude is None) and not self.errors.keys() & {"latitude", "longitude"}:
            missing = "latitude" if latitude is None else "longitude"
            self.add_error(missing, _("Give both latitude and longitude, or neither."))
        elif latitude is not None and longitude is not None and self._coordinates_count(read):
            try:
                read["geometry"] = point(latitude, longitude, plausible_box()).geojson
            except ValidationError as error:
                self.add_error("latitude", error)
        return read

    def _coordinates_count(self, read: dict[str, Any]) -> bool:
        """Without a shape, or typed anew while the shape was left as it was: what a person wrote last is meant."""
        if not read.get("geometry"):
            return True
        shape_is_old = read["geometry"].split() == self.initial["geometry"].split()
        typed = (write_figure(read["latitude"]), write_figure(read["longitude"]))
        known = (write_figure(self.initial["latitude"]), write_figure(self.initial["longitude"]))
        return shape_is_old and typed != known

    def values(self, checked_group: str = "", by: Any = None) -> dict[str, Any]:
        """What the service is given: every field of the standard, and the sources.

        `checked_group` is the group that the person says they checked today.
        """
        read = self.cleaned_data
        values: dict[str, Any] = {spec.name: self._value(spec, read) for spec in self.specs}
        sources = {group: self._source(group) for group in self._group_names()}
        if checked_group in sources:
            sources[checked_group].update(verified_by=str(by), verified_on=localdate().isoformat())
        return {**values, "sources": sources}

    def _value(self, spec: FieldSpec, read: dict[str, Any]) -> Any:
        if spec.type == TRANSLATED:
            return {language: _plain_breaks(read[f"{spec.name}_{language}"]) for language in LANGUAGES}
        value = _plain_breaks(read[spec.name])
        if spec.type == FLAG:
            return FLAGS[value]
        if spec.type == LIST:
            return [line.strip() for line in value.splitlines() if line.strip()]
        if spec.type == MANY:
            things = sectors() if spec.name == "sectors" else themes()
            return [one for one in things if one.slug in value]
        if spec.type == ONE:
            known = {one.key: one for one in contacts_of_municipality(self.site.municipality_id)}
            return known.get(value) or (self.site.contact if value else None)
        return value

    def _source(self, group: str) -> dict[str, str]:
        found = {part: self.cleaned_data[f"source_{group}_{part}"] for part in SOURCE_PARTS}
        return {part: str(value) for part, value in found.items() if value}

    def field_for(self, name: str) -> str | None:
        """The first input of a field of the standard."""
        return {"geometry": "latitude"}.get(name) or next(
            (one for one in (name, f"{name}_fi") if one in self.fields), None
        )

    def label_of(self, name: str) -> Any:
        """A text's label names the text and the language."""
        base, _bar, language = name.rpartition("_")
        if base in BY_NAME and language in LANGUAGES:
            return f"{BY_NAME[base].label}, {IN_LANGUAGE[language]}"
        return self[name].label

    def groups(self) -> list[FormGroup]:
        """The form as fieldsets, in the order of the standard; a missing position first of all gaps."""
        missing = {spec.name for spec in gaps(self.site)}
        found = []
        for group in GROUPS:
            rows = [
                FormRow(
                    spec,
                    [self[name] for name in self._input_names(spec)],
                    unit_label(spec),
                    spec.name in missing,
                )
                for spec in self.specs
                if spec.group == group.name
            ]
            if rows:
                source = [self[f"source_{group.name}_{part}"] for part in SOURCE_PARTS]
                found.append(
                    FormGroup(group.name, group.label, rows, source, self.site.sources.get(group.name, {}))
                )
        return found

    def _input_names(self, spec: FieldSpec) -> list[str]:
        if spec.type == TRANSLATED:
            return [f"{spec.name}_{language}" for language in LANGUAGES]
        return ["latitude", "longitude", "geometry"] if spec.type == SHAPE else [spec.name]


def with_saved(data: Any, site: Site, names: list[str]) -> Any:
    """This will return what was sent, with the saved values in the fields that a person gave up.

    `names` are fields of the standard, or `source_<group>`.
    """
    merged = data.copy()
    shown = SiteForm(site)
    for given_up in names:
        for name in shown.fields:
            base, _bar, language = name.rpartition("_")
            is_text = base == given_up and language in LANGUAGES
            is_place = given_up == "geometry" and name in {"latitude", "longitude"}
            is_source = given_up.startswith("source_") and name.startswith(given_up + "_")
            if name == given_up or is_text or is_place or is_source:
                value = shown[name].value()
                merged.setlist(
                    name, value if isinstance(value, list) else [value if value is not None else ""]
                )
    return merged


def _plain_breaks(value: Any) -> Any:
    """Browsers send line breaks as two characters; unchanged text must stay unchanged."""
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


def _source_fields() -> dict[str, forms.Field]:
    return {
        "title": forms.CharField(required=False, max_length=500, label=_("Source")),
        "url": forms.URLField(
            required=False, max_length=500, label=_("Address of the source"), assume_scheme="https"
        ),
        "dated": DatedField(
            required=False,
            max_length=20,
            label=_("Date of the source"),
            help_text=_("2026, 2026-10 or 2026-10-12"),
        ),
        "confidence": forms.ChoiceField(required=False, choices=CONFIDENCE, label=_("How sure")),
        "verified_by": forms.CharField(required=False, max_length=200, label=_("Checked by")),
        "verified_on": DayField(label=_("Checked on")),
    }


def initial_of(site: Site) -> dict[str, Any]:
    """This will return what the form shows of a record, by the form's own names."""
    found: dict[str, Any] = {"revision": site.revision}
    known = snapshot(site)
    for spec in fields_of(site.kind):
        found.update(_initial(spec, known[spec.name]))
    is_area = (site.geometry or {}).get("type", "Point") != "Point"
    found.update(
        latitude=site.latitude, longitude=site.longitude, geometry=_geojson(site.geometry) if is_area else ""
    )
    for group in GROUPS:
        for part in SOURCE_PARTS:
            found[f"source_{group.name}_{part}"] = site.sources.get(group.name, {}).get(part, "")
    return found


def _initial(spec: FieldSpec, value: Any) -> dict[str, Any]:
    if spec.type == TRANSLATED:
        return {f"{spec.name}_{language}": (value or {}).get(language, "") for language in LANGUAGES}
    if spec.type == FLAG:
        return {spec.name: {None: "", True: "yes", False: "no"}[value]}
    if spec.type == LIST:
        return {spec.name: "\n".join(value or [])}
    return {spec.name: value if value is not None else ""}


def _geojson(shape: Any) -> str:
    return json.dumps(shape, separators=(",", ":"))


class NewSiteForm(DeskForm):
    """The least that a record needs: where, what kind, and a name."""

    municipality = forms.ChoiceField(label=_("Municipality"))
    kind = forms.ChoiceField(label=_("Kind"), choices=SiteKind.choices, widget=forms.RadioSelect)
    name_fi = forms.CharField(
        required=False, max_length=200, label=IN_LANGUAGE["fi"], widget=forms.TextInput({"lang": "fi"})
    )
    name_en = forms.CharField(
        required=False, max_length=200, label=IN_LANGUAGE["en"], widget=forms.TextInput({"lang": "en"})
    )
    name_sv = forms.CharField(
        required=False, max_length=200, label=IN_LANGUAGE["sv"], widget=forms.TextInput({"lang": "sv"})
    )

    def __init__(self, user: Any, data: Any = None) -> None:
        super().__init__(data)
        self.municipalities = {one.slug: one for one in creatable_municipalities(user)}
        field = self.fields["municipality"]
        assert isinstance(field, forms.ChoiceField)
        named = [(slug, one.name.best(here())[0]) for slug, one in self.municipalities.items()]
        field.choices = named if len(named) == 1 else [("", str(_("choose"))), *named]

    @property
    def names(self) -> list[forms.BoundField]:
        """The three inputs of the name."""
        return [self[f"name_{language}"] for language in LANGUAGES]

    def values(self) -> dict[str, Any]:
        """What the service is given."""
        return {"name": {language: self.cleaned_data[f"name_{language}"] for language in LANGUAGES}}

    def field_for(self, name: str) -> str | None:
        """A name that is refused is shown at its first input."""
        return "name_fi" if name == "name" else super().field_for(name)


class ReturnForm(DeskForm):
    """What should be changed before a record can be published."""

    comment = forms.CharField(
        required=False, max_length=5000, label=_("What should be changed"), widget=forms.Textarea({"rows": 4}),
        help_text=_("The municipality sees this beside the record and on its day."),
    )  # fmt: skip


class PhotoForm(DeskForm):
    """A photograph with what is needed to publish it."""

    file = forms.FileField(
        required=False, label=_("Photograph"), widget=forms.ClearableFileInput({"accept": "image/jpeg,image/png,image/webp"}),
        help_text=_("JPEG, PNG or WebP, at most 10 MB. The place and time in the file are removed."),
    )  # fmt: skip
    alt_fi = forms.CharField(
        required=False, max_length=300, label=IN_LANGUAGE["fi"], widget=forms.TextInput({"lang": "fi"})
    )
    alt_en = forms.CharField(
        required=False, max_length=300, label=IN_LANGUAGE["en"], widget=forms.TextInput({"lang": "en"})
    )
    alt_sv = forms.CharField(
        required=False, max_length=300, label=IN_LANGUAGE["sv"], widget=forms.TextInput({"lang": "sv"})
    )
    credit = forms.CharField(required=False, max_length=200, label=_("Photographer"))
    licence = forms.CharField(
        required=False, max_length=60, label=_("Licence"), help_text=_("For example CC BY 4.0.")
    )
    taken_on = DayField(label=_("Taken on"))

    @property
    def texts(self) -> list[forms.BoundField]:
        """The three inputs of the description."""
        return [self[f"alt_{language}"] for language in LANGUAGES]

    def clean_file(self) -> Any:
        """A file must be chosen, and not be an empty one."""
        file = self.cleaned_data["file"]
        if not file:
            raise ValidationError(_("Choose a photograph."), code="no_file")
        if file.size > settings.VETOVOIMA_MAX_UPLOAD_BYTES:
            raise ValidationError(_("The file is too large: at most 10 MB."), code="too_large")
        return file

    def clean(self) -> dict[str, Any]:
        """A photograph without words is nothing to those who cannot see it."""
        read = super().clean() or {}
        if not any(read.get(f"alt_{language}") for language in LANGUAGES):
            self.add_error("alt_fi", _("Describe the photograph for those who cannot see it."))
        return read

    def refuse(self, error: Exception) -> None:
        """What the service refuses of a complete form is the file."""
        self.add_error("file", error if isinstance(error, ValidationError) else str(error))
