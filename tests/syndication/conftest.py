"""What the tests of calls to other people's servers share: one that may be called, and less patience than in use."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.common.loopback import Server, running_server
from tests.syndication.webhook_world import allowed
from vetovoima.syndication.channels import looking
from vetovoima.syndication.federation import running, trying
from vetovoima.syndication.webhooks import sending

PATIENCE = 0.5


@pytest.fixture
def server(settings: Any) -> Iterator[Server]:
    """A server on this machine that may be called."""
    with running_server() as one, allowed(settings, one.place):
        yield one


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """A call, a look, a reading and a trial have half a second each, so that a test of patience needs none."""
    monkeypatch.setattr(sending, "CALL_SECONDS", PATIENCE)
    monkeypatch.setattr(looking, "CALL_SECONDS", PATIENCE)
    monkeypatch.setattr(running, "SECONDS", PATIENCE)
    monkeypatch.setattr(trying, "SECONDS", PATIENCE)
