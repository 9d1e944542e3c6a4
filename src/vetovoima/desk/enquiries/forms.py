"""One small form for each thing that can be done to an enquiry. `values()` is what its service is given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vetovoima.accounts.enums import OrganisationKind, Sharing
from vetovoima.accounts.queries import organisations
from vetovoima.desk.forms import DeskForm, MomentField, here
from vetovoima.pipeline.enums import ANSWERS, ClosingReason, NoteKind, RejectionReason
from vetovoima.pipeline.queries import possible_deputies, possible_owners

if TYPE_CHECKING:
    from vetovoima.pipeline.models import Enquiry

LEVELS = (
    (Sharing.OWNER, _("The council, and whoever carries it")),
    (Sharing.PARTIES, _("Also the organisations chosen below")),
    (Sharing.NETWORK, _("All partners signed in")),
)


def _text(label: Any, rows: int = 4, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, required=False, widget=forms.Textarea({"rows": rows}), **more)


class StepForm(DeskForm):
    """Nothing to fill in but the revision that the person saw."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, enquiry: Enquiry, data: Any = None, prefix: str = "") -> None:
        self.enquiry = enquiry
        super().__init__(data, auto_id=f"id_{prefix}_%s" if prefix else "id_%s", initial=self.start())

    def start(self) -> dict[str, Any]:
        """What the form begins with."""
        return {"revision": self.enquiry.revision}

    def values(self) -> dict[str, Any]:
        """What the service is given."""
        return dict(self.cleaned_data)


class ScreenForm(StepForm):
    """A first note."""

    note = _text(_("First impression"), 3)


class AssignForm(StepForm):
    """Who answers, and who stands in."""

    owner = forms.ChoiceField(label=_("Owner, who answers"))
    deputy = forms.ChoiceField(label=_("Deputy, who stands in"))

    def __init__(self, enquiry: Enquiry, data: Any = None, prefix: str = "") -> None:
        super().__init__(enquiry, data, prefix)
        self.owners = {str(one.pk): one for one in possible_owners()}
        self.deputies = {str(one.pk): one for one in possible_deputies()}
        for name, people in (("owner", self.owners), ("deputy", self.deputies)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", str(_("choose"))), *((key, str(one)) for key, one in people.items())]

    def start(self) -> dict[str, Any]:
        """The present owner and deputy."""
        return {
            **super().start(),
            "owner": self.enquiry.owner_id or "",
            "deputy": self.enquiry.deputy_id or "",
        }

    def values(self) -> dict[str, Any]:
        """The persons."""
        read = self.cleaned_data
        return {**read, "owner": self.owners[read["owner"]], "deputy": self.deputies[read["deputy"]]}


class ShareForm(StepForm):
    """Who sees it beside the council."""

    level = forms.ChoiceField(label=_("Who sees it"), choices=LEVELS, widget=forms.RadioSelect)
    parties = forms.MultipleChoiceField(
        label=_("Organisations"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, enquiry: Enquiry, data: Any = None, prefix: str = "") -> None:
        super().__init__(enquiry, data, prefix)
        self.organisations = {str(one.pk): one for one in organisations()}
        field = self.fields["parties"]
        assert isinstance(field, forms.ChoiceField)
        ordered = sorted(
            self.organisations.items(), key=lambda item: (_place(item[1].kind), item[1].name.best(here())[0])
        )
        field.choices = [(key, one.name.best(here())[0]) for key, one in ordered]

    def start(self) -> dict[str, Any]:
        """How it is shared now."""
        level = self.enquiry.sharing if self.enquiry.sharing != Sharing.SEALED else Sharing.OWNER
        return {
            **super().start(),
            "level": level,
            "parties": [str(one.pk) for one in self.enquiry.parties.all()],
        }

    def values(self) -> dict[str, Any]:
        """The organisations."""
        read = self.cleaned_data
        return {**read, "parties": [self.organisations[key] for key in read["parties"]]}


def _place(kind: str) -> int:
    """Municipalities first: they are asked most often."""
    return 0 if kind == OrganisationKind.MUNICIPALITY else 1


class SealForm(StepForm):
    """The persons who alone see it."""

    persons = forms.MultipleChoiceField(
        label=_("Persons"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, enquiry: Enquiry, data: Any = None, prefix: str = "") -> None:
        super().__init__(enquiry, data, prefix)
        self.people = {str(one.pk): one for one in possible_deputies()}
        field = self.fields["persons"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(key, str(one)) for key, one in self.people.items()]

    def start(self) -> dict[str, Any]:
        """Those named now."""
        return {**super().start(), "persons": [str(one.pk) for one in self.enquiry.sealed_for.all()]}

    def values(self) -> dict[str, Any]:
        """The persons."""
        return {**self.cleaned_data, "persons": [self.people[key] for key in self.cleaned_data["persons"]]}


class AnswerForm(StepForm):
    """What the person was answered, how and when."""

    text = _text(_("What was answered"), 6)
    kind = forms.ChoiceField(label=_("How"), choices=[(one.value, one.label) for one in ANSWERS])
    answered_at = MomentField(label=_("When the person got it"), help_text=_("Empty means now."))

    def start(self) -> dict[str, Any]:
        """In writing."""
        return {**super().start(), "kind": NoteKind.ANSWER}


class NoteForm(StepForm):
    """A note for colleagues."""

    text = _text(_("Note for those who see this enquiry"))

    def values(self) -> dict[str, Any]:
        """A note does not change the enquiry, so it asks for no revision."""
        return {"text": self.cleaned_data["text"]}


class CloseForm(StepForm):
    """How it ended."""

    reason = forms.ChoiceField(label=_("How it ended"), choices=[("", _("choose")), *ClosingReason.choices])
    note = _text(_("Note"), 3)


class RejectForm(StepForm):
    """Why it is not taken further."""

    reason = forms.ChoiceField(label=_("Reason"), choices=[("", _("choose")), *RejectionReason.choices])
    note = _text(_("Note"), 3)
