"""Describing a webhook, and saying since when to send again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vetovoima.common.fields import LANGUAGES
from vetovoima.desk.forms import DeskForm, MomentField, here
from vetovoima.reference.queries import municipalities
from vetovoima.syndication.webhooks.enums import Content
from vetovoima.syndication.webhooks.events import EVENTS
from vetovoima.syndication.webhooks.validators import FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vetovoima.reference.models import Municipality
    from vetovoima.syndication.webhooks.models import Webhook

#: stands for the region in the choice of whose webhook it is
REGION = "-"


class WebhookForm(DeskForm):
    """Where to tell, of what, and what a message says."""

    place = forms.ChoiceField(label=_("Whose webhook it is"))
    title = forms.CharField(
        label=_("Name of the receiver"), max_length=120, required=False,
        help_text=_("As your people know it, for example “The municipality's own pages”."),
    )  # fmt: skip
    url = forms.CharField(
        label=_("Address"), max_length=2000, required=False,
        help_text=_("Begins with https:// and can be reached from the internet. Redirects are not followed."),
        widget=forms.TextInput({"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
    events = forms.MultipleChoiceField(
        label=_("What it is told of"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(one.name, one.label) for one in EVENTS.values()],
    )  # fmt: skip
    municipalities = forms.MultipleChoiceField(
        label=_("Of which municipalities' records (none chosen: of all)"), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    content = forms.ChoiceField(label=_("What a message says of a record"), choices=Content.choices)
    language = forms.ChoiceField(label=_("Language of the document"))
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, places: Iterable[Municipality | None], data: Any = None, webhook: Webhook | None = None
    ) -> None:
        known: dict[str, Any] = {
            "events": [name for name in EVENTS if name.startswith("record.")],
            "language": here(),
        }
        if webhook is not None:
            known = {name: getattr(webhook, name) for name in FIELDS} | {"revision": webhook.revision}
        super().__init__(data, initial=known)
        self.places = {one.slug if one else REGION: one for one in places}
        self._choose(
            "place",
            [(key, one.name.best(here())[0] if one else _("the region")) for key, one in self.places.items()],
        )
        self._choose(
            "municipalities",
            sorted(
                ((one.slug, one.name.best(here())[0]) for one in municipalities()), key=lambda pair: pair[1]
            ),
        )
        self._choose("language", [(one, _language_name(one)) for one in LANGUAGES])
        if webhook is not None:
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


def _language_name(code: str) -> Any:
    return {"fi": _("Finnish"), "en": _("English"), "sv": _("Swedish")}[code]


class ReplayForm(DeskForm):
    """Since when everything is sent again."""

    since = MomentField(label=_("Since"), required=True, help_text=_("A moment of the last 30 days."))


class SecretForm(DeskForm):
    """How long the secret that is replaced goes on beside the new one."""

    hours = forms.TypedChoiceField(
        label=_("The old secret goes on"), coerce=int, initial=24,
        choices=[(24, _("for a day")), (168, _("for a week")), (0, _("not at all: it has become known"))],
    )  # fmt: skip
