"""What allauth asks of us."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

if TYPE_CHECKING:
    from .models import User


class ClosedDoorAdapter(DefaultAccountAdapter):
    """Nobody signs up by themselves: people come by invitation."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """This will always say no."""
        return False


def note_proven_address(user: User) -> None:
    """This will note that a person's address is theirs, shown by the letter they came with, and that they have no other.

    Whoever signs in or asks for a new password is looked for among these addresses.
    """
    from allauth.account.models import EmailAddress

    EmailAddress.objects.filter(user=user).exclude(email=user.email).delete()
    EmailAddress.objects.update_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )
