"""Mails as rows: what was said to whom, and whether it left."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Q

from vetovoima.accounts.enums import Sharing

from .enums import MailState

#: so long after it was written a mail that still waits is beyond the outbox's last attempt
GIVEN_UP_AFTER = timedelta(days=3)


class MailQuerySet(models.QuerySet["Mail"]):
    """Adjectives for lists of mails."""

    def sendable_again(self, now: datetime) -> MailQuerySet:
        """Those refused, or given up, whose text is still there: one that held a secret has been erased."""
        given_up = Q(state=MailState.WAITING, created_at__lt=now - GIVEN_UP_AFTER)
        return self.filter(Q(state=MailState.FAILED) | given_up).exclude(body="")


class Mail(models.Model):
    """One mail to one person. Written by `services.queue_mail`, sent by the worker, as confidential as its matter."""

    key = models.CharField(max_length=160, unique=True)
    template = models.CharField(max_length=40)
    to = models.EmailField()
    language = models.CharField(max_length=5)
    subject = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    message_id = models.CharField(max_length=200, unique=True)
    state = models.CharField(max_length=10, choices=MailState.choices, default=MailState.WAITING)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    about_kind = models.CharField(max_length=30, blank=True)
    about_code = models.CharField(max_length=60, blank=True)
    sharing = models.CharField(max_length=10, choices=Sharing.choices, default=Sharing.OWNER)
    #: where its reader ends letters of this kind at one click (RFC 8058); empty when there is nothing to end
    stop_url = models.CharField(max_length=300, blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-pk")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=("about_kind", "about_code"), name="mail_about"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(state__in=MailState.values), name="mail_state_known"),
            models.CheckConstraint(
                condition=~Q(state=MailState.SENT) | Q(sent_at__isnull=False), name="mail_sent_has_moment"
            ),
        ]

    def __str__(self) -> str:
        return self.key
