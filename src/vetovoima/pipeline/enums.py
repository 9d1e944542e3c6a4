"""States and kinds of an enquiry (terms: fi yhteydenotto, sv förfrågan)."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class EnquiryState(TextChoices):
    """Where an enquiry is on its way to an answer; the ways between the states stand in `registry.TRANSITIONS`."""

    HELD = "held", _("Held as possible spam")
    NEW = "new", _("New")
    SCREENING = "screening", _("Being screened")
    ASSIGNED = "assigned", _("Assigned")
    ANSWERED = "answered", _("Answered")
    CLOSED = "closed", _("Closed")
    REJECTED = "rejected", _("Rejected")


#: states in which the person still waits for a first answer: the clock runs
UNANSWERED = (EnquiryState.NEW, EnquiryState.SCREENING, EnquiryState.ASSIGNED)
#: states in which somebody of the service has something to do
OPEN = (*UNANSWERED, EnquiryState.ANSWERED)
#: states in which nothing more is expected
ENDED = (EnquiryState.CLOSED, EnquiryState.REJECTED)


class Segment(TextChoices):
    """Who asks (strategy 6.4 names foreign companies and domestic capital; the others ask too)."""

    FOREIGN_COMPANY = "foreign_company", _("Company from abroad")
    DOMESTIC_COMPANY = "domestic_company", _("Company from elsewhere in Finland")
    LOCAL_COMPANY = "local_company", _("Company of the region")
    CAPITAL_INVESTOR = "capital_investor", _("Capital investor or investor group")
    INTERMEDIARY = "intermediary", _("Consultant or intermediary")
    PUBLIC = "public", _("Public body or research organisation")
    OTHER = "other", _("Other")


class Timing(TextChoices):
    """When the site is needed."""

    WITHIN_6_MONTHS = "0-6", _("Within 6 months")
    WITHIN_12_MONTHS = "6-12", _("In 6 to 12 months")
    WITHIN_24_MONTHS = "12-24", _("In 1 to 2 years")
    LATER = "24+", _("Later than in 2 years")
    UNKNOWN = "unknown", _("Not known yet")


class Channel(TextChoices):
    """By which way it came; every way makes the same record."""

    FORM = "form", _("Form of the portal")
    EMAIL = "email", _("E-mail")
    PHONE = "phone", _("Telephone")
    MEETING = "meeting", _("Meeting or event")
    PARTNER = "partner", _("Partner")


class SpamReason(TextChoices):
    """Why an enquiry was held for a person to look at."""

    HONEYPOT = "honeypot", _("A field that people cannot see was filled in")
    TOO_FAST = "too_fast", _("Sent faster than a person can write")
    LINKS = "links", _("Many links")
    WORDS = "words", _("Wording of known advertisements")
    RATE = "rate", _("Many messages from the same address in an hour")


class NoteKind(TextChoices):
    """What was written down."""

    NOTE = "note", _("Note")
    ANSWER = "answer", _("Answer")
    CALL = "call", _("Call")
    ADDITION = "addition", _("Addition by the person who asked")


#: kinds that count as an answer to the person
ANSWERS = (NoteKind.ANSWER, NoteKind.CALL)


class RejectionReason(TextChoices):
    """Why an enquiry is not taken further."""

    SPAM = "spam", _("Spam")
    DUPLICATE = "duplicate", _("The same matter is handled in another enquiry")
    OUT_OF_SCOPE = "out_of_scope", _("Not a matter of this service")
    NOT_CREDIBLE = "not_credible", _("Not credible")
    REFERRED = "referred", _("Referred elsewhere")
    OTHER = "other", _("Other reason")


class ClosingReason(TextChoices):
    """How an answered enquiry ended."""

    CONTINUES = "continues", _("Continues as a project")
    SATISFIED = "satisfied", _("Got what was asked for")
    LOST = "lost", _("Chose another place")
    DORMANT = "dormant", _("Postponed by the company")
    NO_REPLY = "no_reply", _("No reply from the company")
    OTHER = "other", _("Other reason")


class Verb(TextChoices):
    """What can be done to an enquiry; each verb is a service of this name."""

    RELEASE = "release", _("Release")
    MARK_AS_SPAM = "mark_as_spam", _("Mark as spam")
    START_SCREENING = "start_screening", _("Start screening")
    ASSIGN = "assign", _("Assign")
    SHARE = "share", _("Share")
    SEAL = "seal", _("Seal")
    RECORD_ANSWER = "record_answer", _("Record an answer")
    ADD_NOTE = "add_note", _("Add a note")
    CLOSE = "close", _("Close")
    REJECT = "reject", _("Reject")
    REOPEN = "reopen", _("Reopen")
