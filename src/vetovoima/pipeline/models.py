"""Enquiries: confidential. Nothing of them stands in a Wagtail model, a public document, a fact or a log."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from vetovoima.accounts.enums import Sharing
from vetovoima.accounts.rights import Action, Kind, Reach
from vetovoima.accounts.rules import organisation_ids, reach

from .enums import (
    OPEN,
    UNANSWERED,
    Channel,
    ClosingReason,
    EnquiryState,
    NoteKind,
    RejectionReason,
    Segment,
    Timing,
)


class EnquiryQuerySet(models.QuerySet["Enquiry"]):
    """Adjectives for lists of enquiries."""

    def visible_to(self, user: Any) -> EnquiryQuerySet:
        """The enquiries that a person may see: the one definition for object, list, search and count.

        Reach ALL sees what is not sealed to others. Reach SHARED sees what is shared with the network, what is shared
        with an organisation of the person, and what the person carries as owner or deputy. What is sealed is seen by
        the named alone, what is held as spam only by those who may screen.
        """
        furthest = reach(user, Kind.ENQUIRY, Action.VIEW)
        if furthest == Reach.NONE:
            return self.none()
        named = Q(sharing=Sharing.SEALED, pk__in=_named(user))
        if furthest == Reach.ALL:
            found = self.filter(~Q(sharing=Sharing.SEALED) | named)
        else:
            with_us = Q(sharing=Sharing.PARTIES, pk__in=_shared_with(organisation_ids(user)))
            carried = ~Q(sharing=Sharing.SEALED) & (Q(owner=user) | Q(deputy=user))
            found = self.filter(Q(sharing=Sharing.NETWORK) | with_us | carried | named)
        if reach(user, Kind.ENQUIRY, Action.SCREEN) < Reach.ALL:
            found = found.exclude(state=EnquiryState.HELD)
        return found

    def unanswered(self) -> EnquiryQuerySet:
        """Those whose person still waits for a first answer."""
        return self.filter(state__in=UNANSWERED)

    def open(self) -> EnquiryQuerySet:
        """Those that are neither held nor ended."""
        return self.filter(state__in=OPEN)

    def held(self) -> EnquiryQuerySet:
        """Those that wait for a person to say whether they are spam."""
        return self.filter(state=EnquiryState.HELD)

    def overdue(self, now: datetime) -> EnquiryQuerySet:
        """Those whose promised time of a first answer is past."""
        return self.unanswered().filter(first_answer_due_at__lt=now)

    def real(self) -> EnquiryQuerySet:
        """Those that are no examples."""
        return self.filter(is_example=False)

    def complete(self) -> EnquiryQuerySet:
        """With everything that a page of an enquiry needs."""
        return self.select_related(
            "owner", "deputy", "sector", "municipality", "site__municipality"
        ).prefetch_related("parties", "sealed_for")


def _named(user: Any) -> Any:
    return Enquiry.sealed_for.through.objects.filter(user_id=user.pk).values("enquiry_id")


def _shared_with(organisations: set[int]) -> Any:
    return Enquiry.parties.through.objects.filter(organisation_id__in=organisations).values("enquiry_id")


class Enquiry(models.Model):
    """What an investor or a company asked. Comes through `intake`, is changed by `services` alone."""

    reference = models.CharField(max_length=20, unique=True)
    state = models.CharField(max_length=12, choices=EnquiryState.choices, default=EnquiryState.NEW)
    revision = models.PositiveIntegerField(default=1)
    is_example = models.BooleanField(default=False)

    received_at = models.DateTimeField()
    channel = models.CharField(max_length=12, choices=Channel.choices, default=Channel.FORM)
    language = models.CharField(max_length=5, default="en")
    person_name = models.CharField(_("name"), max_length=200)
    person_role = models.CharField(_("role"), max_length=200, blank=True)
    person_email = models.EmailField(_("e-mail"))
    person_phone = models.CharField(_("telephone"), max_length=60, blank=True)
    company_name = models.CharField(_("company"), max_length=200, blank=True)
    company_country = models.CharField(_("country"), max_length=80, blank=True)
    segment = models.CharField(max_length=20, choices=Segment.choices, blank=True)
    sector = models.ForeignKey(
        "reference.Sector", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    municipality = models.ForeignKey(
        "reference.Municipality", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    site = models.ForeignKey(
        "catalogue.Site", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    message = models.TextField(_("message"))
    area_m2 = models.FloatField(null=True, blank=True)
    power_mw = models.FloatField(null=True, blank=True)
    investment_eur = models.BigIntegerField(null=True, blank=True)
    timing = models.CharField(max_length=10, choices=Timing.choices, blank=True)
    size_note = models.CharField(_("size and timing"), max_length=300, blank=True)
    wishes_secrecy = models.BooleanField(default=False)

    submission_key = models.CharField(max_length=80, unique=True)
    content_digest = models.CharField(max_length=64)
    spam_reasons = models.JSONField(default=list, blank=True)

    sharing = models.CharField(max_length=10, choices=Sharing.choices, default=Sharing.OWNER)
    parties = models.ManyToManyField("accounts.Organisation", related_name="+", blank=True)
    sealed_for = models.ManyToManyField("accounts.User", related_name="+", blank=True)
    owner = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    deputy = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    clock_started_at = models.DateTimeField(null=True, blank=True)
    first_answer_due_at = models.DateTimeField(null=True, blank=True)
    first_answered_at = models.DateTimeField(null=True, blank=True)
    screening_started_at = models.DateTimeField(null=True, blank=True)
    screening_note = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    rejected_reason = models.CharField(max_length=20, choices=RejectionReason.choices, blank=True)
    closing_reason = models.CharField(max_length=20, choices=ClosingReason.choices, blank=True)
    ending_note = models.TextField(blank=True)

    objects = EnquiryQuerySet.as_manager()

    class Meta:
        ordering = ("-received_at", "-pk")
        verbose_name_plural = "enquiries"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=("state", "first_answer_due_at"), name="enquiry_waiting"),
            models.Index(fields=("content_digest", "received_at"), name="enquiry_repeat"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(state__in=EnquiryState.values), name="enquiry_state_known"),
            models.CheckConstraint(
                condition=Q(sharing__in=[Sharing.NETWORK, Sharing.PARTIES, Sharing.OWNER, Sharing.SEALED]),
                name="enquiry_never_public",
                violation_error_message=_("An enquiry is never public."),
            ),
            models.CheckConstraint(
                condition=Q(owner=None, deputy=None)
                | (Q(owner__isnull=False, deputy__isnull=False) & ~Q(owner=F("deputy"))),
                name="enquiry_owner_and_deputy",
                violation_error_message=_("An owner and another person as deputy are needed."),
            ),
            models.CheckConstraint(
                condition=Q(state=EnquiryState.HELD)
                | Q(state=EnquiryState.REJECTED)
                | Q(first_answer_due_at__isnull=False),
                name="enquiry_clock_runs",
                violation_error_message=_("An enquiry in work has a time by which it is answered."),
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class EnquiryNote(models.Model):
    """Something written down about an enquiry: an answer, a call, a note. Never changed; as confidential as it."""

    enquiry = models.ForeignKey("pipeline.Enquiry", on_delete=models.CASCADE, related_name="notes")
    kind = models.CharField(max_length=12, choices=NoteKind.choices)
    text = models.TextField()
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    is_first_answer = models.BooleanField(default=False)
    content_digest = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ("at", "pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=("enquiry",), condition=Q(is_first_answer=True), name="one_first_answer",
                violation_error_message=_("The first answer is recorded already."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.enquiry_id}: {self.kind}"


class ReferenceCounter(models.Model):
    """The last number given to an enquiry in a year. Its row is the gate through which enquiries come one by one."""

    prefix = models.CharField(max_length=5)
    year = models.PositiveIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("prefix", "year")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("prefix", "year"), name="one_counter_a_year"),
        ]

    def __str__(self) -> str:
        return f"{self.prefix}-{self.year}: {self.last}"
