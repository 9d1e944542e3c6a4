"""The web application. Served by granian as WSGI: asynchronous serving measured three to four times slower."""

import contextlib
import ctypes
import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vetovoima.config.settings.production")
application = get_wsgi_application()
# What is loaded at start lives as long as the process: without it in every collection the slowest answers are faster.
gc.collect()
gc.freeze()
# An answer of a hundred kilobytes is made anew for each request. glibc would give its memory back to the system after each
# and ask for it again, page by page: that costs several times what writing it does (docs/decisions/0023). Other C
# libraries have no such call, and do without.
TRIM_THRESHOLD, MMAP_THRESHOLD, KEPT_BYTES = -1, -3, 32 * 1024 * 1024
with contextlib.suppress(AttributeError, OSError, TypeError):
    for _option in (TRIM_THRESHOLD, MMAP_THRESHOLD):
        ctypes.CDLL(None).mallopt(_option, KEPT_BYTES)
