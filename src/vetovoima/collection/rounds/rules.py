"""Who may run rounds, answer them and name stewards (roles and rights: `accounts.rights`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vetovoima.accounts.rights import Action, Kind, Reach, reach_of_role
from vetovoima.accounts.rules import municipality_ids, reach

from .enums import HANDED_IN, WRITABLE, RoundState, TaskState

if TYPE_CHECKING:
    from vetovoima.accounts.models import User
    from vetovoima.collection.models.rounds import Round, RoundTask, Stewardship


def _reaches(user: Any, municipality_id: int, action: Action) -> bool:
    furthest = reach(user, Kind.COLLECTION, action)
    if furthest == Reach.OWN:
        return municipality_id in municipality_ids(user, Kind.COLLECTION, action)
    return furthest == Reach.ALL


def can_run_rounds(user: Any) -> bool:
    """Whether a person may plan, open and close rounds, and accept what is answered."""
    return reach(user, Kind.COLLECTION, Action.EDIT) == Reach.ALL


def can_name_steward(user: Any, municipality_id: int) -> bool:
    """Whether a person may name a municipality's steward: the coordinator, and the municipality's own people."""
    return can_run_rounds(user) or _reaches(user, municipality_id, Action.ANSWER)


def can_answer(user: Any, task: RoundTask) -> bool:
    """Whether a person may answer for this municipality; the coordinator may, for an answer given by telephone."""
    is_out = task.round.state != RoundState.PLANNED
    return is_out and _reaches(user, task.municipality_id, Action.ANSWER)


def may_still_answer(person: User | None, municipality_id: int) -> bool:
    """Whether somebody who was named, or who answered once, may answer for the municipality today: with an account
    that is open, and a seat that gives the right. Whatever is sent or opened in a person's name asks this first."""
    if person is None or not person.is_active:
        return False
    # Read from the rows and not from what the person object remembers: somebody may have left since.
    for seat in person.memberships.all():
        furthest = reach_of_role(seat.role, Kind.COLLECTION, Action.ANSWER)
        is_own = seat.organisation.municipality_id == municipality_id
        if furthest == Reach.ALL or (furthest == Reach.OWN and is_own):
            return True
    return False


def is_kept(stewardship: Stewardship) -> bool:
    """Whether both who were named may still answer; otherwise somebody is to be named anew."""
    town = stewardship.municipality_id
    return all(may_still_answer(one, town) for one in (stewardship.steward, stewardship.deputy))


def is_writable(task: RoundTask) -> bool:
    """Whether the draft may still be changed: until it is handed in, and again when it was returned."""
    return task.state in WRITABLE


def can_take_back(user: Any, task: RoundTask) -> bool:
    """Whether what was handed in may be taken back: until the coordinator has accepted it."""
    return task.state == TaskState.ANSWERED and can_answer(user, task)


def can_accept(user: Any, task: RoundTask) -> bool:
    """Whether a person may accept the answer or return it."""
    return task.state == TaskState.ANSWERED and can_run_rounds(user)


def can_return(user: Any, task: RoundTask) -> bool:
    """Whether a person may return what was handed in, accepted or not."""
    return task.state in HANDED_IN and can_run_rounds(user)


def can_change_questions(user: Any, round: Round) -> bool:
    """Whether the questions may be changed: until people have them."""
    return round.state == RoundState.PLANNED and can_run_rounds(user)
