"""One page in several languages: its addresses, and what is said where one is missing.

Slugs are English in every language, so that the address in another language differs in its prefix only.
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language, get_language_from_request

SWITCH = ("fi", "en", "sv")
NATIVE = {"fi": "Suomi", "en": "English", "sv": "Svenska"}
MISSING = {"fi": "puuttuu", "en": "missing", "sv": "saknas"}


def current_language() -> str:
    """The language of this page: fi, en or sv."""
    return (get_language() or "en")[:2]


def in_language(path: str, language: str) -> str:
    """This will return the same path under another language's prefix: `/fi/sites/?q=x` to `/sv/sites/?q=x`."""
    first, _slash, rest = path.lstrip("/").partition("/")
    if first in SWITCH:
        return f"/{language}/{rest}"
    if first in ("schema", "ogc"):
        # the collection standard and the features have one address, and its language beside it
        return f"{path.partition('?')[0]}?lang={language}"
    return f"/{language}/"


def absolute(path: str) -> str:
    """This will return the full address of a path of this service."""
    return f"{settings.VETOVOIMA_PUBLIC_URL}{path}"


def visitor_language(request: HttpRequest) -> str:
    """The first language of the visitor's browser that the product speaks; English when there is none."""
    asked = get_language_from_request(request)[:2]
    return asked if asked in SWITCH and request.headers.get("Accept-Language") else "en"
