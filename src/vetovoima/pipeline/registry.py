"""The rules of the enquiry as data: the ways between states, who may go them, what looks like spam, the limits."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta

from vetovoima.accounts.rights import Action

from .enums import EnquiryState, Verb

HELD, NEW, SCREENING = EnquiryState.HELD, EnquiryState.NEW, EnquiryState.SCREENING
ASSIGNED, ANSWERED = EnquiryState.ASSIGNED, EnquiryState.ANSWERED
CLOSED, REJECTED = EnquiryState.CLOSED, EnquiryState.REJECTED


def _staying(*states: EnquiryState) -> dict[EnquiryState, EnquiryState]:
    return {state: state for state in states}


#: verb → {state before: state after}; what is not written here cannot be done
TRANSITIONS: Mapping[Verb, Mapping[EnquiryState, EnquiryState]] = {
    Verb.RELEASE: {HELD: NEW},
    Verb.MARK_AS_SPAM: {HELD: REJECTED, NEW: REJECTED, SCREENING: REJECTED},
    Verb.START_SCREENING: {NEW: SCREENING},
    # Assigning again changes the owner, at any time until the matter is closed.
    Verb.ASSIGN: {NEW: ASSIGNED, SCREENING: ASSIGNED, ASSIGNED: ASSIGNED, ANSWERED: ANSWERED},
    Verb.SHARE: _staying(NEW, SCREENING, ASSIGNED, ANSWERED, CLOSED),
    Verb.SEAL: _staying(NEW, SCREENING, ASSIGNED, ANSWERED, CLOSED, REJECTED),
    Verb.RECORD_ANSWER: {NEW: ANSWERED, SCREENING: ANSWERED, ASSIGNED: ANSWERED, ANSWERED: ANSWERED},
    Verb.ADD_NOTE: _staying(*EnquiryState),
    Verb.CLOSE: {ANSWERED: CLOSED},
    Verb.REJECT: {NEW: REJECTED, SCREENING: REJECTED, ASSIGNED: REJECTED, ANSWERED: REJECTED},
    Verb.REOPEN: {CLOSED: ANSWERED, REJECTED: SCREENING},
}

#: verb → the right that it asks for
RIGHT_FOR: Mapping[Verb, Action] = {
    Verb.RELEASE: Action.SCREEN,
    Verb.MARK_AS_SPAM: Action.SCREEN,
    Verb.START_SCREENING: Action.SCREEN,
    Verb.ASSIGN: Action.ASSIGN,
    Verb.SHARE: Action.SHARE,
    Verb.SEAL: Action.SHARE,
    Verb.RECORD_ANSWER: Action.ANSWER,
    Verb.ADD_NOTE: Action.ANSWER,
    Verb.CLOSE: Action.ANSWER,
    Verb.REJECT: Action.SCREEN,
    Verb.REOPEN: Action.SCREEN,
}

MAX_MESSAGE = 5_000
MAX_NOTE = 20_000
MAX_LINE = 200
#: a form stays open over a long meeting, not over a night
TOKEN_LIFE = timedelta(hours=4)
#: the same text from the same address within this time is a second click, not a second matter
REPEAT_WINDOW = timedelta(minutes=10)
#: how often one matter can be sent again with other words before only the receipt is repeated
MAX_ADDITIONS = 5

FASTEST_PERSON = timedelta(seconds=3)
MAX_LINKS = 3
#: messages an hour; what comes beyond is held, because an office shares one network address
RATE_WINDOW = timedelta(hours=1)
RATE_PER_NETWORK_ADDRESS = 30
RATE_PER_EMAIL = 10

LINK = re.compile(r"https?://|\bwww\.", re.IGNORECASE)
#: wordings of the advertisements that forms attract; none of them occurs in an enquiry about a site
SPAM_WORDS = re.compile(
    r"\[url=|\[/?link|<a\s+href"
    r"|\b(?:viagra|cialis|escort girls|porn\w*|online casino|casino bonus|payday loans?)\b"
    r"|\b(?:buy|quality|cheap) backlinks?\b|\bguest posts?\b|\bseo (?:services?|agency|experts?|packages?)\b"
    r"|\b(?:first page|top|rank\w*) (?:of|on|in) google\b|\bincrease your (?:website )?traffic\b",
    re.IGNORECASE,
)
