"""Every change of an enquiry. Each is one transaction and one fact; no fact carries a name, an address or a text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from vetovoima.accounts.enums import Sharing
from vetovoima.activity.services import record

from . import rules
from .enums import (
    ANSWERS,
    ENDED,
    ClosingReason,
    EnquiryState,
    NoteKind,
    RejectionReason,
    Verb,
)
from .models import Enquiry, EnquiryNote
from .queries import answer_deadline
from .registry import MAX_NOTE, TRANSITIONS
from .validators import several_lines

if TYPE_CHECKING:
    from vetovoima.accounts.models import Organisation, User

SHAREABLE = (Sharing.OWNER, Sharing.PARTIES, Sharing.NETWORK)


class CannotChangeEnquiry(Exception):
    """The enquiry cannot be changed so now; the text says why."""


class EnquiryChangedMeanwhile(CannotChangeEnquiry):
    """Somebody else changed the enquiry after this person opened it."""


class CannotRelease(CannotChangeEnquiry):
    """Only a held enquiry can be released."""


class CannotMarkAsSpam(CannotChangeEnquiry):
    """An enquiry in somebody's hands is no spam any more."""


class CannotStartScreening(CannotChangeEnquiry):
    """Only a new enquiry can be screened."""


class CannotAssign(CannotChangeEnquiry):
    """It cannot be given to these persons, or not in its state."""


class CannotShare(CannotChangeEnquiry):
    """It cannot be shared so."""


class CannotSeal(CannotChangeEnquiry):
    """It cannot be sealed so."""


class CannotRecordAnswer(CannotChangeEnquiry):
    """An answer cannot be recorded so."""


class CannotAddNote(CannotChangeEnquiry):
    """The note is empty."""


class CannotClose(CannotChangeEnquiry):
    """Only an answered enquiry can be closed."""


class CannotReject(CannotChangeEnquiry):
    """It cannot be rejected in its state, or without a reason."""


class CannotReopen(CannotChangeEnquiry):
    """Only a closed or rejected enquiry can be reopened."""


#: what a person reads when the state does not allow what they ask
WRONG_STATE: Mapping[Verb, tuple[type[CannotChangeEnquiry], Any]] = {
    Verb.RELEASE: (CannotRelease, _("Only an enquiry held as possible spam can be released.")),
    Verb.MARK_AS_SPAM: (CannotMarkAsSpam, _("Only an enquiry that nobody works on yet can be marked as spam.")),
    Verb.START_SCREENING: (CannotStartScreening, _("Only a new enquiry can be taken to screening.")),
    Verb.ASSIGN: (CannotAssign, _("A held, closed or rejected enquiry cannot be assigned.")),
    Verb.SHARE: (CannotShare, _("A held or rejected enquiry cannot be shared.")),
    Verb.SEAL: (CannotSeal, _("Release the held enquiry first.")),
    Verb.RECORD_ANSWER: (CannotRecordAnswer, _("A held, closed or rejected enquiry cannot be answered. Reopen it first.")),
    Verb.ADD_NOTE: (CannotAddNote, _("A note cannot be added.")),
    Verb.CLOSE: (CannotClose, _("Only an answered enquiry can be closed. Record the answer, or reject it.")),
    Verb.REJECT: (CannotReject, _("A held, closed or rejected enquiry cannot be rejected.")),
    Verb.REOPEN: (CannotReopen, _("Only a closed or rejected enquiry can be reopened.")),
}  # fmt: skip


def _opened(enquiry: Enquiry, verb: Verb, by: User | None, revision: int | None) -> Enquiry:
    """The row as it is now, held until the transaction ends, when `by` may do this to it and nobody changed it
    since `revision`. `by` None is the system. Raises PermissionDenied, EnquiryChangedMeanwhile, Cannot…"""
    fresh = Enquiry.objects.select_for_update().get(pk=enquiry.pk)
    if by is not None and not rules.has_right(by, fresh, verb):
        raise PermissionDenied
    if revision is not None and fresh.revision != revision:
        raise EnquiryChangedMeanwhile(
            _(
                "Somebody else changed this enquiry while you had it open. Look at it again, then repeat your change."
            )
        )
    if not rules.fits_state(fresh, verb):
        refusal, sentence = WRONG_STATE[verb]
        raise refusal(sentence)
    return fresh


def _written(
    fresh: Enquiry,
    verb: Verb,
    *,
    event: str,
    by: User | None,
    now: datetime,
    fields: tuple[str, ...] = (),
    changes: Mapping[str, Any] | None = None,
    data: Mapping[str, Any] | None = None,
) -> Enquiry:
    """Move the enquiry on, save the named fields with the next revision, and record the one fact."""
    before = EnquiryState(fresh.state)
    after = TRANSITIONS[verb][before]
    fresh.state = after
    fresh.revision += 1
    fresh.save(update_fields=["state", "revision", *fields])
    moved = {"state": [before.value, after.value]} if before != after else {}
    record_fact(fresh, event, by=by, now=now, changes={**moved, **(changes or {})}, data=data)
    return fresh


def record_fact(
    enquiry: Enquiry,
    event: str,
    *,
    by: User | None,
    now: datetime,
    changes: Mapping[str, Any] | None = None,
    data: Mapping[str, Any] | None = None,
) -> None:
    """This will record one fact about an enquiry, shared as the enquiry is: reference, states and keys alone."""
    record(
        f"pipeline.enquiry.{event}",
        actor=by,
        kind="enquiry",
        code=enquiry.reference,
        now=now,
        changes=changes,
        data={"is_example": enquiry.is_example, **(data or {})},
        sharing=enquiry.sharing,
        organisations=enquiry.parties.all(),
    )


def _start_clock(enquiry: Enquiry, now: datetime) -> tuple[str, str]:
    enquiry.clock_started_at = now
    enquiry.first_answer_due_at = answer_deadline(now)
    return "clock_started_at", "first_answer_due_at"


@transaction.atomic
def release_enquiry(
    *, enquiry: Enquiry, by: User | None, now: datetime, revision: int | None = None
) -> Enquiry:
    """This will let a held enquiry in: its clock starts now, and the person gets the acknowledgement.

    Raises PermissionDenied, EnquiryChangedMeanwhile, CannotRelease.
    """
    fresh = _opened(enquiry, Verb.RELEASE, by, revision)
    fields = _start_clock(fresh, now)
    return _written(fresh, Verb.RELEASE, event="released", by=by, now=now, fields=fields)


@transaction.atomic
def mark_as_spam(*, enquiry: Enquiry, by: User | None, now: datetime, revision: int | None = None) -> Enquiry:
    """This will put an enquiry away as spam; it can be reopened.

    Raises PermissionDenied, EnquiryChangedMeanwhile, CannotMarkAsSpam.
    """
    fresh = _opened(enquiry, Verb.MARK_AS_SPAM, by, revision)
    fresh.rejected_reason = RejectionReason.SPAM
    fresh.ended_at = now
    return _written(
        fresh,
        Verb.MARK_AS_SPAM,
        event="marked_as_spam",
        by=by,
        now=now,
        fields=("rejected_reason", "ended_at"),
    )


@transaction.atomic
def start_screening(
    *, enquiry: Enquiry, by: User | None, now: datetime, note: str = "", revision: int | None = None
) -> Enquiry:
    """This will take a new enquiry to screening, with a first note when there is one.

    Raises PermissionDenied, EnquiryChangedMeanwhile, CannotStartScreening, and ValidationError for a long note.
    """
    fresh = _opened(enquiry, Verb.START_SCREENING, by, revision)
    fresh.screening_started_at = now
    fresh.screening_note = several_lines(note, limit=MAX_NOTE)
    return _written(
        fresh, Verb.START_SCREENING, event="screening_started", by=by, now=now,
        fields=("screening_started_at", "screening_note"),
    )  # fmt: skip


@transaction.atomic
def assign_enquiry(
    *,
    enquiry: Enquiry,
    owner: User,
    deputy: User,
    by: User | None,
    now: datetime,
    revision: int | None = None,
) -> Enquiry:
    """This will give an enquiry to an owner, who answers, and a deputy, who stands in; both then see it.

    Raises PermissionDenied, EnquiryChangedMeanwhile, and CannotAssign: the same person twice, an owner without the
    right to answer, a deputy without the right to see enquiries, or the wrong state.
    """
    fresh = _opened(enquiry, Verb.ASSIGN, by, revision)
    if owner.pk == deputy.pk:
        raise CannotAssign(_("Choose another person as deputy: the owner cannot stand in for themselves."))
    if not rules.can_own(owner):
        raise CannotAssign(_("%(name)s may not answer enquiries. Choose another owner.") % {"name": owner})
    if not rules.can_deputise(deputy):
        raise CannotAssign(_("%(name)s may not see enquiries. Choose another deputy.") % {"name": deputy})
    changes = {"owner": [fresh.owner_id, owner.pk], "deputy": [fresh.deputy_id, deputy.pk]}
    fresh.owner, fresh.deputy = owner, deputy
    if fresh.sharing == Sharing.SEALED:
        fresh.sealed_for.add(owner, deputy)
    return _written(
        fresh, Verb.ASSIGN, event="assigned", by=by, now=now, fields=("owner", "deputy"), changes=changes
    )


@transaction.atomic
def share_enquiry(
    *,
    enquiry: Enquiry,
    level: str,
    parties: Iterable[Organisation] = (),
    by: User | None,
    now: datetime,
    revision: int | None = None,
) -> Enquiry:
    """This will set who sees an enquiry beside the council: nobody (`owner`), the named organisations (`parties`) or
    all partners (`network`). It also ends a seal. Those newly named are told by mail.

    Raises PermissionDenied, EnquiryChangedMeanwhile, and CannotShare: another level, `parties` without one, or the
    wrong state.
    """
    fresh = _opened(enquiry, Verb.SHARE, by, revision)
    named = {one.pk: one for one in parties} if level == Sharing.PARTIES else {}
    if level not in SHAREABLE:
        raise CannotShare(
            _("An enquiry can be shared with nobody, with named organisations or with the network.")
        )
    if level == Sharing.PARTIES and not named:
        raise CannotShare(_("Choose the organisations with which the enquiry is shared."))
    before, sharing_before = set(fresh.parties.values_list("pk", flat=True)), fresh.sharing
    fresh.sharing = level
    fresh.parties.set(named.values())
    fresh.sealed_for.clear()
    return _written(
        fresh, Verb.SHARE, event="shared", by=by, now=now, fields=("sharing",),
        changes={"sharing": [sharing_before, str(level)], "parties": [sorted(before), sorted(named)]},
        data={"added": sorted(set(named) - before)},
    )  # fmt: skip


@transaction.atomic
def seal_enquiry(
    *, enquiry: Enquiry, persons: Iterable[User], by: User | None, now: datetime, revision: int | None = None
) -> Enquiry:
    """This will keep an enquiry to named persons: those given, whoever seals it, its owner and its deputy.

    All sharing ends. Raises PermissionDenied, EnquiryChangedMeanwhile, and CannotSeal for a person who may not see
    enquiries at all, nobody, or the wrong state.
    """
    fresh = _opened(enquiry, Verb.SEAL, by, revision)
    named = {one.pk: one for one in (*persons, by, fresh.owner, fresh.deputy) if one is not None}
    for one in named.values():
        if not rules.can_deputise(one):
            raise CannotSeal(_("%(name)s may not see enquiries.") % {"name": one})
    if not named:
        raise CannotSeal(_("Name the persons who may see it."))
    sharing_before = fresh.sharing
    fresh.sharing = Sharing.SEALED
    fresh.parties.clear()
    fresh.sealed_for.set(named.values())
    return _written(
        fresh, Verb.SEAL, event="sealed", by=by, now=now, fields=("sharing",),
        changes={"sharing": [sharing_before, Sharing.SEALED.value]},
    )  # fmt: skip


@transaction.atomic
def record_answer(
    *,
    enquiry: Enquiry,
    text: str,
    by: User | None,
    now: datetime,
    kind: str = NoteKind.ANSWER,
    answered_at: datetime | None = None,
    revision: int | None = None,
) -> Enquiry:
    """This will keep an answer that the person got, in writing or by call. The first one stops the clock, once.

    `answered_at` is when the person got it, now unless given. Raises PermissionDenied, EnquiryChangedMeanwhile, and
    CannotRecordAnswer for an empty text, a moment outside the enquiry's time, or the wrong state.
    """
    fresh = _opened(enquiry, Verb.RECORD_ANSWER, by, revision)
    moment = answered_at or now
    if kind not in ANSWERS:
        raise CannotRecordAnswer(_("An answer is given in writing or by call."))
    if not text.strip():
        raise CannotRecordAnswer(_("Write what was answered."))
    if moment > now or moment < fresh.received_at:
        raise CannotRecordAnswer(
            _("The answer must have been given after the enquiry came, and not in the future.")
        )
    is_first = fresh.first_answered_at is None
    if is_first:
        fresh.first_answered_at = moment
    EnquiryNote.objects.create(
        enquiry=fresh,
        kind=kind,
        text=several_lines(text, limit=MAX_NOTE),
        by=by,
        at=moment,
        is_first_answer=is_first,
    )
    return _written(
        fresh, Verb.RECORD_ANSWER, event="answered", by=by, now=now, fields=("first_answered_at",),
        data={"is_first_answer": is_first},
    )  # fmt: skip


@transaction.atomic
def add_note(*, enquiry: Enquiry, text: str, by: User | None, now: datetime) -> EnquiryNote:
    """This will add a note for colleagues; the enquiry itself stays as it is, so nobody's open form grows old.

    Raises PermissionDenied, and CannotAddNote when there is no text.
    """
    fresh = _opened(enquiry, Verb.ADD_NOTE, by, None)
    if not text.strip():
        raise CannotAddNote(_("Write the note first."))
    note = EnquiryNote.objects.create(
        enquiry=fresh, kind=NoteKind.NOTE, text=several_lines(text, limit=MAX_NOTE), by=by, at=now
    )
    record_fact(fresh, "noted", by=by, now=now)
    return note


@transaction.atomic
def close_enquiry(
    *,
    enquiry: Enquiry,
    reason: str,
    by: User | None,
    now: datetime,
    note: str = "",
    revision: int | None = None,
) -> Enquiry:
    """This will end an answered enquiry with a reason.

    Raises PermissionDenied, EnquiryChangedMeanwhile, and CannotClose without a reason or before the answer.
    """
    fresh = _opened(enquiry, Verb.CLOSE, by, revision)
    if reason not in ClosingReason.values:
        raise CannotClose(_("Choose how the enquiry ended."))
    fresh.closing_reason = reason
    _end(fresh, note, now)
    return _written(
        fresh, Verb.CLOSE, event="closed", by=by, now=now, fields=("closing_reason", "ending_note", "ended_at"),
        data={"reason": str(reason)},
    )  # fmt: skip


@transaction.atomic
def reject_enquiry(
    *,
    enquiry: Enquiry,
    reason: str,
    by: User | None,
    now: datetime,
    note: str = "",
    revision: int | None = None,
) -> Enquiry:
    """This will end an enquiry that is not taken further, with a reason. The person is told by whoever decides.

    Raises PermissionDenied, EnquiryChangedMeanwhile, and CannotReject without a reason or in the wrong state.
    """
    fresh = _opened(enquiry, Verb.REJECT, by, revision)
    if reason not in RejectionReason.values:
        raise CannotReject(_("Choose why the enquiry is rejected."))
    fresh.rejected_reason = reason
    _end(fresh, note, now)
    return _written(
        fresh, Verb.REJECT, event="rejected", by=by, now=now, fields=("rejected_reason", "ending_note", "ended_at"),
        data={"reason": str(reason)},
    )  # fmt: skip


def _end(enquiry: Enquiry, note: str, now: datetime) -> None:
    enquiry.ending_note = several_lines(note, limit=MAX_NOTE)
    enquiry.ended_at = now


@transaction.atomic
def reopen_enquiry(
    *, enquiry: Enquiry, by: User | None, now: datetime, revision: int | None = None
) -> Enquiry:
    """This will take an ended enquiry up again. One that never had a clock, because it was held, gets it now.

    Raises PermissionDenied, EnquiryChangedMeanwhile, CannotReopen.
    """
    fresh = _opened(enquiry, Verb.REOPEN, by, revision)
    assert fresh.state in ENDED
    fresh.rejected_reason = fresh.closing_reason = ""
    fresh.ended_at = None
    fields: tuple[str, ...] = ("rejected_reason", "closing_reason", "ended_at")
    if fresh.clock_started_at is None:
        fields += _start_clock(fresh, now)
    return _written(fresh, Verb.REOPEN, event="reopened", by=by, now=now, fields=fields)
