"""Questions about mails."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef

from vetovoima.accounts.rights import Action, Kind
from vetovoima.accounts.rules import may

from .enums import MailState
from .models import Mail
from .registry import TEMPLATES


@dataclass(frozen=True)
class MailLine:
    """A mail as whoever runs the service sees it: whether it left, not what it said; an outsider's address masked."""

    number: int
    key: str
    template: str
    language: str
    recipient: str
    state: str
    created_at: datetime
    sent_at: datetime | None
    can_go_again: bool


def mails_for(user: Any, now: datetime, *, limit: int = 200) -> list[MailLine]:
    """The latest mails for a person who runs the service, newest first; none for anybody else."""
    if not may(user, Kind.MAIL, Action.VIEW):
        return []
    mails = list(Mail.objects.order_by("-created_at", "-pk")[:limit])
    again = set(Mail.objects.sendable_again(now).values_list("pk", flat=True))
    return [
        MailLine(
            mail.pk, mail.key, mail.template, mail.language, _shown(mail), mail.state, mail.created_at, mail.sent_at,
            mail.pk in again,
        )
        for mail in mails
    ]  # fmt: skip


def mail(number: int) -> Mail | None:
    """One mail for who runs the service, or None."""
    return Mail.objects.filter(pk=number).first()


def _shown(mail: Mail) -> str:
    template = TEMPLATES.get(mail.template)
    if template is not None and not template.is_to_outsider:
        return mail.to
    return "…@" + mail.to.rpartition("@")[2].rpartition(".")[2]


def mail_counts() -> dict[str, int]:
    """How many mails are in each state."""
    rows = Mail.objects.order_by().values("state").annotate(number=Count("pk"))
    return {**dict.fromkeys(MailState.values, 0), **{row["state"]: row["number"] for row in rows}}


def refused_matters(*, about_kind: str, before: datetime) -> set[str]:
    """The matters of a kind whose mails are refused for good, as their codes: one that was written before a moment was
    refused, and none written after it was accepted."""
    accepted = Mail.objects.filter(
        about_kind=about_kind,
        about_code=OuterRef("about_code"),
        state=MailState.SENT,
        created_at__gt=OuterRef("created_at"),
    )
    refused = Mail.objects.filter(about_kind=about_kind, state=MailState.FAILED, created_at__lt=before)
    return set(refused.exclude(Exists(accepted)).order_by().values_list("about_code", flat=True))
