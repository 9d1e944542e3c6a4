"""What the tests of collection share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.common.loopback import Server, running_server


@pytest.fixture
def server(settings: Any) -> Iterator[Server]:
    """A server on this machine that may be read."""
    with running_server() as running:
        settings.VETOVOIMA_HTTP_ALLOWED_LOOPBACK = [running.place]
        yield running
