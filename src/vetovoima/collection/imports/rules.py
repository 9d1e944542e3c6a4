"""Who may import where (roles and rights: `accounts.rights`)."""

from __future__ import annotations

from typing import Any

from vetovoima.accounts.rights import Action, Kind, Reach
from vetovoima.accounts.rules import municipality_ids, reach
from vetovoima.collection.models import Import


def can_import_into(user: Any, municipality_id: int | None) -> bool:
    """Whether a person may import into a municipality; None is the whole region, which only the coordinator may."""
    furthest = reach(user, Kind.COLLECTION, Action.CREATE)
    if furthest == Reach.ALL:
        return True
    own = municipality_ids(user, Kind.COLLECTION, Action.CREATE)
    return furthest == Reach.OWN and municipality_id is not None and municipality_id in own


def can_work_on(user: Any, import_: Import) -> bool:
    """Whether a person may map, check, take in and undo an import."""
    return can_import_into(user, import_.municipality_id)


def can_send_to_review(user: Any, import_: Import) -> bool:
    """Whether a person may send the records of an import to review; the key by which they act may leave that out."""
    furthest = reach(user, Kind.SITE, Action.SUBMIT)
    own = municipality_ids(user, Kind.SITE, Action.SUBMIT)
    return furthest == Reach.ALL or (furthest == Reach.OWN and import_.municipality_id in own)
