"""Sending: what the worker does with an outbox item of the topic `messaging.mail`.

A mail already sent is not sent again. Between the moment at which the mail server accepts a mail and the moment at
which the row says so lies one statement; a worker killed exactly there leaves a mail that is sent a second time, with
the same Message-ID, by which mail programs show it once. No protocol of mail can close that gap; everything else
(killed before, killed after, two workers, a lost connection) sends exactly once.
"""

from __future__ import annotations

import logging
import smtplib
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from vetovoima.activity.outbox import PermanentFailure, TemporaryFailure
from vetovoima.activity.registry import handler

from . import services
from .enums import MailState
from .models import Mail

log = logging.getLogger(__name__)
#: the longest wait for one answer of the mail server: even eight slow answers end before the outbox lease of 60 s
STEP_SECONDS = 7
#: an automatic mail says so, so that absence replies do not answer it (RFC 3834)
HEADERS = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}


@handler(services.TOPIC)
def send_mail(payload: dict[str, Any]) -> None:
    """This will send one waiting mail and mark it at once.

    Raises TemporaryFailure when the server is away or says "later", and PermanentFailure when it refuses the mail or
    its recipient; the texts of both carry no address, because they stand in logs.
    """
    mail = Mail.objects.filter(pk=payload["mail"]).first()
    if mail is None:
        raise PermanentFailure("The mail is not there any more")
    if mail.state != MailState.WAITING:
        return
    connection = get_connection(timeout=min(settings.EMAIL_TIMEOUT or STEP_SECONDS, STEP_SECONDS))
    message = EmailMessage(
        subject=mail.subject,
        body=mail.body,
        to=[mail.to],
        headers={**HEADERS, "Message-ID": mail.message_id, **_stopping(mail)},
        connection=connection,
    )
    try:
        # Opened here, so that sending ends with the server's "accepted" and the farewell comes after the mark.
        connection.open()
        message.send()
    except (smtplib.SMTPException, OSError) as error:
        failure = failure_of(error)
        if isinstance(failure, PermanentFailure):
            services.mark_refused(mail=mail)
        _hang_up(connection)
        raise failure from None
    services.mark_sent(mail=mail, now=timezone.now())
    _hang_up(connection)


def _stopping(mail: Mail) -> dict[str, str]:
    """What lets a mail program offer to end such mails itself, at one click (RFC 2369, RFC 8058)."""
    if not mail.stop_url:
        return {}
    return {
        "List-Unsubscribe": f"<{mail.stop_url}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def _hang_up(connection: BaseEmailBackend) -> None:
    """End the conversation; a server that is gone already has nothing more to hear."""
    try:
        connection.close()
    except (smtplib.SMTPException, OSError):
        log.info("the mail server hung up first")


def failure_of(error: Exception) -> TemporaryFailure | PermanentFailure:
    """This will judge an error of sending by its code (RFC 5321: 4xx later, 5xx never).

    A refused sender or sign-in is the operator's to mend, and the mails wait for it: that is temporary.
    """
    kind = type(error).__name__
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _text in error.recipients.values()]
        if codes and all(500 <= code < 600 for code in codes):
            return PermanentFailure(f"The recipient was refused ({codes[0]})")
        return TemporaryFailure(f"The recipient was put off ({codes[0] if codes else 'no code'})")
    if isinstance(error, smtplib.SMTPDataError) and 500 <= error.smtp_code < 600:
        return PermanentFailure(f"The mail was refused ({error.smtp_code})")
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return PermanentFailure("The mail server cannot carry this address")
    code = f" ({error.smtp_code})" if isinstance(error, smtplib.SMTPResponseException) else ""
    return TemporaryFailure(f"The mail server did not take the mail: {kind}{code}")
