"""What comes back by itself: reminders every hour, empty posts every night, the coach on Monday mornings."""

from __future__ import annotations

from datetime import datetime, timedelta

from vetovoima.activity.schedule import chore

from .coach import send_coach_mails
from .reminders import run_reminders
from .stewards import fill_empty_posts


@chore("collection.reminders", every=timedelta(hours=1))
def remind(now: datetime) -> None:
    """This will open and close rounds and send what is due."""
    run_reminders(now)


@chore("collection.stewards", hour=5)
def fill_posts(now: datetime) -> None:
    """This will give a municipality with people but without a steward its first officer."""
    fill_empty_posts(now)


@chore("collection.coach", hour=7, weekday=0)
def coach(now: datetime) -> None:
    """This will write to the stewards about their most valuable gaps."""
    send_coach_mails(now)
