"""The published schema of a delivery to a partner, for whoever receives one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from vetovoima.syndication.partners.schema import delivery_schema

from .caching import json_answer
from .doors import text_door


@text_door
def schema(request: HttpRequest) -> HttpResponse:
    """This will answer the JSON Schema of a delivery."""
    return json_answer(delivery_schema(), "application/schema+json")
