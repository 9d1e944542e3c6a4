"""What embeds say of themselves: which version a page shows (docs/decisions/0026).

Answered with 204 whatever was sent: whoever sends nonsense learns nothing, and a page never waits for it. Nothing of the
visitor is kept: no address, no browser's name, no cookie is read or set.
"""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from vetovoima.accounts.doors import public_door
from vetovoima.common.digits import whole_number
from vetovoima.common.limits import take_one
from vetovoima.common.network import address_of
from vetovoima.syndication.channels.reports import take_report

LARGEST = 2_048
#: reports of one network in a minute: a school class that opens a page at once is nobody's attack
LIMIT, WINDOW = 60, 60
HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "POST, OPTIONS",
    "Access-Control-Allow-Headers": "Content-Type",
    "Access-Control-Max-Age": "86400",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Cache-Control": "no-store",
}


@csrf_exempt  # nothing here rests on a session, and what is said is believed only as far as a visit finds the embed
@public_door
def embed_shown(request: HttpRequest) -> HttpResponse:
    """This will take an embed's report that it has shown a version."""
    if request.method == "POST":
        _take(request)
    return HttpResponse(status=204, headers=HEADERS)


def _take(request: HttpRequest) -> None:
    # What is announced as no number is not believed to be small.
    announced = whole_number(request.META.get("CONTENT_LENGTH") or "0")
    if announced is None or not 0 < announced <= LARGEST:
        return
    now = timezone.now()
    if take_one(f"shown:{address_of(request.META)}", limit=LIMIT, window=WINDOW, now=now).is_spent:
        return
    given = _read(request)
    if given is not None:
        take_report(given, origin=request.headers.get("Origin", ""), now=now)


def _read(request: HttpRequest) -> dict[str, Any] | None:
    try:
        read = json.loads(request.read(LARGEST + 1)[: LARGEST + 1])
    except (ValueError, RecursionError, OSError):
        return None
    return read if isinstance(read, dict) else None
