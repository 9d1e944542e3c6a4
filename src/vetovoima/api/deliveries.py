"""The published schema of a delivery to a partner, for whoever receives one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.gzip import gzip_page

from vetovoima.accounts.doors import public_door
from vetovoima.syndication.partners.schema import delivery_schema

from .caching import json_answer, machine_door


@csrf_exempt
@gzip_page
@public_door
@machine_door
def schema(request: HttpRequest) -> HttpResponse:
    """This will answer the JSON Schema of a delivery."""
    return json_answer(delivery_schema(), "application/schema+json")
