"""Who may do what to a municipality's profile and its contacts (roles and rights: `accounts.rights`)."""

from __future__ import annotations

from typing import Any

from vetovoima.accounts.rights import Action, Kind, Reach
from vetovoima.accounts.rules import municipality_ids, reach

from .models import CompanyContact


def _reaches(user: Any, municipality_id: int, action: Action) -> bool:
    furthest = reach(user, Kind.PROFILE, action)
    if furthest == Reach.OWN:
        return municipality_id in municipality_ids(user, Kind.PROFILE, action)
    return furthest == Reach.ALL


def can_edit_profile(user: Any, municipality_id: int) -> bool:
    """Whether a person may write the emphasis, the assessment and the plan: the municipality itself and the council."""
    return _reaches(user, municipality_id, Action.EDIT)


def can_approve(user: Any, municipality_id: int) -> bool:
    """Whether a person may note that a body has approved an emphasis: the municipality itself and the council."""
    return _reaches(user, municipality_id, Action.PUBLISH)


def can_log_contact(user: Any, municipality_id: int) -> bool:
    """Whether a person may write into a municipality's contact log: the municipality's own people alone."""
    return municipality_id in municipality_ids(user, Kind.CONTACT, Action.CREATE)


def can_edit_contact(user: Any, contact: CompanyContact) -> bool:
    """Whether a person may read and change a contact: the municipality's own people alone, not even the council."""
    return contact.municipality_id in municipality_ids(user, Kind.CONTACT, Action.EDIT)


def can_share_contact(user: Any, contact: CompanyContact) -> bool:
    """Whether a person may share a summary of a contact with the network."""
    return contact.municipality_id in municipality_ids(user, Kind.CONTACT, Action.SHARE)
