"""What the public site reads from people: the enquiry from its form. The search in the address is in `search_form`."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from vetovoima.reference import queries as reference


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
