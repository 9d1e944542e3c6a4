"""A feed on its way: in its format, and with its next page and licence where a reader looks before reading it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from vetovoima.api.caching import json_answer

from .atom import write_atom
from .envelopes import linked
from .json_feed import write_json_feed
from .shapes import Channel

ATOM = "application/atom+xml; charset=utf-8"
JSON_FEED = "application/feed+json"


def answer_atom(channel: Channel) -> HttpResponse:
    """This will answer a feed as Atom."""
    return told(HttpResponse(write_atom(channel), content_type=ATOM), channel)


def answer_json_feed(channel: Channel, own: list[dict[str, Any]]) -> HttpResponse:
    """This will answer a feed as a JSON Feed; `own` holds what we say of each entry beyond the format."""
    return told(json_answer(write_json_feed(channel, own), JSON_FEED), channel)


def told(response: HttpResponse, channel: Channel) -> HttpResponse:
    """This will say a feed's next page and its licence beside its body."""
    return linked(response, following=channel.next, licence=channel.licence)
