"""Registering a page that shows the offer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vetovoima.common.fields import LANGUAGES
from vetovoima.desk.forms import DayField, DeskForm, here
from vetovoima.syndication.channels.enums import Way
from vetovoima.syndication.channels.validators import FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vetovoima.reference.models import Municipality
    from vetovoima.syndication.channels.models import ChannelPage

#: stands for the region in the choice of whose page it is
REGION = "-"
LANGUAGE_NAMES = {"fi": _("Finnish"), "en": _("English"), "sv": _("Swedish")}


class ChannelForm(DeskForm):
    """Where the offer is shown, how, and who keeps the page."""

    place = forms.ChoiceField(label=_("Whose offer the page shows"))
    title = forms.CharField(
        label=_("Name of the page"), max_length=120, required=False,
        help_text=_("As your people know it, for example “Plots for companies”."),
    )  # fmt: skip
    url = forms.CharField(
        label=_("Address of the page"), max_length=2000, required=False,
        help_text=_("As it stands in a browser; begins with https:// and is open to everybody."),
        widget=forms.TextInput({"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
    way = forms.ChoiceField(label=_("How it shows the offer"), choices=Way.choices)
    language = forms.ChoiceField(label=_("Language of the offer"))
    question = forms.CharField(
        label=_("Filters of the embed"), max_length=4000, required=False,
        help_text=_(
            "The same as in the embed, each on a line of its own: kind=plot. Empty when it shows the whole offer."
        ),
        widget=forms.Textarea({"rows": 3, "spellcheck": "false", "autocomplete": "off"}),
    )  # fmt: skip
    contact_email = forms.CharField(
        label=_("Who is told when something has to be mended"), max_length=254, required=False,
        help_text=_("An e-mail address. Empty: the municipality's people at this desk."),
        widget=forms.EmailInput({"autocomplete": "off"}),
    )  # fmt: skip
    contact_language = forms.ChoiceField(label=_("Language of those mails"))
    keeper = forms.CharField(
        label=_("Who keeps the page up"), max_length=200, required=False,
        help_text=_("A person, a post or a company, as agreed."),
    )  # fmt: skip
    agreed_on = DayField(label=_("Agreed on"))
    agreement = forms.CharField(
        label=_("What was agreed on keeping it up"), max_length=2000, required=False,
        widget=forms.Textarea({"rows": 3}),
    )  # fmt: skip
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, places: Iterable[Municipality | None], data: Any = None, page: ChannelPage | None = None
    ) -> None:
        known: dict[str, Any] = {"language": here(), "contact_language": here(), "way": Way.COMPONENT}
        if page is not None:
            known = {name: getattr(page, name) for name in FIELDS} | {"revision": page.revision}
            known["question"] = "\n".join(f"{name}={value}" for name, value in page.question.items())
        super().__init__(data, initial=known)
        self.places = {one.slug if one else REGION: one for one in places}
        self._choose(
            "place",
            [(key, one.name.best(here())[0] if one else _("the region")) for key, one in self.places.items()],
        )
        for name in ("language", "contact_language"):
            self._choose(name, [(one, LANGUAGE_NAMES[one]) for one in LANGUAGES])
        if page is not None:
            del self.fields["place"]

    def _choose(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def values(self) -> dict[str, Any]:
        """What the service takes."""
        return {name: self.cleaned_data.get(name, "") for name in FIELDS}

    @property
    def chosen_place(self) -> Municipality | None:
        """Whose it is to be; None is the region."""
        return self.places[self.cleaned_data["place"]]
