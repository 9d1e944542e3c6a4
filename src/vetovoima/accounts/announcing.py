"""What happens to people and keys is announced from here: the log of facts stands above and listens.

Called inside the transaction of the change, so that the change and its fact happen both, or neither.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from django.dispatch import Signal

if TYPE_CHECKING:
    from .models import Organisation, User


class Listener(Protocol):
    """Whoever writes down what is announced."""

    def __call__(
        self, type_: str, *, actor: User | None, kind: str, code: str, now: datetime, data: Mapping[str, Any],
        organisations: Iterable[Organisation],
    ) -> object: ...  # fmt: skip


#: Sent when somebody has left an organisation altogether: their last role there was ended, or their account was closed
#: (then once for each organisation they belong to). With `user`, `organisation`, `by` (None: the operator) and `now`,
#: inside the transaction that ends it. Whoever gave out a way in on that person's behalf (a link without an account, a
#: token) takes it back here, in a receiver that is connected in `AppConfig.ready()`.
membership_ended = Signal()

_listeners: list[Listener] = []


def listen(listener: Listener) -> None:
    """This will have a function called for everything that is announced."""
    if listener not in _listeners:
        _listeners.append(listener)


def announce(
    type_: str, *, actor: User | None, kind: str, code: str, now: datetime, data: Mapping[str, Any],
    organisations: Iterable[Organisation],
) -> None:  # fmt: skip
    """This will tell all who listen; raises LookupError when nobody does, because a fact would be lost."""
    if not _listeners:
        raise LookupError(f"Nobody writes down {type_}")
    for listener in _listeners:
        listener(type_, actor=actor, kind=kind, code=code, now=now, data=data, organisations=organisations)
