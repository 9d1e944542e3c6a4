"""Building an embed, and allowing a website to frame it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vetovoima.common.fields import LANGUAGES
from vetovoima.desk.forms import DeskForm, here
from vetovoima.syndication.embedding.asking import CODE, KEY
from vetovoima.syndication.embedding.lines import HEIGHTS, Embed
from vetovoima.syndication.embedding.queries import REGION

from .wishes import as_parameters, check_together, common_fields, wish_fields

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vetovoima.reference.models import Municipality

WAYS = [
    ("component", _("Component: a script and a tag, takes on the look of the page")),
    ("frame", _("Frame: a window onto our page, for editors that allow no scripts")),
    (
        "fragment",
        _("Fragment: HTML that the website's server fetches, for search engines and without any script"),
    ),
]
MODES = [
    ("list", _("List")), ("map", _("Map")), ("search", _("Search")), ("record", _("One record")), ("figures", _("Key figures")),
]  # fmt: skip
THEMES = [
    ("", _("as the page around it")),
    ("auto", _("as the reader's device")),
    ("light", _("light")),
    ("dark", _("dark")),
]
LANGUAGE_NAMES = {"fi": _("Finnish"), "en": _("English"), "sv": _("Swedish")}


def _name(place: Municipality | None) -> str:
    return place.name.best(here())[0] if place else str(_("the region"))


def _title(place: Municipality | None, language: str) -> str:
    """What the lines call the offer, in the language of the page that will hold them."""
    if place is None:
        return gettext("Sites and premises")
    return gettext("Sites and premises: %(name)s") % {"name": place.name.best(language)[0]}


class BuilderForm(DeskForm):
    """Which way, of what, in which language, narrowed how. Sent by GET: what was built has an address."""

    way = forms.ChoiceField(label=_("Way of showing"), choices=WAYS, widget=forms.RadioSelect)
    place = forms.ChoiceField(label=_("Whose offer"))
    mode = forms.ChoiceField(label=_("What is shown"), choices=MODES)
    code = forms.CharField(
        label=_("Code of the record"), required=False, max_length=30, help_text=_("For one record alone.")
    )
    language = forms.ChoiceField(
        label=_("Language"), choices=[(one, LANGUAGE_NAMES[one]) for one in LANGUAGES]
    )
    theme = forms.ChoiceField(label=_("Colours"), required=False, choices=THEMES)
    height = forms.IntegerField(
        label=_("Height in pixels"), required=False, min_value=100, max_value=5000,
        help_text=_("Kept free from the start, so that nothing on the page moves. Empty: what usually fits."),
    )  # fmt: skip
    channel = forms.CharField(
        label=_("Key of the registered page"), required=False, max_length=8,
        help_text=_("Eight letters and numbers. Visits and enquiries are then counted for that page."),
    )  # fmt: skip

    def __init__(self, places: Iterable[Municipality | None], data: Any = None) -> None:
        self.places = {one.slug if one else REGION: one for one in places}
        first = next((slug for slug, one in self.places.items() if one), next(iter(self.places), ""))
        usual = {"way": "component", "place": first, "mode": "list", "language": here()}
        super().__init__(data, initial=usual)
        choice = self.fields["place"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [(slug, _name(one)) for slug, one in self.places.items()]
        self.common, self.wishes = common_fields(), wish_fields()
        self.fields.update({**self.common, **self.wishes})

    @property
    def common_names(self) -> list[Any]:
        """The fields that are no group of boxes, of what is shown."""
        return [self[name] for name in ("q", "sort", "limit", "examples")]

    @property
    def groups(self) -> list[Any]:
        """The groups of boxes."""
        return [self[name] for name in ("kind", "availability", "sector", "queue")]

    @property
    def figures(self) -> list[Any]:
        """What is typed or chosen of the shared table."""
        kinds = (forms.BooleanField, forms.MultipleChoiceField)
        return [self[name] for name, field in self.wishes.items() if not isinstance(field, kinds)]

    @property
    def flags(self) -> list[Any]:
        """What is wished or not."""
        return [self[name] for name, field in self.wishes.items() if isinstance(field, forms.BooleanField)]

    @property
    def is_narrowed(self) -> bool:
        """Whether the fold of filters is to be open: something in it is chosen or wrong."""
        return self.is_bound and any(self[name].value() or self[name].errors for name in self.wishes)

    def clean(self) -> dict[str, Any]:
        """What belongs together."""
        cleaned = super().clean() or {}
        cleaned["code"] = cleaned.get("code", "").strip().upper()
        if cleaned.get("mode") == "record" and not CODE.fullmatch(cleaned["code"]):
            self.add_error("code", _("Say which record: its code stands at the top of its page."))
        cleaned["channel"] = cleaned.get("channel", "").strip()
        if cleaned["channel"] and not KEY.fullmatch(cleaned["channel"]):
            self.add_error("channel", _("The key of a channel has eight letters and numbers."))
        try:
            check_together(cleaned)
        except ValidationError as error:
            self.add_error(None, error)
        return cleaned

    def embed(self, base: str) -> Embed:
        """What was built; `base` begins the addresses that are copied."""
        chosen = self.cleaned_data
        place = self.places[chosen["place"]]
        mode = chosen["mode"]
        beside = {"code": chosen["code"] if mode == "record" else "", "channel": chosen["channel"]}
        parameters = {**as_parameters(chosen), **{name: value for name, value in beside.items() if value}}
        return Embed(
            base=base, slug=place.slug if place else "", language=chosen["language"], mode=mode, theme=chosen["theme"],
            height=chosen["height"] or HEIGHTS[mode], title=_title(place, chosen["language"]), parameters=parameters,
        )  # fmt: skip


class OriginForm(DeskForm):
    """A website that may show the frame."""

    place = forms.ChoiceField(label=_("Whose offer"))
    origin = forms.CharField(
        label=_("Website"), max_length=300, required=False,
        help_text=_("The beginning of its address alone, for example https://www.town.example."),
        widget=forms.TextInput({"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip

    def __init__(self, places: Iterable[Municipality | None], data: Any = None) -> None:
        super().__init__(data)
        self.places = {one.slug if one else REGION: one for one in places}
        choice = self.fields["place"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [(slug, _name(one)) for slug, one in self.places.items()]

    @property
    def chosen_place(self) -> Municipality | None:
        """Whose it is; None is the region."""
        return self.places[self.cleaned_data["place"]]
