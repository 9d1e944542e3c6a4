"""Changes of mails: queue one, note that it left or was refused."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime
from email.utils import parseaddr
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from vetovoima.accounts.enums import Sharing
from vetovoima.activity.outbox import enqueue, forget
from vetovoima.activity.services import record

from .documents import write_mail
from .enums import MailState
from .models import Mail
from .registry import TEMPLATES
from .validators import recipient

if TYPE_CHECKING:
    from vetovoima.accounts.models import User

TOPIC = "messaging.mail"


@transaction.atomic
def queue_mail(
    *,
    key: str,
    to: str,
    language: str,
    template: str,
    context: Mapping[str, Any],
    about_kind: str = "",
    about_code: str = "",
    sharing: str = Sharing.OWNER,
    stop_url: str = "",
    now: datetime | None = None,
) -> Mail:
    """This will write one mail and the outbox item that sends it, in the caller's transaction.

    The same `key` twice is one mail: the second call changes nothing. The key stands in logs, so it names the matter
    and never an address. The Message-ID is fixed here, so that a mail sent twice is one mail to its reader's program.
    `stop_url` is where its reader ends such mails at one click.
    Raises ValidationError for an address that is not one, and KeyError for an unknown template or a missing part.
    """
    moment = now or timezone.now()
    address = recipient(to)
    subject, body = write_mail(template, language, context)
    mail, created = Mail.objects.get_or_create(
        key=key,
        defaults={
            "template": template,
            "to": address,
            "language": language,
            "subject": subject,
            "body": body,
            "message_id": _new_message_id(),
            "created_at": moment,
            "about_kind": about_kind,
            "about_code": about_code,
            "sharing": sharing,
            "stop_url": stop_url,
        },
    )
    if created:
        enqueue(TOPIC, f"mail:{key}", {"mail": mail.pk}, now=moment)
    return mail


@transaction.atomic
def erase_mails(*, about_kind: str, about_code: str) -> int:
    """This will erase the mails about a matter, their addresses with them, and not send what still waits; returns how
    many. For matters of outsiders who ask to be forgotten."""
    found = list(Mail.objects.filter(about_kind=about_kind, about_code=about_code).values_list("pk", "key"))
    forget(TOPIC, [f"mail:{key}" for _pk, key in found])
    Mail.objects.filter(pk__in=[pk for pk, _key in found]).delete()
    return len(found)


def _new_message_id() -> str:
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return f"<{uuid.uuid4().hex}@{domain}>"


def mark_sent(*, mail: Mail, now: datetime) -> None:
    """This will note that a mail left; a text that holds a secret is erased."""
    _leave_waiting(mail, state=MailState.SENT, sent_at=now)


def mark_refused(*, mail: Mail) -> None:
    """This will note that the receiving side refused a mail for good; a text that holds a secret is erased."""
    _leave_waiting(mail, state=MailState.FAILED)


def _leave_waiting(mail: Mail, **values: Any) -> None:
    if TEMPLATES[mail.template].holds_secret:
        values["body"] = ""
    Mail.objects.filter(pk=mail.pk, state=MailState.WAITING).update(**values)


@transaction.atomic
def send_again(*, mail: Mail, by: User, now: datetime) -> bool:
    """This will queue a refused mail once more, after a person mended the reason; True when it did.

    A mail that waited beyond the outbox's last attempt counts as refused; one still being tried is left alone, and so
    is one whose text was erased because it held a secret. Effects: an outbox item and one fact, which names neither the
    mail's matter nor its reader.
    """
    if not Mail.objects.sendable_again(now).filter(pk=mail.pk).update(state=MailState.WAITING):
        return False
    is_new = enqueue(TOPIC, f"mail:{mail.pk}:again:{now:%Y%m%d%H%M%S}", {"mail": mail.pk}, now=now)
    if is_new:
        record("messaging.mail.sent_again", actor=by, kind="mail", code=str(mail.pk), now=now)
    return is_new
