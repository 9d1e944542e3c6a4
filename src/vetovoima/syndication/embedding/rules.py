"""Who may say which pages show the offer (roles and rights: `accounts.rights`)."""

from __future__ import annotations

from typing import Any

from vetovoima.accounts.rights import Action, Kind, Reach
from vetovoima.accounts.rules import municipality_ids, reach


def _reaches(user: Any, municipality_id: int | None, action: Action) -> bool:
    furthest = reach(user, Kind.EMBED, action)
    if furthest == Reach.OWN:
        return municipality_id in municipality_ids(user, Kind.EMBED, action)
    return furthest == Reach.ALL


def can_view(user: Any, municipality_id: int | None) -> bool:
    """Whether a person may build embeds of a municipality, or with None of the region, and see their origins."""
    return _reaches(user, municipality_id, Action.VIEW)


def can_edit(user: Any, municipality_id: int | None) -> bool:
    """Whether a person may allow websites to frame a municipality's offer, or with None the region's."""
    return _reaches(user, municipality_id, Action.EDIT)
