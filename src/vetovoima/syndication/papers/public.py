"""The public record as a PDF, kept as long as what it says stays the same."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from vetovoima.common import pdf
from vetovoima.reference.models import Region
from vetovoima.reference.queries import region
from vetovoima.syndication.models import PublishedDocument

from .keeping import kept_paper
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
    said = [document.body, look.as_data(), address]
    return kept_paper("pdf", said, PARTS, KEPT_SECONDS, lambda: _set(document.body, look, address))


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
