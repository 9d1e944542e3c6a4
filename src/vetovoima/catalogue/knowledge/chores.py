"""What the worker does for the knowledge every night."""

from __future__ import annotations

from datetime import datetime

from vetovoima.activity.schedule import chore

from .around import note_ended_consents
from .services import age_facts


@chore("catalogue.knowledge", hour=0)
def age_knowledge(now: datetime) -> None:
    """This will mark facts past their review day, and let ended consents leave the public pages."""
    age_facts(now)
    note_ended_consents(now)
