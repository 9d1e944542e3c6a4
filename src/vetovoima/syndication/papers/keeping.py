"""Papers that are kept: set once, and again only when what they say or how they look has changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from django.core.cache import caches

from vetovoima.common import pdf


def kept_paper(
    name: str, said: Any, parts: tuple[str, ...], seconds: int, make: Callable[[], bytes]
) -> bytes:
    """This will return a paper from the cache, or make and keep it.

    `said` is everything that stands on it, as JSON; `parts` are the files of its template below the package.
    """
    text = json.dumps([said, _look_of_templates(parts)], sort_keys=True)
    key = f"{name}-{hashlib.sha256(text.encode()).hexdigest()}"
    kept: bytes | None = caches["drawings"].get(key)
    if kept is None:
        kept = make()
        caches["drawings"].set(key, kept, seconds)
    return kept


@cache
def _look_of_templates(parts: tuple[str, ...]) -> str:
    """A mark that changes when the look of a paper does."""
    root = Path(pdf.__file__).resolve().parents[2]
    return hashlib.sha256(b"".join((root / part).read_bytes() for part in parts)).hexdigest()
