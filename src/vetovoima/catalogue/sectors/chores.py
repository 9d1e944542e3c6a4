"""What the worker does for the sheets every night."""

from __future__ import annotations

from datetime import datetime

from vetovoima.activity.schedule import chore

from .services import expire_sheets


@chore("catalogue.sectors", hour=0)
def expire_reviews(now: datetime) -> None:
    """This will take sheets off the portal whose review has ended."""
    expire_sheets(now)
