"""How often one network may ask for what costs much: files to take along, pictures that have to be drawn."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from vetovoima.common.limits import take_one
from vetovoima.common.network import client_address

#: what one network may have in an hour: papers cost a process seconds, workbooks and tables less, a picture a child process
PAPERS, FILES, PICTURES = ("paper", 60), ("file", 120), ("picture", 300)
HOUR = 3600


def seconds_to_wait(request: HttpRequest, kind: tuple[str, int]) -> int:
    """This will count one of a kind for the visitor's network and say how long it has to wait; 0 when it need not."""
    name, limit = kind
    address = client_address(request.META.get("REMOTE_ADDR", ""), request.headers.get("X-Forwarded-For", ""))
    spent = take_one(f"{name}:{address}", limit=limit, window=HOUR, now=timezone.now())
    return spent.resets_in if spent.is_spent else 0


def too_often(request: HttpRequest, wait: int) -> HttpResponse:
    """This will answer 429 with a page that says when to come again; nothing keeps it."""
    headers = {"Retry-After": str(wait), "Cache-Control": "no-store"}
    response = render(request, "portal/too_often.html", status=429)
    for name, value in headers.items():
        response.headers[name] = value
    return response
