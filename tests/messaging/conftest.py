"""What the mail tests share."""

from __future__ import annotations

import pytest

from tests.factories import make_region
from tests.messaging.sink import running_sink


@pytest.fixture
def region(db):
    return make_region()


@pytest.fixture
def sink(settings):
    with running_sink() as running:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST = "127.0.0.1"
        settings.EMAIL_PORT = running.port
        yield running
