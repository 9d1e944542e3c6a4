"""The links of a saved search: signatures of its key, one for each purpose, so that nothing secret is stored.

A link to confirm cannot stop a search, nor the other way round. The signatures are made with the service's secret key:
whoever reads the database alone can make none.
"""

from __future__ import annotations

from enum import StrEnum

from django.conf import settings
from django.core.signing import BadSignature, Signer


class Purpose(StrEnum):
    """What a link lets its holder do."""

    CONFIRM = "confirm"
    MANAGE = "manage"


def _signer(purpose: Purpose) -> Signer:
    return Signer(sep=".", salt=f"vetovoima.syndication.alerts.{purpose}")


def token(key: str, purpose: Purpose) -> str:
    """This will make the part of an address that stands for a saved search."""
    return _signer(purpose).sign(key)


def key_of(text: str, purpose: Purpose) -> str | None:
    """This will return the key that a token stands for; None for one that is not ours or is meant for something else."""
    try:
        return _signer(purpose).unsign(text[:200])
    except BadSignature:
        return None


def confirm_address(key: str, language: str) -> str:
    """The page that asks whether somebody wants these letters."""
    return f"{settings.VETOVOIMA_PUBLIC_URL}/{language}/alerts/confirm/{token(key, Purpose.CONFIRM)}/"


def manage_address(key: str, language: str) -> str:
    """The page that shows what is saved, changes it and stops it."""
    return f"{settings.VETOVOIMA_PUBLIC_URL}/{language}/alerts/{token(key, Purpose.MANAGE)}/"


def stop_address(key: str, language: str) -> str:
    """The address that stops a search at one POST (RFC 8058), and asks with a button when it is opened."""
    return f"{settings.VETOVOIMA_PUBLIC_URL}/{language}/alerts/stop/{token(key, Purpose.MANAGE)}/"
