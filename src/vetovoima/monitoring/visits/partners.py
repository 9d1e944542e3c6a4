"""Who is known by name as a source of visits: organisations and municipalities of the region's pack, registered pages
that show the offer, and campaigns."""

from __future__ import annotations

import time
from functools import lru_cache
from itertools import count
from urllib.parse import urlsplit

from django.conf import settings
from django.db import DatabaseError

from vetovoima.accounts.queries import organisations
from vetovoima.reference.queries import municipalities
from vetovoima.syndication.channels.queries import page_keys

from .sources import Known

#: how long a process leans on the list it read last, in seconds
READ_AGAIN_AFTER = 600
#: how long nobody asks a database that did not answer
ASK_AGAIN_AFTER = 10
_turns = count(1)


def known_sources() -> Known:
    """The names that are believed; read again every ten minutes. None but our own while the database does not answer:
    pages from the cache are answered without it (docs/decisions/0006)."""
    now = time.monotonic()
    if now < _Silence.until:
        return _nobody(settings.VETOVOIMA_PUBLIC_URL)
    try:
        return _known(int(now // READ_AGAIN_AFTER), settings.VETOVOIMA_PUBLIC_URL)
    except DatabaseError:
        _Silence.until = now + ASK_AGAIN_AFTER
        return _nobody(settings.VETOVOIMA_PUBLIC_URL)


class _Silence:
    """Until when the database is not asked."""

    until = 0.0


def _nobody(public_url: str) -> Known:
    return Known(_host(public_url), {}, frozenset(settings.VETOVOIMA_CAMPAIGNS))


@lru_cache(maxsize=1)
def _known(_while: int, public_url: str) -> Known:
    rows = [*organisations().values_list("website", "slug"), *municipalities().values_list("website", "slug")]
    partners = {_host(website): slug for website, slug in rows if website}
    own = _host(public_url)
    partners.pop(own, None)
    return Known(own, partners, frozenset(settings.VETOVOIMA_CAMPAIGNS), next(_turns), frozenset(page_keys()))


def forget_known_sources() -> None:
    """This will have the list read again at once; without it a change is seen within ten minutes."""
    _known.cache_clear()
    _Silence.until = 0.0


def _host(address: str) -> str:
    return (urlsplit(address).hostname or "").removeprefix("www.")
