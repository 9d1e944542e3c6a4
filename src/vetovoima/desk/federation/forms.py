"""Describing another region's source, and which of its records are taken."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vetovoima.catalogue.enums import SiteKind
from vetovoima.common.fields import LANGUAGES
from vetovoima.desk.forms import DeskForm, here
from vetovoima.reference.queries import sectors
from vetovoima.syndication.federation.enums import OTHER, OTHER_LABEL, Choice, Every, FollowKind
from vetovoima.syndication.federation.validators import LENGTHS

if TYPE_CHECKING:
    from vetovoima.syndication.federation.models import FollowedSource

LANGUAGE_NAMES = {"fi": _("Finnish"), "en": _("English"), "sv": _("Swedish")}
_ADDRESS = {"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}


class NeighbourForm(DeskForm):
    """Where another region tells of its offer, under which licence, and what is taken of it."""

    kind = forms.ChoiceField(label=_("What it is"), choices=FollowKind.choices)
    address = forms.CharField(
        label=_("Address"), max_length=2000, required=False, widget=forms.TextInput(_ADDRESS),
        help_text=_(
            "Begins with https:// and can be read without a password. Of an instance of this service, the address of its"
            " front page. Redirects are not followed."
        ),
    )  # fmt: skip
    layer = forms.CharField(
        label=_("Collection"), max_length=LENGTHS["layer"], required=False,
        help_text=_("Only for OGC API Features. Leave it empty and try: the service then says which it has."),
    )  # fmt: skip
    title_fi = forms.CharField(label=_("Name of the region in Finnish"), max_length=120, required=False)
    title_en = forms.CharField(label=_("Name of the region in English"), max_length=120, required=False)
    title_sv = forms.CharField(label=_("Name of the region in Swedish"), max_length=120, required=False)
    attribution = forms.CharField(
        label=_("Who answers for the records"), max_length=LENGTHS["attribution"], required=False,
        help_text=_("Stands beside each of them, as the licence asks."),
    )  # fmt: skip
    home = forms.CharField(
        label=_("The region's own site"), max_length=2000, required=False, widget=forms.TextInput(_ADDRESS)
    )
    licence = forms.CharField(
        label=_("Licence, if the source does not say it"), max_length=LENGTHS["licence"], required=False,
        help_text=_("For example CC BY 4.0. Nothing is shown without a licence; what the source itself says holds."),
    )  # fmt: skip
    language = forms.ChoiceField(
        label=_("Language of the source, if it does not say it"),
        choices=[(one, LANGUAGE_NAMES[one]) for one in LANGUAGES],
    )
    contact = forms.CharField(
        label=_("Whom to ask there"), max_length=LENGTHS["contact"], required=False,
        help_text=_("Only for the desk. Shown to nobody else."),
    )  # fmt: skip
    choice = forms.ChoiceField(label=_("Which records are taken"), choices=Choice.choices)
    kinds = forms.MultipleChoiceField(
        label=_("Kinds, when chosen by kind"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=[*SiteKind.choices, (OTHER, OTHER_LABEL)],
    )  # fmt: skip
    sectors = forms.MultipleChoiceField(
        label=_("Sectors, when chosen by sector"), required=False, widget=forms.CheckboxSelectMultiple
    )
    codes = forms.CharField(
        label=_("Codes, when chosen by code"), required=False, max_length=20_000,
        widget=forms.Textarea({"rows": 3, "spellcheck": "false"}),
        help_text=_("As the source has them, one on a line or divided by commas."),
    )  # fmt: skip
    every = forms.ChoiceField(label=_("How often it is read"), choices=Every.choices)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, source: FollowedSource | None = None) -> None:
        super().__init__(
            data, initial=_known(source) if source else {"every": Every.QUARTER, "language": "en"}
        )
        field = self.fields["sectors"]
        assert isinstance(field, forms.MultipleChoiceField)
        named = [(one.slug, one.name.best(here())[0]) for one in sectors()]
        listed = {slug for slug, _name in named}
        # Another region may have sectors of its own: one that was chosen before stays in the list.
        before = source.chosen if source and source.choice == Choice.SECTORS else []
        field.choices = [*named, *((slug, slug) for slug in before if slug not in listed)]

    def values(self) -> dict[str, Any]:
        """What the service takes."""
        given = self.cleaned_data
        chosen = {Choice.KINDS: "kinds", Choice.SECTORS: "sectors", Choice.CODES: "codes"}.get(
            given.get("choice", "")
        )
        plain = (
            "kind",
            "address",
            "attribution",
            "home",
            "licence",
            "layer",
            "language",
            "contact",
            "choice",
            "every",
        )
        return {
            **{name: given.get(name, "") for name in plain},
            "title": {one: given.get(f"title_{one}", "") for one in LANGUAGES},
            "chosen": given.get(chosen, "") if chosen else [],
        }

    def field_for(self, name: str) -> str | None:
        """The title's errors stand beside its first language, those of what is chosen beside its own field."""
        if name == "title":
            return f"title_{LANGUAGES[0]}"
        if name == "chosen":
            choice = self.cleaned_data.get("choice", "")
            return choice if choice in ("kinds", "sectors", "codes") else "choice"
        return super().field_for(name)


def _known(source: FollowedSource) -> dict[str, Any]:
    """What is known of a source, by the names of the form."""
    plain = (
        "kind",
        "address",
        "layer",
        "attribution",
        "home",
        "licence",
        "language",
        "contact",
        "choice",
        "every",
    )
    found: dict[str, Any] = {name: getattr(source, name) for name in (*plain, "revision")}
    found |= {f"title_{one}": source.title.get(one, "") for one in LANGUAGES}
    if source.choice == Choice.CODES:
        found["codes"] = "\n".join(source.chosen)
    elif source.choice in (Choice.KINDS, Choice.SECTORS):
        found[source.choice] = source.chosen
    return found
