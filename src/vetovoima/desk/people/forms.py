"""Inviting somebody, and coming in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vetovoima.accounts.enums import Role
from vetovoima.accounts.queries import organisations
from vetovoima.desk.forms import DeskForm, here

LANGUAGES = (("fi", _("Finnish")), ("en", _("English")), ("sv", _("Swedish")))


class InviteForm(DeskForm):
    """Whom, into which organisation and role, in which language the letter is."""

    email = forms.EmailField(label=_("E-mail"), max_length=254)
    organisation = forms.ChoiceField(label=_("Organisation"))
    role = forms.ChoiceField(label=_("Role"), choices=[("", _("choose")), *Role.choices])
    language = forms.ChoiceField(label=_("Language of the letter"), choices=LANGUAGES)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.organisations = {one.slug: one for one in organisations()}
        named = sorted((one.name.best(here())[0], slug) for slug, one in self.organisations.items())
        field = self.fields["organisation"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", str(_("choose"))), *((slug, name) for name, slug in named)]


class AcceptForm(DeskForm):
    """A name and a password, for somebody who has no account yet."""

    display_name = forms.CharField(
        label=_("Your name"), max_length=120, widget=forms.TextInput({"autocomplete": "name"})
    )
    password = forms.CharField(
        label=_("Password"), max_length=200, strip=False,
        help_text=_("At least 12 characters. A sentence is easy to remember."),
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )  # fmt: skip


class JoinForm(DeskForm):
    """Nothing to fill in: whoever has an account keeps it."""
