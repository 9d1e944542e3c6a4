"""Telling the fact bank which pages name its facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from wagtail.models import Page, Site
from wagtail.rich_text import RichText

from vetovoima.catalogue.knowledge.enums import UseKind
from vetovoima.catalogue.knowledge.tokens import codes_in
from vetovoima.catalogue.knowledge.uses import forget_uses, note_uses

#: parts of blocks that are codes, days or addresses, not words
NO_WORDS = frozenset(
    {
        "code", "codes", "indicator", "areas", "form", "municipalities", "sectors", "kinds", "availabilities", "municipality",
        "organisation", "contact", "path", "kind", "url", "law_url", "online_url", "date", "consent_on",
        "consent_until", "source_language", "language", "unknown", "image", "document",
    }
)  # fmt: skip


def texts_of(page: Any) -> list[str]:
    """The texts of a page in which a fact may be named, those of its blocks among them."""
    said = [str(getattr(page, name, "") or "") for name in ("lead", "body", "search_description")]
    return [
        *said,
        *(text for block in getattr(page, "blocks", None) or () for text in _texts_in(block.value)),
    ]


def _texts_in(value: Any) -> Iterator[str]:
    """Every text inside a block, however deep."""
    if isinstance(value, RichText):
        yield value.source
    elif isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for name, part in value.items():
            if name not in NO_WORDS:
                yield from _texts_in(part)
    elif isinstance(value, Iterable):
        for part in value:
            yield from _texts_in(part)


def codes_of(page: Any) -> list[str]:
    """The facts that a page names: in its texts, and as its key facts."""
    blocks = [block.value.get("code", "") for block in getattr(page, "key_facts", [])]
    for block in getattr(page, "blocks", None) or ():
        if block.block_type == "fact":
            blocks.append(block.value.get("code", ""))
        elif block.block_type == "facts":
            blocks.extend(block.value.get("codes") or ())
    return [*codes_in(*texts_of(page)), *(code for code in blocks if code)]


def note_page(page: Any) -> None:
    """This will keep what a live page names, and forget a page that is not public."""
    page = page.specific
    if not page.live:
        forget_uses(UseKind.PAGE, str(page.pk))
        return
    _note(page, page.url)


def _note(page: Any, address: str | None) -> None:
    note_uses(
        UseKind.PAGE, str(page.pk), codes_of(page), title=page.title, address=address or "",
        language=page.locale.language_code,
    )  # fmt: skip


def note_pages() -> None:
    """This will keep what every live page names: after a pack has stored pages without publishing them."""
    site = Site.objects.filter(is_default_site=True).first()
    pages = list(Page.objects.live().filter(depth__gt=1).order_by("pk").specific())
    for page in pages:
        # Wagtail keeps where its sites begin at the thing that it is given, so that all the pages ask once.
        _note(page, page.relative_url(site, pages[0]) if site else None)
