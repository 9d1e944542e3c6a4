"""Who may do what to the knowledge (roles and rights: `accounts.rights`)."""

from __future__ import annotations

from typing import Any

from vetovoima.accounts.rights import Action, Kind, Reach
from vetovoima.accounts.rules import municipality_ids, reach


def _reaches(user: Any, municipality_id: int | None, action: Action) -> bool:
    furthest = reach(user, Kind.FACTS, action)
    if furthest == Reach.OWN:
        return municipality_id is not None and municipality_id in municipality_ids(user, Kind.FACTS, action)
    return furthest == Reach.ALL


def can_edit(user: Any, thing: Any) -> bool:
    """Whether a person may edit, review or retire it: their own municipality's, or all."""
    return _reaches(user, thing.municipality_id, Action.EDIT)


def can_create_in(user: Any, municipality_id: int | None) -> bool:
    """Whether a person may add something to a municipality, or (None) to what concerns the whole region."""
    return _reaches(user, municipality_id, Action.CREATE)
