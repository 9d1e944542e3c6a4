"""Links by which a municipality's part of a round is answered without an account.

A link is 256 bits of chance, shown once and stored as its hash alone. It opens one municipality's part of one round
until a week after the round's end, or until it is revoked.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from vetovoima.collection.models.rounds import AnswerLink, RoundTask

from . import rules
from .answers import Writer, record_task
from .days import GRACE, start_of, takes_answers

if TYPE_CHECKING:
    from vetovoima.accounts.models import User
    from vetovoima.reference.models import Municipality

SECRET_BYTES = 32
SECRET = re.compile(r"[A-Za-z0-9_-]{43}")
MAX_LINKS = 10


class LinkNotValid(Exception):
    """The link was revoked, has expired, or never was: from outside all look the same."""


class MakerHasLeft(LinkNotValid):
    """The link would work, but whoever made it may no longer answer for the municipality."""

    def __init__(self, municipality: Municipality) -> None:
        super().__init__()
        self.municipality = municipality


class CannotMakeLink(Exception):
    """A link cannot be made now; the text says why."""


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def make_link(*, task: RoundTask, holder: str, by: User, now: datetime) -> tuple[AnswerLink, str]:
    """This will make a link and return it with its secret, which is shown once and never stored.

    Raises PermissionDenied, and CannotMakeLink without a holder, with ten working links already, or after the end.
    """
    if not rules.can_answer(by, task):
        raise PermissionDenied
    if not holder.strip():
        raise CannotMakeLink(_("Say to whom the link is given, so that others know who answered."))
    if not takes_answers(task.round, now):
        raise CannotMakeLink(_("The round takes no answers now."))
    if sum(one.works for one in links_of(task, now)) >= MAX_LINKS:
        raise CannotMakeLink(_("There are ten links already. Revoke one that is not needed any more."))
    secret = secrets.token_urlsafe(SECRET_BYTES)
    link = AnswerLink.objects.create(
        task=task,
        secret_hash=_hash(secret),
        holder=" ".join(holder.split())[:120],
        made_by=by,
        made_at=now,
        expires_at=start_of(task.round.closes_on + timedelta(days=1)) + GRACE,
    )
    record_task(task, "link_made", writer=Writer(by), now=now, data={"link": link.pk})
    return link, secret


@transaction.atomic
def revoke_link(*, link: AnswerLink, by: User, now: datetime) -> AnswerLink:
    """This will end a link at once; what was written by it stays. Raises PermissionDenied."""
    if not rules.can_answer(by, link.task):
        raise PermissionDenied
    if link.revoked_at is None:
        link.revoked_at = now
        link.save(update_fields=["revoked_at"])
        record_task(link.task, "link_revoked", writer=Writer(by), now=now, data={"link": link.pk})
    return link


@dataclass(frozen=True)
class LinkStanding:
    """A link as those who may answer see it. It stops with whoever made it: made anew, it is somebody's again."""

    link: AnswerLink
    has_expired: bool
    is_stopped: bool

    @property
    def works(self) -> bool:
        """Whether it opens anything now."""
        return not (self.link.revoked_at or self.has_expired or self.is_stopped)


def links_of(task: RoundTask, now: datetime) -> list[LinkStanding]:
    """This will list a task's links, the newest first, and say of each whether it works. The caller has fetched the
    task for a person."""
    found = task.links.select_related("made_by").prefetch_related("made_by__memberships__organisation")
    return [
        LinkStanding(
            link, link.expires_at <= now, not rules.may_still_answer(link.made_by, task.municipality_id)
        )
        for link in found
    ]


def looks_like_secret(text: str) -> bool:
    """Whether a text could be a link's secret at all: anything else is refused without asking the database."""
    return SECRET.fullmatch(text) is not None


def open_link(secret: str, now: datetime) -> AnswerLink:
    """This will find a link that works now, with its task; raises LinkNotValid, and MakerHasLeft when nobody stands for
    it any more: a link gives what its maker may give, and no longer than the maker may."""
    if not looks_like_secret(secret):
        raise LinkNotValid
    found = (
        AnswerLink.objects.select_related("task__round", "task__municipality", "made_by")
        .filter(secret_hash=_hash(secret), revoked_at=None, expires_at__gt=now)
        .first()
    )
    if found is None or not takes_answers(found.task.round, now):
        raise LinkNotValid
    if not rules.may_still_answer(found.made_by, found.task.municipality_id):
        raise MakerHasLeft(found.task.municipality)
    return found


def note_use(*, link: AnswerLink, now: datetime) -> None:
    """This will remember when a link was last written with, for whoever gave it out."""
    AnswerLink.objects.filter(pk=link.pk).update(used_at=now)
