"""Changes of who may show our frame. Each moves the public side's version: the answer of a frame carries the list."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from vetovoima.accounts.models import User
from vetovoima.accounts.queries import municipality_organisation
from vetovoima.activity.services import record
from vetovoima.reference.models import Municipality
from vetovoima.syndication.models import AllowedOrigin
from vetovoima.syndication.services import touch_public

from . import rules
from .queries import KIND, REGION
from .validators import clean_origin

#: of one place; the list stands in a header of every answer, and headers must stay small
MOST_ORIGINS = 30


def _may(by: User | None, municipality: Municipality | None) -> None:
    if by is not None and not rules.can_edit(by, municipality.pk if municipality else None):
        raise PermissionDenied


def _record(did: str, municipality: Municipality | None, origin: str, by: User | None, now: datetime) -> None:
    owner = municipality_organisation(municipality.pk) if municipality else None
    record(
        f"syndication.origin.{did}", actor=by, kind=KIND, code=municipality.slug if municipality else REGION,
        now=now, data={"origin": origin}, organisations=[owner] if owner else [],
    )  # fmt: skip


@transaction.atomic
def allow_origin(
    *, municipality: Municipality | None, origin: str, by: User | None, now: datetime
) -> AllowedOrigin:
    """This will let a website show a municipality's offer in a frame, or with None the region's; again changes nothing.

    `by` None is the operator. Raises PermissionDenied and ValidationError by field.
    """
    _may(by, municipality)
    try:
        cleaned = clean_origin(origin)
    except ValidationError as error:
        raise ValidationError({"origin": error.error_list}) from error
    mine = AllowedOrigin.objects.filter(municipality=municipality)
    found = mine.filter(origin=cleaned).first()
    if found is not None:
        return found
    if mine.count() >= MOST_ORIGINS:
        raise ValidationError(
            {
                "origin": _(
                    "30 websites are allowed already. Remove one that does not show the offer any more."
                )
            }
        )
    made = AllowedOrigin.objects.create(municipality=municipality, origin=cleaned, created_at=now)
    _record("allowed", municipality, cleaned, by, now)
    touch_public()
    return made


@transaction.atomic
def remove_origin(*, municipality: Municipality | None, origin: str, by: User | None, now: datetime) -> bool:
    """This will end that a website may show the frame; says whether it was allowed. Raises PermissionDenied."""
    _may(by, municipality)
    gone, _each = AllowedOrigin.objects.filter(municipality=municipality, origin=origin).delete()
    if gone:
        _record("removed", municipality, origin, by, now)
        touch_public()
    return bool(gone)
