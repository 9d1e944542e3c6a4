"""The web application. Served by granian as WSGI: asynchronous serving measured three to four times slower."""

import contextlib
import ctypes
import gc
import os
from collections.abc import Callable, Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vetovoima.config.settings.production")
_django = get_wsgi_application()
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

    The server sends a list with the head at once. Anything else it takes for a stream: it hands over the head, then each
    piece, then the end, from thread to thread, while the next request waits.
    """
    answer = _django(environ, start_response)
    # a file is read while it is sent
    if not isinstance(answer, HttpResponse):
        return answer
    try:
        return [answer.content]
    finally:
        answer.close()
