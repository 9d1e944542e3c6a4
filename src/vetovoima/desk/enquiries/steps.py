"""What can be done to an enquiry, verb by verb: its form, its service, what is said when it is done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from vetovoima.pipeline import services
from vetovoima.pipeline.enums import EnquiryState, Verb

from . import forms


@dataclass(frozen=True)
class Step:
    """One verb. `label` is on its button."""

    form: type[forms.StepForm]
    service: Callable[..., Any]
    label: Any
    done: Any


STEPS: dict[Verb, Step] = {
    Verb.RELEASE: Step(
        forms.StepForm, services.release_enquiry, _("Not spam: release"),
        _("Released. The person gets the acknowledgement, and the time to answer begins now."),
    ),
    Verb.MARK_AS_SPAM: Step(
        forms.StepForm, services.mark_as_spam, _("Put away as spam"),
        _("Put away as spam. It can be reopened."),
    ),
    Verb.START_SCREENING: Step(
        forms.ScreenForm, services.start_screening, _("Start screening"), _("You screen this enquiry now."),
    ),
    Verb.ASSIGN: Step(
        forms.AssignForm, services.assign_enquiry, _("Assign"), _("Assigned. Owner and deputy see the enquiry and get a mail."),
    ),
    Verb.SHARE: Step(
        forms.ShareForm, services.share_enquiry, _("Share"), _("Saved. Those newly named get a mail."),
    ),
    Verb.SEAL: Step(
        forms.SealForm, services.seal_enquiry, _("Seal"), _("Sealed: only the named persons see it now."),
    ),
    Verb.RECORD_ANSWER: Step(
        forms.AnswerForm, services.record_answer, _("Record an answer"), _("The answer is recorded."),
    ),
    Verb.ADD_NOTE: Step(
        forms.NoteForm, services.add_note, _("Add a note"), _("The note is added."),
    ),
    Verb.CLOSE: Step(
        forms.CloseForm, services.close_enquiry, _("Close"), _("Closed. It can be reopened."),
    ),
    Verb.REJECT: Step(
        forms.RejectForm, services.reject_enquiry, _("Reject"), _("Rejected. It can be reopened."),
    ),
    Verb.REOPEN: Step(
        forms.StepForm, services.reopen_enquiry, _("Reopen"), _("Reopened."),
    ),
}  # fmt: skip

#: the one thing that moves an enquiry on from each state
NEXT: dict[str, Verb] = {
    EnquiryState.HELD: Verb.RELEASE,
    EnquiryState.NEW: Verb.START_SCREENING,
    EnquiryState.SCREENING: Verb.ASSIGN,
    EnquiryState.ASSIGNED: Verb.RECORD_ANSWER,
    EnquiryState.ANSWERED: Verb.CLOSE,
    EnquiryState.CLOSED: Verb.REOPEN,
    EnquiryState.REJECTED: Verb.REOPEN,
}

#: the other verbs in the order in which they are wanted; what ends an enquiry comes last
ORDER = (
    Verb.RECORD_ANSWER,
    Verb.ADD_NOTE,
    Verb.ASSIGN,
    Verb.SHARE,
    Verb.SEAL,
    Verb.START_SCREENING,
    Verb.CLOSE,
    Verb.RELEASE,
    Verb.REOPEN,
    Verb.REJECT,
    Verb.MARK_AS_SPAM,
)
