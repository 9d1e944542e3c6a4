"""Who may do what to an enquiry (roles and rights: `accounts.rights`; the right for each verb: `registry`)."""

from __future__ import annotations

from typing import Any

from vetovoima.accounts.rights import Action, Kind, Reach
from vetovoima.accounts.rules import may, reach

from .enums import EnquiryState, Verb
from .models import Enquiry
from .registry import RIGHT_FOR, TRANSITIONS


def can_view(user: Any, enquiry: Enquiry) -> bool:
    """Whether a person may see it: the same definition as for lists."""
    return Enquiry.objects.filter(pk=enquiry.pk).visible_to(user).exists()


def has_right(user: Any, enquiry: Enquiry, verb: Verb) -> bool:
    """Whether a person's role lets them do this to an enquiry that they see, whatever its state is."""
    return may(user, Kind.ENQUIRY, RIGHT_FOR[verb]) and can_view(user, enquiry)


def fits_state(enquiry: Enquiry, verb: Verb) -> bool:
    """Whether this can be done in the enquiry's state."""
    return EnquiryState(enquiry.state) in TRANSITIONS[verb]


def _can(user: Any, enquiry: Enquiry, verb: Verb) -> bool:
    return fits_state(enquiry, verb) and has_right(user, enquiry, verb)


def possible_verbs(user: Any, enquiry: Enquiry) -> list[Verb]:
    """What a person may do to it now, in the order of the service path."""
    if not can_view(user, enquiry):
        return []
    return [verb for verb in Verb if fits_state(enquiry, verb) and may(user, Kind.ENQUIRY, RIGHT_FOR[verb])]


def can_release(user: Any, enquiry: Enquiry) -> bool:
    """Whether a person may say that a held one is no spam."""
    return _can(user, enquiry, Verb.RELEASE)


def can_mark_as_spam(user: Any, enquiry: Enquiry) -> bool:
    """Whether a person may put it away as spam."""
    return _can(user, enquiry, Verb.MARK_AS_SPAM)


def can_start_screening(user: Any, enquiry: Enquiry) -> bool:
    """Whether a person may start to screen it."""
    return _can(user, enquiry, Verb.START_SCREENING)


def can_assign(user: Any, enquiry: Enquiry) -> bool:
    """Whether a person may give it to an owner and a deputy."""
    return _can(user, enquiry, Verb.ASSIGN)


def can_share(user: Any, enquiry: Enquiry) -> bool:
    """Whether a person may share it with others, or take that back."""
    return _can(user, enquiry, Verb.SHARE)


def can_seal(user: Any, enquiry: Enquiry) -> bool:
    """Whether a person may keep it to named persons."""
    return _can(user, enquiry, Verb.SEAL)


def can_record_answer(user: Any, enquiry: Enquiry) -> bool:
    """Whether a person may record an answer."""
    return _can(user, enquiry, Verb.RECORD_ANSWER)


def can_add_note(user: Any, enquiry: Enquiry) -> bool:
    """Whether a person may write a note."""
    return _can(user, enquiry, Verb.ADD_NOTE)


def can_close(user: Any, enquiry: Enquiry) -> bool:
    """Whether a person may close it."""
    return _can(user, enquiry, Verb.CLOSE)


def can_reject(user: Any, enquiry: Enquiry) -> bool:
    """Whether a person may reject it."""
    return _can(user, enquiry, Verb.REJECT)


def can_reopen(user: Any, enquiry: Enquiry) -> bool:
    """Whether a person may take it up again."""
    return _can(user, enquiry, Verb.REOPEN)


def can_own(user: Any) -> bool:
    """Whether a person can be an owner: who carries a matter must be able to answer it."""
    return reach(user, Kind.ENQUIRY, Action.ANSWER) > Reach.NONE


def can_deputise(user: Any) -> bool:
    """Whether a person can be a deputy: they must be able to see enquiries at all."""
    return may(user, Kind.ENQUIRY, Action.VIEW)
