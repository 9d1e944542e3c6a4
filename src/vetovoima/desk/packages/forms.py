"""The form of an offer package: what is offered, to whom, why, with which numbers, by whom, and what to see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from vetovoima.catalogue.knowledge.writing import written
from vetovoima.common.fields import LANGUAGES, Translated
from vetovoima.desk.forms import DayField, DeskForm, here
from vetovoima.reference.queries import sectors
from vetovoima.syndication.packages import queries
from vetovoima.syndication.packages.enums import Language, Segment, VisitLength
from vetovoima.syndication.packages.services import TEXTS
from vetovoima.syndication.packages.validators import LONGEST

if TYPE_CHECKING:
    from vetovoima.reference.models import Municipality
    from vetovoima.syndication.packages.models import OfferPackage

IN_LANGUAGE = {"fi": _("in Finnish"), "en": _("in English"), "sv": _("in Swedish")}
LABELS = {"title": _("Title"), "argument": _("Why here: the value argument"), "visit": _("What to see")}
HINTS = {
    "argument": _("Take figures from the fact bank: write {fact:code} where the figure should stand."),
    "visit": _(
        "What a guest sees in half a day or a day: the site, the grid, the people, a company that came before."
    ),
}


class TownForm(DeskForm):
    """Whose offer is packaged."""

    municipality = forms.ChoiceField(label=_("Municipality"))

    def __init__(self, user: Any, data: Any = None) -> None:
        super().__init__(data)
        self.towns = {one.slug: one for one in queries.creatable_municipalities(user)}
        field = self.fields["municipality"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(slug, one.name.best(here())[0]) for slug, one in self.towns.items()]


class PackageForm(DeskForm):
    """Everything of a package on one page."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    sector = forms.ChoiceField(label=_("Sector"), required=False)
    segment = forms.ChoiceField(
        label=_("Investors"), required=False, choices=[("", _("all")), *Segment.choices]
    )
    language = forms.ChoiceField(
        label=_("Language of the package"), choices=Language.choices,
        help_text=_("The language of the investor. The package can be taken out in the others too."),
    )  # fmt: skip
    sites = forms.MultipleChoiceField(
        label=_("Records"), required=False, widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    facts = forms.MultipleChoiceField(
        label=_("Numbers of the fact bank"), required=False, widget=forms.CheckboxSelectMultiple
    )
    contact = forms.ChoiceField(
        label=_("Contact person"),
        required=False,
        help_text=_("Only people whose details are public can be chosen."),
    )
    visit_length = forms.ChoiceField(
        label=_("Length of the visit"), required=False, choices=[("", _("choose")), *VisitLength.choices]
    )
    visit_host = forms.CharField(label=_("Host of the visit"), required=False, max_length=200)
    valid_until = DayField(
        label=_("Valid until"), help_text=_("After this day the package says that it has to be asked anew.")
    )

    def __init__(
        self,
        town: Municipality,
        data: Any = None,
        package: OfferPackage | None = None,
        chosen: list[str] | None = None,
    ) -> None:
        initial = _initial(package) if package else {"language": Language.EN, "sites": chosen or []}
        super().__init__(data, initial=initial)
        self.first = list(initial.get("sites", []))
        self._add_texts(package)
        self._fill_choices(town, package)

    def _add_texts(self, package: OfferPackage | None) -> None:
        for name in TEXTS:
            for language in LANGUAGES:
                rows = {"title": 0, "argument": 6, "visit": 3}[name]
                widget = forms.Textarea({"rows": rows}) if rows else forms.TextInput()
                widget.attrs["lang"] = language
                self.fields[f"{name}_{language}"] = forms.CharField(
                    label=_("%(label)s, %(language)s") % {"label": LABELS[name], "language": IN_LANGUAGE[language]},
                    required=False, max_length=LONGEST[name], widget=widget,
                    initial=getattr(package, name).text(language) if package else "",
                )  # fmt: skip

    def _fill_choices(self, town: Municipality, package: OfferPackage | None) -> None:
        language = here()
        named = [(one.slug, one.name.best(language)[0]) for one in sectors()]
        self._set("sector", [("", _t("all")), *named])
        records = [(one.code, _record(one)) for one in queries.offered_records(town, language)]
        there = {code for code, _label in records}
        gone = [code for code in (package.sites if package else []) if code not in there]
        self._set(
            "sites", [*records, *((code, _t("%(code)s: no longer public") % {"code": code}) for code in gone)]
        )
        known = [(one.code, _fact(one, language)) for one in queries.offered_facts(town)]
        lost = set(package.facts if package else []) - {code for code, _label in known}
        self._set(
            "facts",
            [*known, *((code, _t("%(code)s: no longer kept") % {"code": code}) for code in sorted(lost))],
        )
        self.people = {one.key: one for one in queries.offered_contacts(town)}
        people = [
            (key, f"{one.name}, {one.organisation.name.best(language)[0]}")
            for key, one in self.people.items()
        ]
        self._set("contact", [("", _t("nobody yet")), *people])

    def _set(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def values(self) -> dict[str, Any]:
        """What was written, as the services take it; records keep the order that they had."""
        read = self.cleaned_data
        found = {
            name: read[name]
            for name in ("sector", "segment", "language", "visit_length", "visit_host", "valid_until")
        }
        for name in TEXTS:
            found[name] = Translated(
                {one: read[f"{name}_{one}"].strip() for one in LANGUAGES if read[f"{name}_{one}"].strip()}
            )
        chosen = list(read["sites"])
        kept = [code for code in self.first if code in chosen]
        found["sites"] = [*kept, *(code for code in chosen if code not in kept)]
        found["facts"] = list(read["facts"])
        found["contact"] = self.people.get(read["contact"])
        return found

    def field_for(self, name: str) -> str | None:
        """A text's errors are shown at its first language."""
        return f"{name}_{LANGUAGES[0]}" if name in TEXTS else super().field_for(name)

    @property
    def sections(self) -> list[dict[str, Any]]:
        """The sections of the form: heading, hint, and rows of fields."""
        shape = (
            (_t("For whom"), "", ("title", ("language", "sector", "segment"))),
            (_t("What is offered"), _t("Only published records can be packaged."), ("sites",)),
            (_t("Why here"), HINTS["argument"], ("argument",)),
            (_t("In numbers"), "", ("facts",)),
            (_t("Who answers"), "", (("contact", "valid_until"),)),
            (_t("Come and see"), HINTS["visit"], ("visit", ("visit_length", "visit_host"))),
        )
        return [
            {"heading": heading, "hint": hint, "rows": [self._row(one) for one in rows]}
            for heading, hint, rows in shape
        ]

    def _row(self, names: Any) -> dict[str, Any]:
        if names in TEXTS:
            return {"fields": [self[f"{names}_{language}"] for language in LANGUAGES], "is_checks": False}
        if names in ("sites", "facts"):
            return {"fields": [self[names]], "is_checks": True, "is_folded": names == "facts"}
        return {"fields": [self[name] for name in names], "is_checks": False}


def _initial(package: OfferPackage) -> dict[str, Any]:
    names = (
        "revision",
        "sector",
        "segment",
        "language",
        "sites",
        "facts",
        "visit_length",
        "visit_host",
        "valid_until",
    )
    return {
        **{name: getattr(package, name) for name in names},
        "contact": package.contact.key if package.contact else "",
    }


def _record(document: Any) -> str:
    label = f"{document.code} {document.name}"
    return f"{label} ({_t('EXAMPLE')})" if document.is_example else label


def _fact(fact: Any, language: str) -> str:
    return f"{fact.label.best(language)[0]}: {written(fact, language)}"
