"""Doors for programs, each declared by one word: open to anybody and to any page, only for reading, asked again cheaply."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.gzip import gzip_page

from vetovoima.accounts.doors import public_door
from vetovoima.syndication.queries import published_site

from .caching import Door, machine_door, only_reading
from .gone import not_public

if TYPE_CHECKING:
    from vetovoima.syndication.models import PublishedDocument

RecordView = Callable[[HttpRequest, "PublishedDocument"], HttpResponse]
#: what is packed already, and would only grow
PACKED = ("pdf",)


def file_door(view: Door) -> Door:
    """This will open an address by the rules of machine doors. No token of a form is asked for: what is sent is refused
    anyhow, with a problem that a program can read."""
    return _opened(machine_door(view))


def text_door(view: Door) -> Door:
    """This will open an address whose answer is text: the same rules, and it crosses the line compressed."""
    return gzip_page(file_door(view))


def own_file_door(view: Door) -> Door:
    """This will open an address for reading whose view says itself how old its answer is, because that changes by other
    times than the public side: with the product, or by night."""
    return _opened(only_reading(view))


def own_text_door(view: Door) -> Door:
    """This will open such an address whose answer is text: it crosses the line compressed."""
    return gzip_page(own_file_door(view))


def _opened(view: Door) -> Door:
    return csrf_exempt(public_door(view))


def record_door(ending: str) -> Callable[[RecordView], Door]:
    """This will open the address of each published record with an ending; one that is not public is answered as its page
    answers (`gone`)."""

    def declared(view: RecordView) -> Door:
        @wraps(view)
        def opened(request: HttpRequest, language: str, code: str) -> HttpResponse:
            found = published_site(code, language)
            return not_public(code, language, ending) if found is None else view(request, found)

        return file_door(opened) if ending in PACKED else text_door(opened)

    return declared
