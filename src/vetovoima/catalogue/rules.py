"""Who may do what to a site (roles and rights: `accounts.rights`)."""

from __future__ import annotations

from typing import Any

from vetovoima.accounts.rights import Action, Kind, Reach
from vetovoima.accounts.rules import municipality_ids, reach

from .enums import EDITABLE, SUBMITTABLE, SiteState
from .models import Site


def _reaches(user: Any, site: Site, action: Action) -> bool:
    furthest = reach(user, Kind.SITE, action)
    if furthest == Reach.OWN:
        return site.municipality_id in municipality_ids(user, Kind.SITE, action)
    return furthest == Reach.ALL


def can_view(user: Any, site: Site) -> bool:
    """Whether a person may see the working copy, its history and its internal note."""
    return _reaches(user, site, Action.VIEW)


def can_create_in(user: Any, municipality_id: int) -> bool:
    """Whether a person may add a site to a municipality."""
    furthest = reach(user, Kind.SITE, Action.CREATE)
    return furthest == Reach.ALL or (
        furthest == Reach.OWN and municipality_id in municipality_ids(user, Kind.SITE, Action.CREATE)
    )


def can_edit(user: Any, site: Site) -> bool:
    """Whether a person may edit it now: a submitted record rests until it is reviewed."""
    return site.state in EDITABLE and _reaches(user, site, Action.EDIT)


def can_submit(user: Any, site: Site) -> bool:
    """Whether a person may send it to review now."""
    return site.state in SUBMITTABLE and _reaches(user, site, Action.SUBMIT)


def can_publish(user: Any, site: Site) -> bool:
    """Whether a person may publish or return it now."""
    return site.state == SiteState.SUBMITTED and _reaches(user, site, Action.PUBLISH)


def can_withdraw(user: Any, site: Site) -> bool:
    """Whether a person may take it off the public side now."""
    return site.published_version > 0 and _reaches(user, site, Action.WITHDRAW)
