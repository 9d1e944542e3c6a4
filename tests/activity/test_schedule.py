"""Turns of nights and weeks that wait for a first look at a new installation."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from vetovoima.activity import schedule
from vetovoima.activity.models import OutboxItem

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def test_what_last_night_left_waits_and_what_comes_every_minute_does_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(schedule, "_seen", {})
    until = NOW + timedelta(minutes=10)
    nightly = [one for one in schedule.chores() if one.every is None]

    assert schedule.put_off(NOW, until) == len(nightly) > 5
    assert schedule.put_due(NOW) == len(schedule.chores()) - len(nightly) > 1

    due = dict(OutboxItem.objects.values_list("topic", "due_at"))
    assert {due[f"chore:{one.name}"] for one in nightly} == {until}
    assert due["chore:portal.publish_scheduled"] == NOW
    assert schedule.put_off(NOW, until + timedelta(hours=1)) == 0
