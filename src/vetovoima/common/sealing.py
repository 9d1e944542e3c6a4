"""Secrets that must be read again later: stored sealed with a key that only the deployment has.

For what the service itself must show to others (a signing secret), not for passwords: those are hashed. Whoever reads
the database alone learns nothing. The key is derived from `SECRET_KEY`; what was sealed with one of
`SECRET_KEY_FALLBACKS` is still read, and `is_stale` says that it is to be sealed anew before that key goes.
"""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class CannotUnseal(Exception):
    """The text was sealed with a key that this deployment no longer has."""


def _box(key: str, purpose: str) -> Fernet:
    derived = HKDF(SHA256(), 32, salt=None, info=f"vetovoima.sealing:{purpose}".encode()).derive(key.encode())
    return Fernet(base64.urlsafe_b64encode(derived))


def _boxes(purpose: str) -> list[Fernet]:
    return [_box(key, purpose) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]


def seal(text: str, purpose: str) -> str:
    """This will make of a text what may be stored. `purpose` is part of the key: what was sealed for one thing cannot be
    passed off as another."""
    return _boxes(purpose)[0].encrypt(text.encode()).decode()


def unseal(sealed: str, purpose: str) -> str:
    """This will return the text that was sealed for the same purpose; raises CannotUnseal."""
    try:
        return MultiFernet(_boxes(purpose)).decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise CannotUnseal from error


def is_stale(sealed: str, purpose: str) -> bool:
    """Whether a text was sealed with a key that is being replaced."""
    try:
        _boxes(purpose)[0].decrypt(sealed.encode())
    except InvalidToken:
        return True
    return False
