"""The forms of the register of channels, and of preparing a delivery."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from vetovoima.accounts.queries import organisations
from vetovoima.catalogue.enums import SiteKind
from vetovoima.catalogue.knowledge.writing import written
from vetovoima.common.fields import LANGUAGES, Translated
from vetovoima.desk.forms import DayField, DeskForm, FigureField, WholeField, here
from vetovoima.directory.queries import contacts
from vetovoima.syndication.partners import queries
from vetovoima.syndication.partners.enums import ChannelKind, FeePeriod
from vetovoima.syndication.partners.validators import LONGEST, LONGEST_NOTE

if TYPE_CHECKING:
    from vetovoima.reference.models import Municipality
    from vetovoima.syndication.partners.models import PartnerChannel, PartnerDelivery

#: stands for the region in the choice of whose records are given
REGION = "-"
#: records that are shown as boxes; the codes of others are written
MOST_BOXES = 150
IN_LANGUAGE = {"fi": _("in Finnish"), "en": _("in English"), "sv": _("in Swedish")}
NAMES = {"fi": _("Finnish"), "en": _("English"), "sv": _("Swedish")}
TEXTS = {"name": _("Name"), "purpose": _("What it is for"), "rules": _("Sharing rules")}
SEPARATORS = re.compile(r"[\s,;]+")
Choices = list[tuple[str, Any]]


def _set(form: forms.Form, name: str, choices: Choices) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


class ChannelForm(DeskForm):
    """Everything of a channel on one page."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=ChannelKind.choices)
    organisation = forms.ChoiceField(label=_("Organisation"), required=False)
    contact = forms.ChoiceField(label=_("Contact person"), required=False)
    website = forms.CharField(label=_("Address on the web"), required=False, max_length=500)
    email = forms.CharField(
        label=_("E-mail for deliveries"), required=False, max_length=254,
        help_text=_("Stands in the mail draft. Nothing is sent from here."),
    )  # fmt: skip
    fee = FigureField(label=_("Fee"), help_text=_("Empty is not known, 0 is free."))
    fee_currency = forms.CharField(label=_("Currency"), required=False, max_length=3)
    fee_period = forms.ChoiceField(
        label=_("The fee is paid"), required=False, choices=[("", _("choose")), *FeePeriod.choices]
    )
    kinds = forms.MultipleChoiceField(
        label=_("Kinds of records that it takes (none chosen: all)"), required=False,
        widget=forms.CheckboxSelectMultiple, choices=SiteKind.choices,
    )  # fmt: skip
    languages = forms.MultipleChoiceField(
        label=_("Languages wanted"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(one, NAMES[one]) for one in LANGUAGES],
    )  # fmt: skip
    active_from = DayField(label=_("In use from"))
    active_until = DayField(label=_("In use until"))
    answer_days = WholeField(label=_("Days until we ask for a receipt"))
    talk_months = WholeField(
        label=_("We speak every … months"), help_text=_("12 is once a year. Empty: nothing is agreed.")
    )
    talk_on = DayField(label=_("Next time on"))
    source_title = forms.CharField(label=_("Source of these facts"), required=False, max_length=300)
    source_url = forms.CharField(label=_("Address of the source"), required=False, max_length=500)
    source_dated = forms.CharField(label=_("Date of the source"), required=False, max_length=10)
    note = forms.CharField(
        label=_("Note of the council"), required=False, max_length=LONGEST_NOTE, widget=forms.Textarea({"rows": 3}),
        help_text=_("Seen at the desk alone; never in a delivery."),
    )  # fmt: skip

    def __init__(self, data: Any = None, channel: PartnerChannel | None = None) -> None:
        super().__init__(data, initial=_of_channel(channel) if channel else {"answer_days": 21})
        for name, label in TEXTS.items():
            for language in LANGUAGES:
                widget = forms.TextInput() if name == "name" else forms.Textarea({"rows": 3})
                widget.attrs["lang"] = language
                self.fields[f"{name}_{language}"] = forms.CharField(
                    label=_("%(label)s, %(language)s") % {"label": label, "language": IN_LANGUAGE[language]},
                    required=False, max_length=LONGEST[name], widget=widget,
                    initial=getattr(channel, name).text(language) if channel else "",
                )  # fmt: skip
        self.organisations = {one.slug: one for one in organisations()}
        self.people = {one.key: one for one in contacts()}
        named = sorted((one.name.best(here())[0], slug) for slug, one in self.organisations.items())
        _set(self, "organisation", [("", _t("none")), *((slug, name) for name, slug in named)])
        people = [
            (key, f"{one.name}, {one.organisation.name.best(here())[0]}") for key, one in self.people.items()
        ]
        _set(self, "contact", [("", _t("nobody yet")), *people])

    def values(self) -> dict[str, Any]:
        """What was written, as the service takes it."""
        read = self.cleaned_data
        plain = ("kind", "website", "email", "fee", "fee_period", "kinds", "languages", "active_from", "active_until",
                 "answer_days", "talk_months", "talk_on", "note")  # fmt: skip
        found = {name: read[name] for name in plain}
        found["answer_days"] = 0 if read["answer_days"] is None else int(read["answer_days"])
        found["talk_months"] = None if read["talk_months"] is None else int(read["talk_months"])
        found["fee_currency"] = read["fee_currency"].strip().upper()
        found["organisation"] = self.organisations.get(read["organisation"])
        found["contact"] = self.people.get(read["contact"])
        source = {name: read[f"source_{name}"].strip() for name in ("title", "url", "dated")}
        found["source"] = {name: text for name, text in source.items() if text}
        for name in TEXTS:
            texts = {one: read[f"{name}_{one}"].strip() for one in LANGUAGES}
            found[name] = Translated({one: text for one, text in texts.items() if text})
        return found

    def field_for(self, name: str) -> str | None:
        """A text's errors are shown at its first language."""
        if name == "source":
            return "source_title"
        return f"{name}_{LANGUAGES[0]}" if name in TEXTS else super().field_for(name)

    def texts(self, name: str) -> list[Any]:
        """The fields of a text, a language each."""
        return [self[f"{name}_{language}"] for language in LANGUAGES]

    @property
    def sections(self) -> list[dict[str, Any]]:
        """The sections of the form: heading and rows of fields."""
        shape: tuple[tuple[str, tuple[Any, ...]], ...] = (
            (
                _t("What it is"),
                (self.texts("name"), ("kind", "organisation", "contact"), self.texts("purpose")),
            ),
            (_t("Where it is"), (("website", "email"), ("active_from", "active_until"))),
            (_t("What may be given"), (self.texts("rules"), "kinds", "languages")),
            (_t("What it costs"), (("fee", "fee_currency", "fee_period"),)),
            (_t("Keeping in touch"), (("answer_days", "talk_months", "talk_on"),)),
            (_t("Where we know this from"), (("source_title", "source_url", "source_dated"), ("note",))),
        )
        return [{"heading": heading, "rows": [self._row(one) for one in rows]} for heading, rows in shape]

    def _row(self, names: Any) -> dict[str, Any]:
        if isinstance(names, str):
            return {"fields": [self[names]], "is_checks": True}
        return {"fields": [self[one] if isinstance(one, str) else one for one in names], "is_checks": False}


def _of_channel(channel: PartnerChannel) -> dict[str, Any]:
    names = ("revision", "kind", "website", "email", "fee_currency", "fee_period", "kinds", "languages", "active_from",
             "active_until", "answer_days", "talk_months", "talk_on", "note")  # fmt: skip
    return {
        **{name: getattr(channel, name) for name in names},
        **{f"source_{name}": channel.source.get(name, "") for name in ("title", "url", "dated")},
        "fee": None if channel.fee is None else float(channel.fee),
        "organisation": channel.organisation.slug if channel.organisation else "",
        "contact": channel.contact.key if channel.contact else "",
    }


class BeginForm(DeskForm):
    """To whom, and whose records."""

    channel = forms.ChoiceField(label=_("Channel"))
    municipality = forms.ChoiceField(label=_("Whose records"))

    def __init__(
        self, channels: list[PartnerChannel], user: Any, data: Any = None, channel: str = ""
    ) -> None:
        super().__init__(data, initial={"channel": channel})
        self.channels = {one.key: one for one in channels}
        self.towns: dict[str, Municipality | None] = {
            one.slug: one for one in queries.preparable_municipalities(user)
        }
        if queries.may_prepare_for_region(user):
            self.towns = {REGION: None, **self.towns}
        _set(self, "channel", [(key, one.name.best(here())[0]) for key, one in self.channels.items()])
        places = [
            (key, one.name.best(here())[0] if one else _t("the region")) for key, one in self.towns.items()
        ]
        _set(self, "municipality", places)


class DeliveryForm(DeskForm):
    """What is given, in which language and with which words."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(
        label=_("Title"),
        required=False,
        max_length=160,
        help_text=_("The subject of the mail and the head of the PDF."),
    )
    language = forms.ChoiceField(label=_("Language"), choices=[(one, NAMES[one]) for one in LANGUAGES])
    message = forms.CharField(
        label=_("Message"), required=False, max_length=LONGEST_NOTE, widget=forms.Textarea({"rows": 5}),
        help_text=_("Goes out as you write it, in the language chosen. Write nothing that is not public."),
    )  # fmt: skip
    records = forms.MultipleChoiceField(
        label=_("Records"), required=False, widget=forms.CheckboxSelectMultiple
    )
    codes = forms.CharField(
        label=_("Codes of other records"), required=False, max_length=4000, widget=forms.Textarea({"rows": 2}),
        help_text=_("One after the other, with spaces or commas between them."),
    )  # fmt: skip
    facts = forms.MultipleChoiceField(
        label=_("Numbers of the fact bank"), required=False, widget=forms.CheckboxSelectMultiple
    )
    contact = forms.ChoiceField(
        label=_("Who answers"), required=False,
        help_text=_("Only people whose details are public can be chosen."),
    )  # fmt: skip

    def __init__(
        self,
        channel: PartnerChannel,
        town: Municipality | None,
        data: Any = None,
        delivery: PartnerDelivery | None = None,
        first: dict[str, Any] | None = None,
    ) -> None:
        language = (channel.languages or ["en"])[0]
        known = _of_delivery(delivery) if delivery else {"language": language, **(first or {})}
        offered = [
            (one.code, _record(one))
            for one in queries.offered_records(channel, town, here())[: MOST_BOXES + 1]
        ]
        self.has_more = len(offered) > MOST_BOXES
        boxes = {code for code, _label in offered[:MOST_BOXES]}
        self.first = list(known.get("records", []))
        known["codes"] = " ".join(code for code in self.first if code not in boxes)
        super().__init__(data, initial=known)
        _set(self, "records", offered[:MOST_BOXES])
        self._fill(town, delivery)

    def _fill(self, town: Municipality | None, delivery: PartnerDelivery | None) -> None:
        language = here()
        bank = [
            (one.code, f"{one.label.best(language)[0]}: {written(one, language)}")
            for one in queries.offered_facts(town)
        ]
        lost = set(delivery.facts if delivery else []) - {code for code, _label in bank}
        _set(
            self,
            "facts",
            [*bank, *((code, _t("%(code)s: no longer kept") % {"code": code}) for code in sorted(lost))],
        )
        self.people = {one.key: one for one in queries.offered_contacts(town)}
        people = [
            (key, f"{one.name}, {one.organisation.name.best(language)[0]}")
            for key, one in self.people.items()
        ]
        _set(self, "contact", [("", _t("nobody yet")), *people])

    def values(self) -> dict[str, Any]:
        """What was written, as the service takes it; records keep the order that they had."""
        read = self.cleaned_data
        written_codes = [code.upper() for code in SEPARATORS.split(read["codes"]) if code]
        chosen = list(dict.fromkeys([*read["records"], *written_codes]))
        kept = [code for code in self.first if code in chosen]
        return {
            "title": read["title"], "language": read["language"], "message": read["message"], "facts": list(read["facts"]),
            "contact": self.people.get(read["contact"]),
            "records": [*kept, *(code for code in chosen if code not in kept)],
        }  # fmt: skip

    def field_for(self, name: str) -> str | None:
        """A refused code is spoken of where codes are written."""
        return "codes" if name == "records" else super().field_for(name)


def _of_delivery(delivery: PartnerDelivery) -> dict[str, Any]:
    return {
        **{name: getattr(delivery, name) for name in ("revision", "title", "language", "message", "facts")},
        "records": [one.code for one in queries.records_of(delivery)],
        "contact": delivery.contact.key if delivery.contact else "",
    }


def _record(document: Any) -> str:
    label = f"{document.code} {document.name}"
    return f"{label} ({_t('EXAMPLE')})" if document.is_example else label
