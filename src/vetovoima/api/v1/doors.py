"""Doors of the API's operations: open ones, and those that ask for a key.

Every operation carries one as its `auth`; the frame opens it, a test refuses an operation without.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from vetovoima.accounts.doors import Door
from vetovoima.accounts.rights import Action, Kind
from vetovoima.accounts.rules import lets_through, may
from vetovoima.accounts.scopes import scopes_for
from vetovoima.accounts.services import KeyNotValid, key_of

from .problems import Problem

if TYPE_CHECKING:
    from vetovoima.accounts.models import ApiKey, User

#: what an address of the API is to those who crawl addresses with a browser's session: closed, whoever signs in
BY_KEY = Door(signed_in=True, by_key=True)
BY_ANYBODY = Door(signed_in=False)


class ApiRequest(HttpRequest):
    """A request that came through a key's door. For annotations only."""

    user: User
    key: ApiKey


@dataclass(frozen=True)
class OpenDoor:
    """Lets anybody in. `is_published`: what is behind changes only with the version of the public side."""

    is_published: bool = False

    def __call__(self, request: HttpRequest) -> bool:
        """This will let in (the framework asks)."""
        return True


@dataclass(frozen=True)
class KeyDoor:
    """Lets in a key whose scopes and whose owner's roles hold a right."""

    kind: Kind
    action: Action
    openapi_security_schema: ClassVar[dict[str, Any]] = {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "vv_<8 characters>_<43 characters>",
    }

    def __call__(self, request: HttpRequest) -> bool:
        """This will let in whom the frame has let in (the framework asks)."""
        return getattr(request, "key", None) is not None

    @property
    def scopes(self) -> list[str]:
        """The scopes that let a key through."""
        return scopes_for(self.kind, self.action)

    def require(self, user: User) -> None:
        """This will refuse a key that does not reach this far, saying which scope is missing; raises Problem."""
        if not lets_through(user, self.kind, self.action):
            wanted = _(" or ").join(self.scopes)
            raise Problem(
                "scope-missing",
                _("The key needs the scope %(scope)s.") % {"scope": wanted},
                scopes=self.scopes,
            )
        if not may(user, self.kind, self.action):
            raise Problem("forbidden", _("Your role does not allow this."))


def key_door(kind: Kind, action: Action) -> KeyDoor:
    """This will make the door of an operation that asks for a key with a right."""
    return KeyDoor(kind, action)


def bearer(request: HttpRequest) -> str:
    """The key that a request shows, or ""; a session cookie is none."""
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def key_in(request: HttpRequest) -> ApiKey | None:
    """The valid key of a request, or None."""
    token = bearer(request)
    if not token:
        return None
    try:
        return key_of(token, timezone.now())
    except KeyNotValid:
        return None


def let_in(request: Any, key: ApiKey | None) -> None:
    """This will make a request the key owner's, whoever the browser's session says it is; raises Problem."""
    if key is None:
        detail = _(
            "Send a valid key: Authorization: Bearer vv_… . Keys are made at the desk under your own settings."
        )
        raise Problem("key-needed", detail, headers={"WWW-Authenticate": 'Bearer realm="vetovoima"'})
    request.key, request.user = key, key.owner
