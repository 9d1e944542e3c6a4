"""Who may do what to a registered page (roles and rights: `accounts.rights`)."""

from __future__ import annotations

from typing import Any

from vetovoima.accounts.rights import Action, Kind, Reach
from vetovoima.accounts.rules import municipality_ids, reach


def _reaches(user: Any, municipality_id: int | None, action: Action) -> bool:
    furthest = reach(user, Kind.CHANNEL, action)
    if furthest == Reach.OWN:
        return municipality_id in municipality_ids(user, Kind.CHANNEL, action)
    return furthest == Reach.ALL


def can_create_for(user: Any, municipality_id: int | None) -> bool:
    """Whether a person may register a page of a municipality's, or with None of the region's."""
    return _reaches(user, municipality_id, Action.CREATE)


def can_edit(user: Any, municipality_id: int | None) -> bool:
    """Whether a person may change, visit and remove the pages of a municipality, or with None of the region."""
    return _reaches(user, municipality_id, Action.EDIT)
