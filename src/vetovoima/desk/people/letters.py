"""The invitation and its letter, in one transaction: neither is there without the other."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from vetovoima.accounts.enums import Role
from vetovoima.accounts.services import invite
from vetovoima.messaging.services import queue_mail

if TYPE_CHECKING:
    from collections.abc import Callable

    from vetovoima.accounts.models import Organisation, User


@transaction.atomic
def send_invitation(
    *, email: str, organisation: Organisation, role: str, language: str, by: User, now: datetime,
    address_of: Callable[[str], str],
) -> str:  # fmt: skip
    """This will invite a person, queue the letter, and return the address that lets them in, to be shown once.

    `address_of` makes the address of a secret.
    """
    invitation, secret = invite(
        email=email, organisation=organisation, role=Role(role), language=language, by=by, now=now
    )
    link = address_of(secret)
    queue_mail(
        key=f"invitation-{invitation.pk}", to=email, language=language, template="invitation",
        context={"organisation": organisation.name.best(language)[0], "link": link, "expires_at": invitation.expires_at},
        now=now,
    )  # fmt: skip
    return link
