"""A person's own settings."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from vetovoima.desk.forms import DeskForm

LANGUAGES = (("fi", "Suomi"), ("en", "English"), ("sv", "Svenska"))


class MeForm(DeskForm):
    """The name that others see, and the language of the desk and of mails."""

    display_name = forms.CharField(
        label=_("Name"), max_length=120, widget=forms.TextInput({"autocomplete": "name"})
    )
    language = forms.ChoiceField(label=_("Language of the desk and of mails"), choices=LANGUAGES)
