"""What the worker does for the public side by night."""

from __future__ import annotations

from datetime import datetime

from django.utils.timezone import localtime

from vetovoima.activity.schedule import chore

from . import services


@chore("syndication.refresh_aged", hour=1)
def refresh_aged(now: datetime) -> None:
    """This will turn grey, or hide, what has grown old by rule since it was rendered."""
    today = localtime(now).date()
    while services.refresh_aged(today):
        pass
