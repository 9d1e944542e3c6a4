"""Forms of a municipality's emphasis and of what it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from vetovoima.common.fields import LANGUAGES, Translated
from vetovoima.cooperation.emphasis.enums import GatheringKind
from vetovoima.cooperation.emphasis.queries import cross_cutting_themes
from vetovoima.desk.forms import DayField, DeskForm, WholeField, here
from vetovoima.reference.queries import sectors

if TYPE_CHECKING:
    from vetovoima.cooperation.models import Emphasis, Gathering

IN_LANGUAGE = {
    "fi": _("Vision, in Finnish"),
    "en": _("Vision, in English"),
    "sv": _("Vision, in Swedish"),
}


class EmphasisForm(DeskForm):
    """The draft of an emphasis: the vision in three languages, a weight for each chosen spearhead."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    valid_until = DayField(label=_("Valid until"), help_text=_("Empty: until a later one replaces it."))

    def __init__(self, data: Any = None, *, draft: Emphasis | None, begun_from: Emphasis | None) -> None:
        shown = draft or begun_from
        super().__init__(data, initial=self._initial(draft, shown))
        for language in LANGUAGES:
            area = forms.Textarea({"rows": 4, "lang": language})
            self.fields[f"vision_{language}"] = forms.CharField(
                label=IN_LANGUAGE[language], required=False, max_length=3000, widget=area
            )
        self.spearheads = self._spearheads()
        for name, one in self.spearheads.items():
            self.fields[name] = WholeField(label=one.name.best(here())[0])

    @staticmethod
    def _spearheads() -> dict[str, Any]:
        found = {f"sector_{one.pk}": one for one in sectors()}
        return {**found, **{f"theme_{one.pk}": one for one in cross_cutting_themes()}}

    @staticmethod
    def _initial(draft: Emphasis | None, shown: Emphasis | None) -> dict[str, Any]:
        found: dict[str, Any] = {"revision": draft.revision if draft else 0}
        if shown is not None:
            found.update({f"vision_{language}": shown.vision.text(language) for language in LANGUAGES})
            found["valid_until"] = draft.valid_until if draft else None
            for one in shown.weights.all():
                found[f"sector_{one.sector_id}" if one.sector_id else f"theme_{one.theme_id}"] = one.weight
        return found

    @property
    def vision_fields(self) -> list[Any]:
        """The vision, language by language."""
        return [self[f"vision_{language}"] for language in LANGUAGES]

    @property
    def sector_fields(self) -> list[dict[str, Any]]:
        """The sectors, each lead sector with its own below it."""
        rows: list[dict[str, Any]] = []
        for name, one in self.spearheads.items():
            if name.startswith("sector_") and one.parent_id is None:
                rows.append({"lead": one, "fields": [self[name]]})
        by_lead = {row["lead"].pk: row["fields"] for row in rows}
        for name, one in self.spearheads.items():
            if name.startswith("sector_") and one.parent_id in by_lead:
                by_lead[one.parent_id].append(self[name])
        return rows

    @property
    def theme_fields(self) -> list[Any]:
        """The cross-cutting themes."""
        return [self[name] for name in self.spearheads if name.startswith("theme_")]

    def values(self) -> dict[str, Any]:
        """What was written, as the service takes it."""
        read = self.cleaned_data
        texts = {language: read.get(f"vision_{language}", "").strip() for language in LANGUAGES}
        weights = [(one, int(read[name])) for name, one in self.spearheads.items() if read.get(name)]
        return {
            "vision": Translated({language: text for language, text in texts.items() if text}),
            "weights": weights,
            "valid_until": read["valid_until"],
            "revision": read["revision"],
        }


class ApproveForm(DeskForm):
    """By whom and when the draft was approved, and the document that says so."""

    body = forms.CharField(
        label=_("Body that has approved it"),
        max_length=120,
        help_text=_("For example the municipal council."),
    )
    day = DayField(label=_("Day of the approval"), required=True)
    document = forms.CharField(
        label=_("Document"), max_length=200, required=False, help_text=_("For example the minutes with their section.")
    )  # fmt: skip
    document_url = forms.URLField(
        label=_("Address of the document"), required=False, max_length=500, assume_scheme="https"
    )


class GatheringForm(DeskForm):
    """An interview, a survey, a workshop or a document."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=GatheringKind.choices)
    held_on = DayField(label=pgettext_lazy("of an interview", "Day"), required=True)
    asked_by = forms.CharField(label=_("Who asked"), max_length=120, help_text=_("Person or organisation."))
    asked = forms.CharField(
        label=_("Who was asked"), max_length=200,
        help_text=_("A role or an organisation. No names of private persons."),
    )  # fmt: skip
    emphasis = forms.ChoiceField(label=_("Version of the emphasis that it supports"), required=False)
    summary = forms.CharField(
        label=_("Summary"), required=False, max_length=5000, widget=forms.Textarea({"rows": 6}),
        help_text=_("Seen by your municipality and the council alone. The portal tells only how many there were, and of which kind."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, thing: Gathering | None = None, versions: list[Emphasis]) -> None:
        self.versions = {str(one.number): one for one in versions}
        super().__init__(data, initial=self._initial(thing, versions))
        field = self.fields["emphasis"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("none yet")), *((str(one.number), self._named(one)) for one in versions)]

    @staticmethod
    def _named(one: Emphasis) -> str:
        return _("version %(number)s, %(state)s") % {"number": one.number, "state": one.get_state_display()}

    @staticmethod
    def _initial(thing: Gathering | None, versions: list[Emphasis]) -> dict[str, Any]:
        if thing is None:
            return {"revision": 0, "emphasis": str(versions[0].number) if versions else ""}
        names = ("kind", "held_on", "asked_by", "asked", "summary", "revision")
        found = {name: getattr(thing, name) for name in names}
        return {**found, "emphasis": str(thing.emphasis.number) if thing.emphasis else ""}

    def values(self) -> dict[str, Any]:
        """What was written, as the service takes it."""
        read = dict(self.cleaned_data)
        read.pop("revision", None)
        return {**read, "emphasis": self.versions.get(read["emphasis"])}
