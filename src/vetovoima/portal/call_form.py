"""Proposing a call: who, about what, and up to three times in office hours."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from .call_times import ZONES, Office, moment_of, offered_days, offered_times
from .forms import refuse_control_characters

CHOICES = ("first", "second", "third")
LABELS = {"first": _("First choice"), "second": _("Second choice"), "third": _("Third choice")}


class CallForm(forms.Form):
    """Five fields that must be filled: name, e-mail, company, the first day and its time."""

    AUTOCOMPLETE = {"name": "name", "email": "email", "company": "organization", "phone": "tel"}
    MISSING = {
        "name": _("Write your name."),
        "email": _("Write the e-mail address to which we confirm the time."),
        "company": _("Write the name of your company or organisation."),
        "first_day": _("Choose a day."),
        "first_time": _("Choose a time."),
    }

    name = forms.CharField(label=_("Your name"), max_length=120)
    email = forms.EmailField(label=_("E-mail"), max_length=254)
    company = forms.CharField(label=_("Company or organisation"), max_length=160)
    phone = forms.CharField(
        label=_("Phone, with country code"), max_length=40, required=False,
        help_text=_("Leave it empty for a video call: the link comes with the confirmation."),
    )  # fmt: skip
    about = forms.CharField(
        label=_("What is it about?"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    zone = forms.ChoiceField(label=_("Your time zone"), required=False)
    site = forms.SlugField(required=False, max_length=30, widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, now: datetime, of: Office, initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial=initial)
        self.of = of
        self.zones = list(dict.fromkeys((of.zone.key, *ZONES)))
        self._field("zone").choices = [(name, _zone_name(name)) for name in self.zones]
        self.days = offered_days(now, of)
        for name in CHOICES:
            self._add_choice(name)
        for name, sentence in self.MISSING.items():
            self.fields[name].error_messages["required"] = sentence
        for name, value in self.AUTOCOMPLETE.items():
            self.fields[name].widget.attrs["autocomplete"] = value
        for field in self.fields.values():
            if isinstance(field, forms.CharField):
                field.validators.append(refuse_control_characters)

    def _field(self, name: str) -> forms.ChoiceField:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        return field

    def _add_choice(self, name: str) -> None:
        must, none = name == "first", ("", "–")
        days = [
            (day.isoformat(), f"{date_format(day, 'D')} {date_format(day, 'SHORT_DAY')}") for day in self.days
        ]
        times = [(f"{one:%H:%M}", self._time_label(one)) for one in offered_times()]
        self.fields[f"{name}_day"] = forms.ChoiceField(label=_("Day"), required=must, choices=[none, *days])
        self.fields[f"{name}_time"] = forms.ChoiceField(
            label=_("Time"), required=must, choices=[none, *times]
        )

    @property
    def theirs(self) -> ZoneInfo:
        """The visitor's time zone as far as they told it; ours until then."""
        asked = str(self["zone"].value() or "")
        return ZoneInfo(asked) if asked in self.zones else self.of.zone

    def _time_label(self, one: time) -> str:
        if not self.days or self.theirs.key == self.of.zone.key:
            return f"{one:%H:%M}"
        there = moment_of(self.days[0], one, self.of).astimezone(self.theirs)
        return f"{one:%H:%M} ({_zone_name(self.theirs.key)} {there:%H:%M})"

    def changes_within(self) -> bool:
        """Whether the difference between the two zones changes within the days that are offered."""
        noon = [moment_of(day, time(12), self.of) for day in self.days]
        return len({one.astimezone(self.theirs).hour for one in noon}) > 1

    def choices(self) -> list[tuple[Any, Any, Any]]:
        """Each choice with its label, its day and its time."""
        return [(LABELS[name], self[f"{name}_day"], self[f"{name}_time"]) for name in CHOICES]

    def clean(self) -> dict[str, Any]:
        """This will refuse a day without its time, and a time without its day."""
        read = super().clean() or {}
        for name in CHOICES[1:]:
            day, at = read.get(f"{name}_day"), read.get(f"{name}_time")
            if bool(day) != bool(at):
                missing = f"{name}_time" if day else f"{name}_day"
                sentence = _("Choose a time for the day.") if day else _("Choose a day for the time.")
                self.add_error(missing, ValidationError(sentence, code="half"))
        return read

    def proposed(self) -> list[datetime]:
        """The times, in the order of preference, each once, in the region's time zone."""
        found = []
        for name in CHOICES:
            day, at = self.cleaned_data.get(f"{name}_day"), self.cleaned_data.get(f"{name}_time")
            if day and at:
                found.append(moment_of(date.fromisoformat(day), time.fromisoformat(at), self.of))
        return list(dict.fromkeys(found))


def _zone_name(name: str) -> str:
    return name.rpartition("/")[2].replace("_", " ")
