"""The public record as a PDF, kept as long as what it says stays the same."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.core.cache import caches
from django.utils.translation import gettext as _
from django.utils.translation import override

from vetovoima.common import pdf
from vetovoima.reference.models import Region
from vetovoima.reference.queries import region
from vetovoima.syndication.models import PublishedDocument

from .sheets import sheet_of, written_day

TEMPLATE = "syndication/papers/site.typ"
PARTS = ("common/pdf/base.typ", "syndication/papers/record.typ", TEMPLATE)
#: a document asked for again is the same for a month, unless the record changes
KEPT_SECONDS = 30 * 24 * 3600


def look_of(found: Region | None, language: str) -> pdf.Look:
    """This will return how a region's documents look."""
    if found is None:
        return pdf.Look("", 64.0)
    colours = found.tokens.get("light") if isinstance(found.tokens, dict) else None
    return pdf.Look(
        found.site_name.best(language)[0], found.latitude, colours if isinstance(colours, dict) else {}
    )


def record_pdf(document: PublishedDocument, address: str) -> bytes:
    """This will return a public record as a PDF; `address` is that of its page. Raises CannotRender."""
    look = look_of(region(), document.language)
    key = _key(document.body, look, address)
    kept: bytes | None = caches["drawings"].get(key)
    if kept is None:
        kept = _set(document.body, look, address)
        caches["drawings"].set(key, kept, KEPT_SECONDS)
    return kept


def _key(body: dict[str, Any], look: pdf.Look, address: str) -> str:
    said = json.dumps([body, look.as_data(), address, _templates()], sort_keys=True)
    return "pdf-" + hashlib.sha256(said.encode()).hexdigest()


@lru_cache(maxsize=1)
def _templates() -> str:
    """A mark that changes when the look of documents does."""
    root = Path(pdf.__file__).resolve().parents[2]
    return hashlib.sha256(b"".join((root / part).read_bytes() for part in PARTS)).hexdigest()


def _set(body: dict[str, Any], look: pdf.Look, address: str) -> bytes:
    with override(body["language"]):
        dated = _("Facts as of %(date)s") % {"date": written_day(body["updated_at"])}
        example = _("EXAMPLE") if body["is_example"] else ""
        sources = [source_line(one) for one in body["sources"]]
    return pdf.render(
        TEMPLATE,
        sheet_of(body, address),
        title=f"{body['name']['text']} ({body['code']})",
        language=body["language"],
        author=look.name,
        look=look,
        dated=dated,
        moment=datetime.fromisoformat(body["updated_at"]),
        example=example,
        sources=sources,
    )


def source_line(one: dict[str, str]) -> str:
    """This will write a source as the active language does: title, day, address."""
    return ", ".join(filter(None, (one["title"], written_day(one["dated"]), one["url"])))
