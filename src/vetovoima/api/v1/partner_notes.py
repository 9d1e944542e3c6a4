"""What happened to a delivery after it was packed, noted with a key: sent, received, shown, what came of it, what was told."""

from __future__ import annotations

from datetime import date
from typing import Literal

from django.http import HttpResponse
from django.utils import timezone
from ninja import Field, Router

from vetovoima.accounts.rights import Action, Kind
from vetovoima.syndication.partners import noting
from vetovoima.syndication.partners.enums import Outcome, Way

from .doors import ApiRequest, key_door
from .partners import Code, DeliveryShape, answer_whole, delivery_of
from .payloads import Strict

router = Router(tags=["deliveries"])
NOTE = key_door(Kind.DELIVERY, Action.SHARE)


class Sent(Strict):
    """That the packed files were given to the channel."""

    sent_on: date
    way: Literal[*Way.values]  # type: ignore[valid-type]
    sent_to: str = Field("", max_length=300)


class Receipt(Strict):
    """That the channel confirmed it."""

    received_on: date
    reference: str = Field("", max_length=120)
    note: str = Field("", max_length=4000)


class Shown(Strict):
    """Where they show it, and in which version."""

    shown_on: date
    url: str = Field(max_length=500)
    versions: dict[str, int | None] = Field(description="By code of the record; null: not seen there.")


class Ending(Strict):
    """What came of it: numbers alone, no names."""

    ended_on: date
    outcome: Literal[*Outcome.values]  # type: ignore[valid-type]
    enquiry_count: int | None = Field(None, ge=0, le=noting.MOST_COUNTED)
    lead_count: int | None = Field(None, ge=0, le=noting.MOST_COUNTED)
    deal_url: str = Field("", max_length=500)
    outcome_note: str = Field("", max_length=4000)


class Told(Strict):
    """That they were told of withdrawn records."""

    codes: list[Code] = Field(min_length=1, max_length=40)
    told_on: date


@router.post(
    "/deliveries/{code}/sent",
    auth=NOTE,
    response=DeliveryShape,
    url_name="delivery_sent",
    summary="Note that it was sent",
)
def note_sent(request: ApiRequest, code: str, payload: Sent) -> HttpResponse:
    """This will note that the packed files were given to the channel."""
    noting.mark_sent(
        delivery=delivery_of(request, code), **payload.dict(), by=request.user, now=timezone.now()
    )
    return answer_whole(request, code)


@router.post(
    "/deliveries/{code}/receipt",
    auth=NOTE,
    response=DeliveryShape,
    url_name="delivery_receipt",
    summary="Note a receipt",
)
def note_received(request: ApiRequest, code: str, payload: Receipt) -> HttpResponse:
    """This will note that the channel confirmed it; a file of theirs is added at the desk."""
    noting.note_receipt(
        delivery=delivery_of(request, code), **payload.dict(), by=request.user, now=timezone.now()
    )
    return answer_whole(request, code)


@router.post(
    "/deliveries/{code}/shown",
    auth=NOTE,
    response=DeliveryShape,
    url_name="delivery_shown",
    summary="Note what they show",
)
def note_what_is_shown(request: ApiRequest, code: str, payload: Shown) -> HttpResponse:
    """This will note where they show it and in which version."""
    noting.note_shown(
        delivery=delivery_of(request, code), **payload.dict(), by=request.user, now=timezone.now()
    )
    return answer_whole(request, code)


@router.post(
    "/deliveries/{code}/outcome",
    auth=NOTE,
    response=DeliveryShape,
    url_name="delivery_outcome",
    summary="Note the outcome",
)
def note_what_came(request: ApiRequest, code: str, payload: Ending) -> HttpResponse:
    """This will note what came of it, in numbers."""
    noting.note_outcome(
        delivery=delivery_of(request, code), values=payload.dict(), by=request.user, now=timezone.now()
    )
    return answer_whole(request, code)


@router.post(
    "/deliveries/{code}/told",
    auth=NOTE,
    response=DeliveryShape,
    url_name="delivery_told",
    summary="Note that they were told",
)
def note_that_told(request: ApiRequest, code: str, payload: Told) -> HttpResponse:
    """This will note that they were told of withdrawn records."""
    noting.note_told(
        delivery=delivery_of(request, code), **payload.dict(), by=request.user, now=timezone.now()
    )
    return answer_whole(request, code)
