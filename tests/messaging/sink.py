"""A mail server of the tests' own: it keeps what it is given and can be told to answer as servers do on a bad day."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

OK = "250 OK"


@dataclass(frozen=True)
class Delivered:
    """One mail as it arrived."""

    to: tuple[str, ...]
    message: EmailMessage

    @property
    def message_id(self) -> str:
        return str(self.message["Message-ID"]).strip()


@dataclass
class Sink:
    """What arrived, and how the server answers: `recipient` and `data` are its answers, `slowness` seconds a mail.

    With `holds_greeting` a client waits before it has said anything, with `holds_receipt` after the mail was kept and
    before the client hears of it; `somebody_waits` tells that a client has come to that point.
    """

    port: int = 0
    recipient: str = OK
    data: str = OK
    slowness: float = 0
    holds_greeting: bool = False
    holds_receipt: bool = False
    somebody_waits: threading.Event = field(default_factory=threading.Event)
    delivered: list[Delivered] = field(default_factory=list)

    @property
    def message_ids(self) -> list[str]:
        return [mail.message_id for mail in self.delivered]

    async def _hold(self, is_held: Any) -> None:
        while is_held():
            self.somebody_waits.set()
            await asyncio.sleep(0.01)

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        await self._hold(lambda: self.holds_greeting)
        session.host_name = hostname
        return responses

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if self.recipient == OK:
            envelope.rcpt_tos.append(address)
        return self.recipient

    async def handle_DATA(self, server, session, envelope):
        await asyncio.sleep(self.slowness)
        if self.data == OK:
            message = message_from_bytes(envelope.original_content, policy=policy.default)
            self.delivered.append(Delivered(tuple(envelope.rcpt_tos), message))
        await self._hold(lambda: self.holds_receipt)
        return self.data


class LoopbackController(Controller):
    """A controller on a port that the system chooses."""

    def factory(self) -> SMTP:
        return SMTP(self.handler, enable_SMTPUTF8=False, hostname="sink.example")

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def running_sink() -> Iterator[Sink]:
    """This will run a mail server on loopback until the end of the block."""
    logging.getLogger("mail.log").setLevel(logging.WARNING)
    sink = Sink()
    controller = LoopbackController(sink, hostname="127.0.0.1", port=0, ready_timeout=20)
    controller.start()
    sink.port = controller.port
    try:
        yield sink
    finally:
        sink.holds_greeting = sink.holds_receipt = False
        controller.stop(no_assert=True)
