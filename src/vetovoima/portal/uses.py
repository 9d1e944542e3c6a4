"""Telling the fact bank which pages name its facts."""

from __future__ import annotations

from typing import Any

from wagtail.models import Page

from vetovoima.catalogue.knowledge.enums import UseKind
from vetovoima.catalogue.knowledge.tokens import codes_in
from vetovoima.catalogue.knowledge.uses import forget_uses, note_uses


def texts_of(page: Any) -> list[str]:
    """The texts of a page in which a fact may be named."""
    return [str(getattr(page, name, "") or "") for name in ("lead", "body", "search_description")]


def codes_of(page: Any) -> list[str]:
    """The facts that a page names: in its texts, and as its key facts."""
    blocks = [block.value.get("code", "") for block in getattr(page, "key_facts", [])]
    return [*codes_in(*texts_of(page)), *(code for code in blocks if code)]


def note_page(page: Any) -> None:
    """This will keep what a live page names, and forget a page that is not public."""
    page = page.specific
    if not page.live:
        forget_uses(UseKind.PAGE, str(page.pk))
        return
    note_uses(
        UseKind.PAGE, str(page.pk), codes_of(page), title=page.title, address=page.url or "",
        language=page.locale.language_code,
    )  # fmt: skip


def note_pages() -> None:
    """This will keep what every live page names: after a pack has stored pages without publishing them."""
    for page in Page.objects.live().filter(depth__gt=1).order_by("pk"):
        note_page(page)
