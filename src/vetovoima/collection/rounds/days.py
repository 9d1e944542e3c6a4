"""When a round begins and ends, in the region's local days."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.utils.timezone import get_current_timezone

from .enums import RoundState

if TYPE_CHECKING:
    from vetovoima.collection.models.rounds import Round

#: how long after its end a round still takes what comes late, and a link still works
GRACE = timedelta(days=7)


def start_of(day: date) -> datetime:
    """The first moment of a local day."""
    return datetime.combine(day, time(), tzinfo=get_current_timezone())


def closing(round: Round) -> datetime:
    """The moment after which an answer is late: the end of the last day, or when the coordinator closed it before."""
    end = start_of(round.closes_on + timedelta(days=1))
    return min(end, round.closed_at) if round.closed_at else end


def share_passed(round: Round, now: datetime) -> float:
    """How much of a round's time has passed, from 0 to 1."""
    begin, end = start_of(round.opens_on), start_of(round.closes_on + timedelta(days=1))
    return max(0.0, min(1.0, (now - begin) / (end - begin)))


def takes_answers(round: Round, now: datetime) -> bool:
    """Whether an answer may come now: while it is open, and late for a week."""
    if round.state == RoundState.PLANNED:
        return False
    return round.state == RoundState.OPEN or now < closing(round) + GRACE


def months_later(day: date, months: int) -> date:
    """The same day so many months later; the last of the month where there is no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last))
