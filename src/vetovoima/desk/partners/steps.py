"""The forms of what happens to a delivery: sent, receipt, shown, outcome, told; and of a conversation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vetovoima.desk.forms import DayField, DeskForm, WholeField
from vetovoima.syndication.partners.enums import Outcome, Way
from vetovoima.syndication.partners.validators import LONGEST_NOTE

if TYPE_CHECKING:
    from datetime import date

    from vetovoima.syndication.partners.models import DeliveredRecord, PartnerDelivery


def _note(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label, required=False, max_length=LONGEST_NOTE, widget=forms.Textarea({"rows": 2}),
        help_text=_("Seen by those who prepared it and by the council."),
    )  # fmt: skip


class SentForm(DeskForm):
    """That it was sent."""

    sent_on = DayField(label=_("Sent on"), required=True)
    way = forms.ChoiceField(label=_("How"), choices=Way.choices)
    sent_to = forms.CharField(label=_("To whom or where"), required=False, max_length=300)

    def __init__(self, delivery: PartnerDelivery, today: date, data: Any = None) -> None:
        super().__init__(
            data,
            initial={"sent_on": today, "way": Way.MAIL, "sent_to": delivery.channel.email},
            prefix="sent",
        )


class ReceiptForm(DeskForm):
    """That they have it."""

    received_on = DayField(label=_("Received on"), required=True)
    reference = forms.CharField(label=_("Their reference"), required=False, max_length=120)
    note = _note(_("What they answered"))
    file = forms.FileField(label=_("Their answer as a PDF or picture"), required=False)

    def __init__(self, delivery: PartnerDelivery, today: date, data: Any = None, files: Any = None) -> None:
        known = {
            "received_on": delivery.received_on or today, "reference": delivery.receipt_reference,
            "note": delivery.receipt_note,
        }  # fmt: skip
        super().__init__(data, files, initial=known, prefix="receipt")


class ShownForm(DeskForm):
    """Where and in which version they show it."""

    shown_on = DayField(label=_("Seen on"), required=True)
    url = forms.CharField(label=_("Address of their page"), required=False, max_length=500)

    def __init__(
        self, delivery: PartnerDelivery, records: list[DeliveredRecord], today: date, data: Any = None
    ) -> None:
        super().__init__(data, initial={"shown_on": today, "url": delivery.shown_url}, prefix="shown")
        self.codes = [one.code for one in records]
        for one in records:
            was_seen = delivery.shown_on is not None
            self.fields[f"version_{one.code}"] = WholeField(
                label=_("Version of %(code)s that they show") % {"code": one.code},
                help_text=_("Empty: not seen there."),
                initial=one.shown_version if was_seen else one.version,
            )

    def versions(self) -> dict[str, int | None]:
        """What was seen, by code."""
        read = {code: self.cleaned_data[f"version_{code}"] for code in self.codes}
        return {code: None if value is None else int(value) for code, value in read.items()}

    def field_for(self, name: str) -> str | None:
        """Versions are spoken of at the first record."""
        return f"version_{self.codes[0]}" if name == "versions" and self.codes else super().field_for(name)

    @property
    def version_fields(self) -> list[Any]:
        """A field for each record."""
        return [self[f"version_{code}"] for code in self.codes]


class OutcomeForm(DeskForm):
    """What came of it: numbers alone, who asked is in the enquiries."""

    ended_on = DayField(label=_("Known since"), required=True)
    outcome = forms.ChoiceField(label=_("What came of it"), choices=Outcome.choices)
    enquiry_count = WholeField(label=_("Enquiries"), help_text=_("How many; empty is not known. No names."))
    lead_count = WholeField(label=_("Leads"), help_text=_("How many; empty is not known. No names."))
    deal_url = forms.CharField(label=_("Address where they published it"), required=False, max_length=500)
    outcome_note = _note(_("In words"))

    def __init__(self, delivery: PartnerDelivery, today: date, data: Any = None) -> None:
        names = ("outcome", "enquiry_count", "lead_count", "deal_url", "outcome_note")
        known = {name: getattr(delivery, name) for name in names if getattr(delivery, name) not in ("", None)}
        super().__init__(data, initial={"ended_on": delivery.ended_on or today, **known}, prefix="outcome")

    def values(self) -> dict[str, Any]:
        """What was written, as the service takes it."""
        read = dict(self.cleaned_data)
        for name in ("enquiry_count", "lead_count"):
            read[name] = None if read[name] is None else int(read[name])
        return read


class ToldForm(DeskForm):
    """That they know of what was withdrawn."""

    told_on = DayField(label=_("Told on"), required=True)

    def __init__(self, today: date, data: Any = None) -> None:
        super().__init__(data, initial={"told_on": today}, prefix="told")


class TalkForm(DeskForm):
    """A conversation with a channel."""

    happened_on = DayField(label=_("Day"), required=True)
    topic = forms.CharField(label=_("What you spoke about"), required=False, max_length=500)
    next_on = DayField(label=_("Next time on"), help_text=_("Empty: as the plan says."))

    def __init__(self, today: date, data: Any = None) -> None:
        super().__init__(data, initial={"happened_on": today}, prefix="talk")
