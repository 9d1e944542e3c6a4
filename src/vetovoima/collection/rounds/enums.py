"""Kinds and states of duties and rounds (terms: fi keruukierros, kuntakierros, ennakkokysymykset, vastuuhenkilö)."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RoundKind(TextChoices):
    """What a round asks for."""

    SITE_UPDATE = "site_update", _("Update of the sites")
    OUTLOOK = "outlook", _("Outlook of planned investments")
    ANNUAL = "annual", _("Annual municipal round")


class RoundState(TextChoices):
    """Where a round is; it opens and closes by its days, or earlier by the coordinator's hand."""

    PLANNED = "planned", pgettext_lazy("round", "Planned")
    OPEN = "open", pgettext_lazy("round", "Open")
    CLOSED = "closed", pgettext_lazy("round", "Closed")


class TaskState(TextChoices):
    """Where one municipality's part of a round is."""

    NOT_STARTED = "not_started", _("Not started")
    STARTED = "started", pgettext_lazy("answer", "Started")
    ANSWERED = "answered", pgettext_lazy("round", "Answered")
    ACCEPTED = "accepted", pgettext_lazy("answer", "Accepted")
    RETURNED = "returned", pgettext_lazy("answer", "Returned for completion")


#: states in which the municipality writes
WRITABLE = (TaskState.NOT_STARTED, TaskState.STARTED, TaskState.RETURNED)
#: states in which something was handed in
HANDED_IN = (TaskState.ANSWERED, TaskState.ACCEPTED)


class NoticeStep(TextChoices):
    """The letters that a municipality gets about its part of a round, each at most once."""

    OPENED = "opened", _("Told that it opened")
    HALF = "half", _("Reminded at half time")
    LAST = "last", _("Reminded near the end")
    CLOSED = "closed", _("Deputy told that the answer is missing")


class QuestionType(TextChoices):
    """What the answer to a question is."""

    TEXT = "text", pgettext_lazy("answer", "Text")
    NUMBER = "number", pgettext_lazy("answer", "Number")
    CHOICE = "choice", pgettext_lazy("answer", "One of several")
    YES_NO = "yes_no", pgettext_lazy("answer", "Yes or no")


class Certainty(TextChoices):
    """How certain a planned investment is."""

    DECIDED = "decided", pgettext_lazy("investment", "Decided")
    LIKELY = "likely", pgettext_lazy("investment", "Likely")
    POSSIBLE = "possible", pgettext_lazy("investment", "Possible")
    IDEA = "idea", pgettext_lazy("investment", "An idea")


class Obstacle(TextChoices):
    """What stands in the way of a planned investment."""

    NONE = "none", pgettext_lazy("obstacle", "Nothing")
    PERMITS = "permits", pgettext_lazy("obstacle", "Permits")
    PLANNING = "planning", pgettext_lazy("obstacle", "Land-use planning")
    GRID = "grid", pgettext_lazy("obstacle", "Electricity grid")
    TRANSPORT = "transport", pgettext_lazy("obstacle", "Transport links")
    LABOUR = "labour", pgettext_lazy("obstacle", "Labour")
    FUNDING = "funding", pgettext_lazy("obstacle", "Funding")
    MARKET = "market", pgettext_lazy("obstacle", "Market situation")
    OTHER = "other", pgettext_lazy("obstacle", "Something else")


class Measure(TextChoices):
    """By what fact a duty is kept; `hand` is for what no fact of the service can tell."""

    STEWARD = "steward", _("A steward and a deputy are named")
    VERIFIED = "verified", _("Every public record has been checked in time")
    COMPLETE = "complete", _("Every public record is complete enough")
    PUBLISHED = "published", _("Something has been published in time")
    OUTLOOK = "outlook", _("An outlook of planned investments has been given in time")
    ANNUAL = "annual", _("The annual round has been answered in time")
    HAND = "hand", _("Somebody has said that it was done")


class DutyState(TextChoices):
    """How a duty stands for one municipality."""

    KEPT = "kept", pgettext_lazy("duty", "Kept")
    SOON = "soon", pgettext_lazy("duty", "Due soon")
    OVERDUE = "overdue", pgettext_lazy("duty", "Overdue")
    NOTHING = "nothing", pgettext_lazy("duty", "Nothing to keep yet")
