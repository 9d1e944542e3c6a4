"""Who may do what to a sector's sheet (roles and rights: `accounts.rights`). A sheet is the whole region's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vetovoima.accounts.rights import Action, Kind, Reach
from vetovoima.accounts.rules import reach

if TYPE_CHECKING:
    from vetovoima.catalogue.models import SectorSheet


def can_create(user: Any) -> bool:
    """Whether a person may begin a sheet."""
    return reach(user, Kind.FACTS, Action.CREATE) == Reach.ALL


def can_edit(user: Any) -> bool:
    """Whether a person may write the sheets: whoever keeps the facts of the whole region."""
    return reach(user, Kind.FACTS, Action.EDIT) == Reach.ALL


def can_review(user: Any, sheet: SectorSheet) -> bool:
    """Whether a person may say that an expert has reviewed it: the named expert, or whoever writes the sheets."""
    return can_edit(user) or (user.pk is not None and sheet.reviewer_id == user.pk)
