"""Forms of the contact log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from vetovoima.cooperation.contacts.enums import ContactKind
from vetovoima.cooperation.contacts.queries import own_municipalities, own_people
from vetovoima.desk.forms import DayField, DeskForm, here

if TYPE_CHECKING:
    from vetovoima.accounts.models import User
    from vetovoima.cooperation.models import CompanyContact
    from vetovoima.reference.models import Municipality

COPIED = (
    "company_name", "business_id", "happened_on", "kind", "our_people", "subject", "notes", "outcome", "follow_up_on",
)  # fmt: skip


class ContactForm(DeskForm):
    """One contact with a company."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    municipality = forms.ChoiceField(label=_("Municipality"))
    company_name = forms.CharField(label=_("Company"), max_length=200)
    business_id = forms.CharField(
        label=_("Business ID"), max_length=20, required=False, help_text=_("For example 1234567-1.")
    )
    happened_on = DayField(label=pgettext_lazy("of a contact", "Day"), required=True)
    kind = forms.ChoiceField(label=_("Kind"), choices=ContactKind.choices)
    our_people = forms.CharField(label=_("Who of us"), max_length=200)
    subject = forms.CharField(label=_("Subject"), max_length=200)
    notes = forms.CharField(
        label=_("Notes"), required=False, max_length=10_000, widget=forms.Textarea({"rows": 6}),
        help_text=_("Seen by your own municipality alone, not even by the council."),
    )  # fmt: skip
    outcome = forms.CharField(
        label=_("Outcome"), required=False, max_length=2000, widget=forms.Textarea({"rows": 2})
    )
    follow_up_on = DayField(label=_("Follow-up on"), help_text=_("It comes to My day a week before."))
    follow_up_by = forms.ChoiceField(label=_("Who follows up"), required=False)

    def __init__(self, user: User, data: Any = None, *, thing: CompanyContact | None = None) -> None:
        self.towns = {one.slug: one for one in own_municipalities(user)}
        super().__init__(data, initial=self._initial(user, thing))
        if thing is not None or len(self.towns) == 1:
            del self.fields["municipality"]
        else:
            self._choose(
                "municipality", [(slug, one.name.best(here())[0]) for slug, one in self.towns.items()]
            )
        self.people = self._people(thing)
        names = [(str(one.pk), str(one)) for one in self.people.values()]
        self._choose("follow_up_by", [("", _("anybody of us")), *names])

    def _people(self, thing: CompanyContact | None) -> dict[str, User]:
        towns = [thing.municipality] if thing else list(self.towns.values())
        return {str(one.pk): one for town in towns for one in own_people(town)}

    def _choose(self, name: str, choices: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    @staticmethod
    def _initial(user: User, thing: CompanyContact | None) -> dict[str, Any]:
        if thing is None:
            return {
                "revision": 0,
                "happened_on": localdate(),
                "our_people": str(user),
                "kind": ContactKind.VISIT,
            }
        found = {name: getattr(thing, name) for name in (*COPIED, "revision")}
        return {**found, "follow_up_by": str(thing.follow_up_by_id or "")}

    @property
    def rows(self) -> list[list[Any]]:
        """The fields in rows, as they are filled in."""
        names = (
            ("municipality",), ("company_name", "business_id"), ("happened_on", "kind", "our_people"), ("subject",),
            ("notes",), ("outcome",), ("follow_up_on", "follow_up_by"),
        )  # fmt: skip
        return [[self[name] for name in row if name in self.fields] for row in names]

    @property
    def log_of(self) -> Municipality:
        """Whose log the contact goes to."""
        return self.towns.get(self.cleaned_data.get("municipality", "")) or next(iter(self.towns.values()))

    def values(self) -> dict[str, Any]:
        """What was written, as the service takes it."""
        read = self.cleaned_data
        person = self.people.get(read["follow_up_by"])
        return {**{name: read[name] for name in COPIED}, "follow_up_by": person}


class SummaryForm(DeskForm):
    """What of a contact is told to the network."""

    summary = forms.CharField(
        label=_("Summary for the network"), max_length=1000, widget=forms.Textarea({"rows": 3}),
        help_text=_("The council and the other municipalities see these words, your municipality's name and the day of sharing. Nothing else of the contact."),
    )  # fmt: skip


class FollowUpForm(DeskForm):
    """What came of a follow-up."""

    outcome = forms.CharField(
        label=_("What came of it"), max_length=2000, required=False, widget=forms.Textarea({"rows": 2})
    )
