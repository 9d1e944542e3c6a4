"""The web application. Served by granian as WSGI: asynchronous serving measured three to four times slower."""

import contextlib
import ctypes
import gc
import os
from collections.abc import Callable, Iterable
from typing import Any

from django.core.handlers.wsgi import WSGIRequest
from django.core.wsgi import get_wsgi_application
from django.db import DEFAULT_DB_ALIAS, connections
from django.http import HttpResponse

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vetovoima.config.settings.production")
_django = get_wsgi_application()

# only now: models can be imported when Django has been set up
from vetovoima.config.middleware import FEATURES, FEEDS, ProgramsMiddleware  # noqa: E402

_programs = ProgramsMiddleware(lambda _request: HttpResponse(status=404))
# What is loaded at start lives as long as the process: without it in every collection the slowest answers are faster.
gc.collect()
gc.freeze()
# A page of features makes hundreds of short-lived tuples: at Python's own threshold they are gone through every few
# requests, each time for nothing, and now and then with all that the process keeps.
gc.set_threshold(50_000, 20, 50)
# An answer of a hundred kilobytes is made anew for each request. glibc would give its memory back to the system after each
# and ask for it again, page by page: that costs several times what writing it does (docs/decisions/0023). Other C
# libraries have no such call, and do without.
TRIM_THRESHOLD, MMAP_THRESHOLD, KEPT_BYTES = -1, -3, 32 * 1024 * 1024
with contextlib.suppress(AttributeError, OSError, TypeError):
    for _option in (TRIM_THRESHOLD, MMAP_THRESHOLD):
        ctypes.CDLL(None).mallopt(_option, KEPT_BYTES)


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """This will answer a request; an answer that is whole already as a list of one piece.

    Programs are answered before Django's handler begins: what it does around every request costs as much as their answer.
    The server sends a list with the head at once. Anything else it takes for a stream: it hands over the head, then each
    piece, then the end, from thread to thread, while the next request waits.
    """
    if environ["PATH_INFO"].startswith((FEEDS, FEATURES)) and (ready := _at_once(environ)) is not None:
        start_response(f"{ready.status_code} {ready.reason_phrase}", list(ready.items()))
        return [ready.content]
    answer = _django(environ, start_response)
    # a file is read while it is sent
    if not isinstance(answer, HttpResponse):
        return answer
    try:
        return [answer.content]
    finally:
        answer.close()


def _at_once(environ: dict[str, Any]) -> HttpResponse | None:
    """What a program gets at once. Whatever goes wrong is met again by Django's handler, which answers and logs it as always."""
    connection = connections[DEFAULT_DB_ALIAS]
    # what Django does at the beginning of each request: a connection that has grown old is opened anew
    connection.close_if_unusable_or_obsolete()
    with contextlib.suppress(Exception):
        return _programs.at_once(WSGIRequest(environ))
    return None
