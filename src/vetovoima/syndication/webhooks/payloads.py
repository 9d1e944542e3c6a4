"""What a message says: the event's name, its moment, and only what is public at the moment of sending."""

from __future__ import annotations

import json
from typing import Any, cast

from django.conf import settings
from django.utils.timezone import localtime

from vetovoima.common.fields import LANGUAGES
from vetovoima.syndication.kinds import part_of
from vetovoima.syndication.models import PublishedDocument

from .enums import Content
from .models import Webhook, WebhookEvent

#: beyond this the document is left out and its address stands for it: receivers refuse very large messages
LARGEST_DOCUMENT = 256 * 1024
#: names of members that hold an address of ours
ADDRESSES = ("url", "thumb_url")


def record_data(code: str, version: int, kind: str, municipality: str, is_example: bool) -> dict[str, Any]:
    """This will say of a record what every message says: what it is called, not what it is."""
    base = settings.VETOVOIMA_PUBLIC_URL
    return {
        "code": code,
        "version": version,
        "kind": kind,
        "municipality": municipality,
        "is_example": is_example,
        "links": {
            "api": f"{base}/api/v1/{'opportunities' if part_of(kind) == 'opportunities' else 'sites'}/{code}",
            "pages": {language: f"{base}/{language}/{part_of(kind)}/{code}/" for language in LANGUAGES},
        },
    }


def message(webhook: Webhook, event: WebhookEvent) -> bytes:
    """This will write the body of a message.

    The document is read now, not when the event happened: what was withdrawn or closed since then does not leave the
    house with a late attempt. Then, and when it is too large, it is null.
    """
    data = dict(event.data)
    if webhook.content == Content.DOCUMENT and "links" in data:
        data["document"] = _document(event.code, webhook.language)
    said = {
        "type": event.name,
        "timestamp": localtime(event.at).isoformat(timespec="milliseconds"),
        "data": data,
    }
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def _document(code: str, language: str) -> dict[str, Any] | None:
    rows = PublishedDocument.objects.filter(code=code, language=language)
    body = rows.values_list("body", flat=True).first()
    if body is None or len(json.dumps(body, ensure_ascii=False).encode()) > LARGEST_DOCUMENT:
        return None
    return cast("dict[str, Any]", _absolute(body))


def _absolute(shown: Any) -> Any:
    """Give addresses of ours the form that works elsewhere, wherever they stand in a document."""
    if isinstance(shown, list):
        return [_absolute(one) for one in shown]
    if not isinstance(shown, dict):
        return shown
    return {
        name: f"{settings.VETOVOIMA_PUBLIC_URL}{one}"
        if name in ADDRESSES and isinstance(one, str) and one.startswith("/")
        else _absolute(one)
        for name, one in shown.items()
    }
