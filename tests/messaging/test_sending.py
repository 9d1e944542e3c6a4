"""A mail is a row first, leaves once, and what the mail server says is understood."""

from __future__ import annotations

import smtplib
import socket
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from tests.factories import NOW, make_person
from vetovoima.accounts.enums import Role
from vetovoima.activity import outbox
from vetovoima.activity.models import OutboxItem, OutboxState
from vetovoima.messaging import queries, services
from vetovoima.messaging.models import Mail
from vetovoima.messaging.tasks import failure_of, send_mail


def queue(key: str = "one", to: str = "ada@asker.example", **more) -> Mail:
    given = {
        "language": "en", "template": "site_published",
        "context": {"code": "TUU-ABC-0001", "name": "Åsa's hall", "link": "https://service.example/"}, **more,
    }  # fmt: skip
    return services.queue_mail(key=key, to=to, **given)


def work() -> int:
    return outbox.work_through("a-worker")


def test_a_mail_is_sent_with_its_own_message_id(region, sink):
    mail = queue()

    work()

    mail.refresh_from_db()
    (arrived,) = sink.delivered
    assert (arrived.message_id, arrived.to) == (mail.message_id, ("ada@asker.example",))
    assert arrived.message["Subject"] == "Published: Åsa's hall (TUU-ABC-0001)"
    assert arrived.message["Auto-Submitted"] == "auto-generated"
    assert arrived.message.get_content().replace("\r\n", "\n") == mail.body
    assert (mail.state, mail.sent_at is not None) == ("sent", True)
    assert OutboxItem.objects.get().state == OutboxState.DONE


def test_the_same_key_twice_is_one_mail(region, sink):
    first, second = queue(), queue(to="bo@asker.example")

    work()

    assert (first.pk, first.message_id) == (second.pk, second.message_id)
    assert [mail.to for mail in sink.delivered] == [("ada@asker.example",)]


def test_a_mail_already_sent_is_not_sent_again(region, sink):
    mail = queue()
    work()

    send_mail({"mail": mail.pk})
    OutboxItem.objects.update(state=OutboxState.LEASED, leased_until=timezone.now() - timedelta(seconds=1))
    work()

    assert len(sink.delivered) == 1
    assert OutboxItem.objects.get().state == OutboxState.DONE


@pytest.mark.parametrize("answer", ["450 4.2.1 busy, come back", "421 4.3.0 shutting down"])
@pytest.mark.parametrize("stage", ["recipient", "data"])
def test_a_server_that_says_later_is_asked_later(region, sink, stage, answer):
    mail = queue()
    setattr(sink, stage, answer)
    work()
    item = OutboxItem.objects.get()
    assert (item.state, item.attempts, item.due_at > timezone.now()) == (OutboxState.WAITING, 1, True)

    setattr(sink, stage, "250 OK")
    OutboxItem.objects.update(due_at=timezone.now())
    work()

    mail.refresh_from_db()
    assert (mail.state, sink.message_ids) == ("sent", [mail.message_id])


@pytest.mark.parametrize("stage", ["recipient", "data"])
def test_a_refusal_is_set_aside_for_a_person_and_names_nobody(region, sink, stage):
    mail = queue()
    setattr(sink, stage, "550 5.1.1 no such person ada@asker.example")

    work()

    mail.refresh_from_db()
    item = OutboxItem.objects.get()
    assert (mail.state, item.state, item.attempts) == ("failed", OutboxState.FAILED, 1)
    assert "550" in item.last_error
    assert "ada" not in item.last_error


def test_after_the_reason_is_mended_it_can_be_sent_again_once(region, sink):
    mail = queue()
    sink.recipient = "550 no"
    work()
    sink.recipient = "250 OK"
    mail.refresh_from_db()

    assert services.send_again(mail=mail, by=None, now=timezone.now()) is True
    assert services.send_again(mail=mail, by=None, now=timezone.now()) is False
    work()

    assert sink.message_ids == [mail.message_id]
    assert services.send_again(mail=mail, by=None, now=timezone.now()) is False


def test_a_server_that_is_away_is_temporary(region, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: connections are refused
        settings.EMAIL_HOST, settings.EMAIL_PORT = taken.getsockname()
        queue()
        work()

    item = OutboxItem.objects.get()
    assert (item.state, Mail.objects.get().state) == (OutboxState.WAITING, "waiting")
    assert "ConnectionRefusedError" in item.last_error


@pytest.mark.parametrize(
    "error, kind",
    [
        (smtplib.SMTPRecipientsRefused({"a@b.c": (550, b"no")}), outbox.PermanentFailure),
        (smtplib.SMTPRecipientsRefused({"a@b.c": (451, b"later")}), outbox.TemporaryFailure),
        (smtplib.SMTPDataError(554, b"spam"), outbox.PermanentFailure),
        (smtplib.SMTPDataError(452, b"full"), outbox.TemporaryFailure),
        (smtplib.SMTPSenderRefused(550, b"who?", "x@y.z"), outbox.TemporaryFailure),
        (smtplib.SMTPAuthenticationError(535, b"wrong"), outbox.TemporaryFailure),
        (smtplib.SMTPServerDisconnected("gone"), outbox.TemporaryFailure),
        (smtplib.SMTPNotSupportedError("no utf8"), outbox.PermanentFailure),
        (TimeoutError(), outbox.TemporaryFailure),
        (socket.gaierror(-2, "no such host"), outbox.TemporaryFailure),
    ],
)
def test_errors_are_judged_by_their_code_and_carry_no_address(error, kind):
    failure = failure_of(error)

    assert type(failure) is kind
    assert "@" not in str(failure)


@pytest.mark.parametrize("address", ["", "ada", "a@b.example, c@d.example", "a@b.example\nBcc: c@d.example"])
def test_a_mail_goes_to_exactly_one_address(region, address):
    with pytest.raises(ValidationError):
        queue(to=address)

    assert Mail.objects.count() == OutboxItem.objects.count() == 0


def test_a_secret_in_a_mail_is_erased_when_it_left(region, sink):
    mail = queue(
        template="invitation",
        context={"organisation": "Fenland", "link": "https://service.example/SECRET/", "expires_at": NOW},
    )

    work()

    mail.refresh_from_db()
    assert "SECRET" in sink.delivered[0].message.get_content()
    assert "SECRET" not in mail.body


def test_a_secret_in_a_mail_is_erased_when_it_is_refused_for_good(region, sink):
    mail = queue(
        template="invitation",
        context={"organisation": "Fenland", "link": "https://service.example/SECRET/", "expires_at": NOW},
    )
    sink.recipient = "550 no"

    work()

    mail.refresh_from_db()
    assert (mail.state, mail.body) == ("failed", "")
    assert services.send_again(mail=mail, by=None, now=timezone.now()) is False, (
        "there is nothing left to send"
    )


def test_who_runs_the_service_sees_that_mails_leave_and_not_to_whom_outside(region, sink):
    queue(
        "a", template="enquiry_received", context={"reference": "TUU-2026-0001", "due_at": NOW, "contact": ""}
    )
    queue("b", to="officer@fenland.example")
    work()

    lines = {line.key: line for line in queries.mails_for(make_person(Role.ADMIN), NOW)}

    assert {key: (line.recipient, line.state) for key, line in lines.items()} == {
        "a": ("…@example", "sent"), "b": ("officer@fenland.example", "sent"),
    }  # fmt: skip
    assert queries.mails_for(make_person(Role.COORDINATOR), NOW) == []
    assert queries.mail_counts() == {"waiting": 0, "sent": 2, "failed": 0}


def test_a_mail_without_its_row_is_set_aside(db):
    outbox.enqueue(services.TOPIC, "gone", {"mail": 4711})

    work()

    assert OutboxItem.objects.get().state == OutboxState.FAILED
