"""A municipality's contacts with companies."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from vetovoima.accounts.rights import Action, Kind, Reach
from vetovoima.accounts.rules import municipality_ids, reach
from vetovoima.cooperation.contacts.enums import ContactKind


class CompanyContactQuerySet(models.QuerySet["CompanyContact"]):
    """Adjectives for lists of contacts."""

    def visible_to(self, user: Any) -> CompanyContactQuerySet:
        """The whole record: of one's own municipality alone. A right over all municipalities opens nothing here."""
        if reach(user, Kind.CONTACT, Action.EDIT) < Reach.OWN:
            return self.none()
        return self.filter(municipality_id__in=municipality_ids(user, Kind.CONTACT, Action.EDIT))


class CompanyContact(models.Model):
    """One contact with a company. Confidential to the municipality; `shared_summary` alone goes further, once shared."""

    code = models.SlugField(max_length=20, unique=True)
    municipality = models.ForeignKey("reference.Municipality", on_delete=models.PROTECT, related_name="+")
    company_name = models.CharField(max_length=200)
    business_id = models.CharField(max_length=9, blank=True)
    happened_on = models.DateField()
    kind = models.CharField(max_length=10, choices=ContactKind.choices)
    our_people = models.CharField(max_length=200)
    subject = models.CharField(max_length=200)
    notes = models.TextField(max_length=10_000, blank=True)
    outcome = models.TextField(max_length=2000, blank=True)
    follow_up_on = models.DateField(null=True, blank=True)
    follow_up_by = models.ForeignKey(
        "accounts.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    followed_up_on = models.DateField(null=True, blank=True)
    shared_summary = models.TextField(max_length=1000, blank=True)
    shared_on = models.DateField(null=True, blank=True)
    shared_by = models.CharField(max_length=120, blank=True)
    is_example = models.BooleanField(default=False)
    revision = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField()

    objects = CompanyContactQuerySet.as_manager()

    class Meta:
        ordering = ("-happened_on", "-pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(kind__in=ContactKind.values), name="company_contact_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(shared_on__isnull=True) | ~Q(shared_summary=""),
                name="company_contact_shared_words",
                violation_error_message=_("Write the summary that is shared."),
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def waits(self) -> bool:
        """Whether somebody promised to come back to it and has not yet."""
        return self.follow_up_on is not None and self.followed_up_on is None

    def is_late(self, today: date) -> bool:
        """Whether the day of the follow-up has passed."""
        return self.waits() and self.follow_up_on is not None and self.follow_up_on < today
