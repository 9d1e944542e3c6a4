"""Who may keep which source (roles and rights: `accounts.rights`)."""

from __future__ import annotations

from typing import Any

from vetovoima.accounts.rights import Action, Kind, Reach
from vetovoima.accounts.rules import municipality_ids, reach


def can_keep_sources_of(user: Any, municipality_id: int) -> bool:
    """Whether a person may add, change, pause and read the sources of a municipality."""
    furthest = reach(user, Kind.COLLECTION, Action.CREATE)
    if furthest == Reach.ALL:
        return True
    return furthest == Reach.OWN and municipality_id in municipality_ids(user, Kind.COLLECTION, Action.CREATE)
