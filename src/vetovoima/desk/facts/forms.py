"""Forms of the fact bank: each field once in each language where it is text, the source beside the value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from vetovoima.accounts.queries import organisations
from vetovoima.accounts.rights import Action, Kind, Reach
from vetovoima.accounts.rules import reach
from vetovoima.catalogue.enums import Method
from vetovoima.catalogue.knowledge import queries
from vetovoima.catalogue.knowledge.enums import (
    Confidence,
    Exactness,
    Topic,
)
from vetovoima.catalogue.knowledge.units import UNITS
from vetovoima.common.fields import LANGUAGES, Translated
from vetovoima.desk.forms import DayField, DeskForm, FigureField, WholeField, here
from vetovoima.monitoring.queries import indicators

if TYPE_CHECKING:
    from vetovoima.accounts.models import User

IN_LANGUAGE = {"fi": _("in Finnish"), "en": _("in English"), "sv": _("in Swedish")}
#: fields that hold text in three languages; long ones get an area of several lines
LONG = {"statement", "text", "summary", "services", "story", "quote", "when"}


def choose(choices: Any, empty: Any = "") -> list[tuple[str, Any]]:
    return [("", empty or _("choose")), *choices]


def ticks(label: Any, choices: Any, help_text: Any = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple, help_text=help_text
    )


class TextsMixin(forms.Form):
    """Text fields in three languages, named `label_fi`, `label_en`, `label_sv`."""

    TEXTS: Mapping[str, Any] = {}

    def add_texts(self) -> None:
        """This will add a field for each language of each text."""
        for name, label in self.TEXTS.items():
            for language in LANGUAGES:
                widget = forms.Textarea({"rows": 3}) if name in LONG else forms.TextInput()
                widget.attrs["lang"] = language
                self.fields[f"{name}_{language}"] = forms.CharField(
                    label=_("%(label)s, %(language)s") % {"label": label, "language": IN_LANGUAGE[language]},
                    required=False, max_length=5000, widget=widget,
                )  # fmt: skip

    def text_of(self, name: str) -> Translated:
        """This will gather a text from its three fields."""
        found = {language: self.cleaned_data.get(f"{name}_{language}", "").strip() for language in LANGUAGES}
        return Translated({language: text for language, text in found.items() if text})


class KnowledgeForm(DeskForm, TextsMixin):
    """What the forms of all nouns share: area, source, date, confidence, keeper, review."""

    #: the sections of the form, in order: (heading, names of fields; a text's name stands for its languages)
    SECTIONS: tuple[tuple[Any, tuple[str, ...]], ...] = ()
    PLAIN: tuple[str, ...] = ()
    FIRST: tuple[str, ...] = ()

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    code = forms.SlugField(
        label=_("Code"), max_length=60,
        help_text=_("Short and lasting: texts name it by this code, for example population-kuhmo."),
    )  # fmt: skip
    municipality = forms.ChoiceField(label=_("Municipality"), required=False)
    source_title = forms.CharField(label=_("Source"), max_length=300)
    source_url = forms.URLField(label=_("Address of the source"), required=False, assume_scheme="https")
    source_dated = forms.CharField(
        label=_("Date of the source"),
        required=False,
        max_length=10,
        help_text=_("2026, 2026-10 or 2026-10-12"),
    )
    as_of = forms.CharField(
        label=_("As of"), required=False, max_length=10,
        help_text=_("What moment the value is of: 2026, 2026-10, 2026-10-12, 2026-H1 or 2015-2021."),
    )  # fmt: skip
    confidence = forms.ChoiceField(
        label=_("Confidence"), choices=Confidence.choices, initial=Confidence.MEDIUM
    )
    owner = forms.ChoiceField(label=_("Organisation that keeps it"), required=False)
    owner_name = forms.CharField(label=_("Person who keeps it"), required=False, max_length=120)
    next_review_on = DayField(
        label=_("Next review"), help_text=_("Empty: counted from the date of the value.")
    )

    def __init__(self, user: User, data: Any = None, thing: Any = None) -> None:
        self.thing = thing
        super().__init__(data, initial=self._initial(thing) if thing is not None else {})
        self.add_texts()
        self._fill_choices(user)
        if thing is not None:
            del self.fields["code"]

    def _fill_choices(self, user: User) -> None:
        self.towns = {one.slug: one for one in queries.creatable_municipalities(user)}
        self.keepers = {one.slug: one for one in organisations()}
        whole = [("", _t("the whole region"))] if reach(user, Kind.FACTS, Action.CREATE) == Reach.ALL else []
        own = [(slug, one.name.best(here())[0]) for slug, one in self.towns.items()]
        self.set_choices("municipality", [*whole, *own])
        self.fields["municipality"].required = not whole
        named = sorted((one.name.best(here())[0], slug) for slug, one in self.keepers.items())
        self.set_choices("owner", [("", "–"), *((slug, name) for name, slug in named)])

    def set_choices(self, name: str, choices: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def _initial(self, thing: Any) -> dict[str, Any]:
        found: dict[str, Any] = {name: getattr(thing, name) for name in (*self.PLAIN, "revision", "as_of")}
        for name in ("confidence", "owner_name", "next_review_on"):
            found[name] = getattr(thing, name)
        found["municipality"] = thing.municipality.slug if thing.municipality else ""
        found["owner"] = thing.owner.slug if thing.owner else ""
        for part in ("title", "url", "dated"):
            found[f"source_{part}"] = thing.source.get(part, "")
        for name in self.TEXTS:
            for language in LANGUAGES:
                found[f"{name}_{language}"] = getattr(thing, name).text(language)
        return found

    def values(self) -> dict[str, Any]:
        """What was written, as the services take it."""
        read = self.cleaned_data
        found: dict[str, Any] = {name: read[name] for name in self.PLAIN}
        found.update({name: self.text_of(name) for name in self.TEXTS})
        for name in ("as_of", "confidence", "owner_name", "next_review_on"):
            found[name] = read[name]
        found["municipality"] = self.towns.get(read["municipality"])
        found["owner"] = self.keepers.get(read["owner"])
        found["source"] = {part: read[f"source_{part}"] for part in ("title", "url", "dated")}
        return found

    @property
    def sections(self) -> list[dict[str, Any]]:
        """The form's sections with their fields, each knowing whether it is a group of ticks."""
        shown = []
        for heading, names in self.SECTIONS:
            rows = []
            for name in names:
                if name in self.TEXTS:
                    fields = [self[f"{name}_{language}"] for language in LANGUAGES]
                    rows.append({"fields": fields, "is_row": True})
                elif name in self.fields:
                    ticks = isinstance(self.fields[name].widget, forms.CheckboxSelectMultiple)
                    rows.append(
                        {
                            "fields": [self[name]],
                            "is_checks": ticks,
                            "optional": not self.fields[name].required,
                        }
                    )
            shown.append({"heading": heading, "rows": rows})
        return shown

    def field_for(self, name: str) -> str | None:
        """Where an error of the domain is shown: a text's first language, the source's title."""
        if name in self.TEXTS:
            return f"{name}_fi"
        return "source_title" if name == "source" else super().field_for(name)

    def clean(self) -> dict[str, Any]:
        """A name in at least one language."""
        read: dict[str, Any] = super().clean() or {}
        for name in self.FIRST:
            if not any(read.get(f"{name}_{language}") for language in LANGUAGES):
                self.add_error(f"{name}_fi", _("Write it in at least one language."))
        return read


ORIGIN = ("source_title", "source_url", "source_dated", "as_of", "confidence")
KEEPING = ("owner", "owner_name", "next_review_on")


class FactForm(KnowledgeForm):
    """One fact of the bank."""

    TEXTS = {"label": _("Name"), "text": _("Value in words"), "statement": _("Explanation")}
    PLAIN = ("topic", "number", "unit", "exactness", "method", "licence", "indicator", "review_months")
    FIRST = ("label",)
    SECTIONS = (
        (_("What"), ("code", "municipality", "topic", "label")),
        (_("Value"), ("indicator", "number", "unit", "exactness", "text", "statement")),
        (_("Source"), (*ORIGIN, "method", "licence")),
        (_("Keeping"), (*KEEPING, "review_months")),
    )
    topic = forms.ChoiceField(label=_("Topic"), choices=choose(Topic.choices))
    number = FigureField(label=pgettext_lazy("of a fact", "Number"))
    unit = forms.ChoiceField(label=_("Unit"), required=False)
    exactness = forms.ChoiceField(label=_("Exactness"), choices=Exactness.choices, initial=Exactness.EXACT)
    method = forms.ChoiceField(label=_("Method"), choices=Method.choices, initial=Method.DECLARED)
    licence = forms.CharField(label=_("Licence"), required=False, max_length=60)
    indicator = forms.ChoiceField(
        label=_("Follows the indicator"), required=False,
        help_text=_("Then number, date and source come from the indicator's newest figure."),
    )  # fmt: skip
    review_months = WholeField(label=_("Months between reviews"), initial=12)

    def __init__(self, user: User, data: Any = None, thing: Any = None) -> None:
        super().__init__(user, data, thing)
        units = [(code, unit.label(here()) or _t("number without a unit")) for code, unit in UNITS.items()]
        self.set_choices("unit", [("", "–"), *units])
        named = [(one.code, one.name.best(here())[0]) for one in indicators()]
        self.set_choices("indicator", [("", _t("no, it is kept by hand")), *named])

    def _initial(self, thing: Any) -> dict[str, Any]:
        #: an unchanged review day is counted anew when the value changes, so it is not sent back by itself
        return {**super()._initial(thing), "next_review_on": None}

    def values(self) -> dict[str, Any]:
        """Without a review day the service keeps or counts it."""
        found = super().values()
        if found["next_review_on"] is None:
            del found["next_review_on"]
        found["review_months"] = int(found["review_months"] or 12)
        return found

    def clean(self) -> dict[str, Any]:
        """A fact has a value: a number, words, or an indicator that gives it."""
        read = super().clean()
        words = any(read.get(f"text_{language}") for language in LANGUAGES)
        if (
            read.get("number") is None
            and not words
            and not read.get("indicator")
            and "number" not in self.errors
        ):
            self.add_error("number", _("Give a number, words, or the indicator that the fact follows."))
        return read


class RetireForm(DeskForm):
    """Why a fact is retired, and what takes its place."""

    reason = forms.CharField(label=_("Why"), max_length=300)
    replaced_by = forms.CharField(
        label=_("Code of the fact that replaces it"), max_length=60, required=False,
        help_text=_("Empty: pages say that the figure is no longer kept."),
    )  # fmt: skip

    def clean_replaced_by(self) -> Any:
        """The fact itself, or None."""
        code = self.cleaned_data["replaced_by"].strip()
        if not code:
            return None
        found = queries.fact(code)
        if found is None:
            raise ValidationError(_("The fact bank has no fact %(code)s."), params={"code": code})
        return found
