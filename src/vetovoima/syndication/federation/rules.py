"""Who may follow another region's offer (roles and rights: `accounts.rights`)."""

from __future__ import annotations

from typing import Any

from vetovoima.accounts.rights import Action, Kind
from vetovoima.accounts.rules import may


def can_follow(user: Any) -> bool:
    """Whether a person may begin to follow a source."""
    return may(user, Kind.NEIGHBOUR, Action.CREATE)


def can_edit(user: Any) -> bool:
    """Whether a person may change, read, pause and end what is followed."""
    return may(user, Kind.NEIGHBOUR, Action.EDIT)
