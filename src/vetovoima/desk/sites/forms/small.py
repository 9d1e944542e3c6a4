"""The small forms of a record: a new one, a return with a comment, a later publishing, a withdrawal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vetovoima.catalogue.enums import SiteKind
from vetovoima.catalogue.queries import creatable_municipalities, redirect_choices
from vetovoima.common.fields import LANGUAGES
from vetovoima.desk.forms import DeskForm, MomentField, here

from .inputs import IN_LANGUAGE

if TYPE_CHECKING:
    from vetovoima.catalogue.models import Site

#: a longer list nobody reads; there the code is typed
MOST_CHOICES = 200


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


class ScheduleForm(DeskForm):
    """When a reviewed record becomes public by itself."""

    at = MomentField(
        required=True, label=_("Publish later, at"), help_text=_("In the region's own time. It can be cancelled until then."),
        error_messages={"required": _("Give a day and a time, for example 2026-10-12 14:30.")},
    )  # fmt: skip


class WithdrawForm(DeskForm):
    """Where a withdrawn record's address leads from now on, if anywhere."""

    instead = forms.ChoiceField(
        required=False, label=_("Its address leads to"),
        help_text=_("Choose the record that takes its place, so that old links and bookmarks still find something."),
    )  # fmt: skip
    code = forms.CharField(
        required=False, max_length=30, label=_("Or the code of another public record"),
        widget=forms.TextInput({"class": "input input-short", "autocapitalize": "characters", "spellcheck": "false"}),
    )  # fmt: skip

    def __init__(self, site: Site, data: Any = None) -> None:
        super().__init__(data)
        field = self.fields["instead"]
        assert isinstance(field, forms.ChoiceField)
        known = [
            (one.code, f"{one.code} {one.name.best(here())[0]}")
            for one in redirect_choices(site)[:MOST_CHOICES]
        ]
        field.choices = [("", str(_("a page that says that the record was withdrawn"))), *known]

    def redirect_code(self) -> str:
        """The code that was typed, else the one that was chosen."""
        return self.cleaned_data["code"].strip().upper() or str(self.cleaned_data["instead"])

    def refuse(self, error: Exception) -> None:
        """What the service refuses is where it leads."""
        self.add_error("code" if self.cleaned_data.get("code") else "instead", str(error))
