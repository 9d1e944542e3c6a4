"""Tags that put the blocks of a page together."""

from __future__ import annotations

import re
from typing import Any

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html, strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from vetovoima.catalogue.knowledge.writing import written
from vetovoima.common.money import file_size
from vetovoima.common.templatetags.vetovoima import NAMES, web_address
from vetovoima.portal.addresses import is_address, with_language
from vetovoima.portal.drawing import draw_html, draw_plain, is_gone
from vetovoima.portal.gathering import Gathered
from vetovoima.portal.languages import current_language

from .facts import asked_of

register = template.Library()
PICTURE = "max-1280x960|format-webp"


@register.simple_tag(takes_context=True)
def page_blocks(context: template.Context, later: str = "", only: str = "") -> SafeString:
    """This will draw the blocks of the page, and then put the values of all facts that they name into their places. Blocks
    of the kind `later` are left out, for the page draws them further down as its `only` ones."""
    page: Any = context["page"]
    if not page.blocks:
        return SafeString("")
    flat: Any = context.flatten()
    flat.setdefault("gathered", Gathered(page, current_language()))
    parts = []
    for number, block in enumerate(page.blocks, 1):
        if block.block_type == later or (only and block.block_type != only):
            continue
        inner = block.render({**flat, "block_id": f"block-{number}"})
        if inner.strip():
            parts.append(format_html('<div class="block block-{}">{}</div>', block.block_type, inner))
    whole = "".join(parts)
    ask = flat["gathered"].known
    return draw_html(f'<div class="blocks">{whole}</div>', ask) if parts else SafeString("")


@register.simple_tag(takes_context=True)
def block_facts(context: template.Context, codes: Any) -> list[dict[str, Any]]:
    """The facts that a block names, in its order; those that are gone fall away."""
    wanted = [codes] if isinstance(codes, str) else list(codes or [])
    found = context["gathered"].known(wanted)
    return [
        {"fact": found[code], "value": written(found[code], current_language())}
        for code in wanted
        if not is_gone(found.get(code))
    ]


@register.filter
def drawn_by_us(svg: str) -> SafeString:
    """A drawing of monitoring.charts: every text in it was escaped when it was drawn."""
    return mark_safe(svg)  # noqa: S308


@register.simple_tag
def language_note(language: str) -> SafeString:
    """The words "in Finnish" in that language, where it is another than the page's."""
    if not language or language == get_language():
        return SafeString("")
    return format_html(' <small class="language-note" lang="{}">({})</small>', language, NAMES[language])


@register.simple_tag
def step_facts(step: Any) -> list[dict[str, str]]:
    """What is known of a step, and at the end, in one line, what is said not to be known."""
    labels = {
        "who": _("Who"), "time": _("Usual time"), "cost": _("Cost"), "law": _("Legal basis"),
        "appeal": _("Appeal"),
    }  # fmt: skip
    unknown = set(step.get("unknown") or ())
    found = [
        {"label": label, "text": text, "url": web_address(step.get("law_url")) if name == "law" else ""}
        for name, label in labels.items()
        if (text := step.get(name) or "")
    ]
    untold = [label for name, label in labels.items() if name in unknown and not step.get(name)]
    return [*found, *_untold(untold)]


def _untold(labels: list[str]) -> list[dict[str, str]]:
    """One line of what the sources leave open, instead of as many lines that say the same."""
    words = capfirst(_("not stated in the sources"))
    return [{"label": words, "text": "", "untold": ", ".join(labels)}] if labels else []


@register.simple_tag
def untold_of(step: Any) -> list[dict[str, str]]:
    """What the sources leave open of a step of a permit path."""
    no_time = step.months_from is None and step.months_to is None and not step.time_note
    missing = (
        (not step.decides, _("Who decides")), (not step.documents, _("Documents and forms")),
        (not step.online, _("How to apply")), (no_time, _("Usual time")), (not step.cost, _("Cost")),
    )  # fmt: skip
    return _untold([label for is_missing, label in missing if is_missing])


@register.filter
def portal_address(url: str) -> str:
    """An address as a link may have it: in the page's language when it is one of the portal; empty for anything else."""
    return with_language(url, current_language()) if is_address(url or "") else ""


@register.simple_tag
def link_target(link: Any) -> dict[str, Any]:
    """Where a link leads: to its file with its size, or to its address."""
    document = link.get("document")
    if document is not None:
        size = document.get_file_size()
        kind = document.file_extension.upper()
        return {
            "url": document.url,
            "size": f"{kind}, {file_size(size, current_language())}" if size else kind,
        }
    url = portal_address(link.get("url") or "")
    return {"url": url, "is_outside": url.startswith("http"), "size": ""}


@register.simple_tag
def picture(value: Any) -> dict[str, Any] | None:
    """A picture in the size of the page; None when its file is gone."""
    image = value.get("image")
    if image is None:
        return None
    rendition = image.get_rendition(PICTURE)
    if rendition.file.name and rendition.width:
        return {"url": rendition.url, "width": rendition.width, "height": rendition.height}
    return None


@register.simple_tag
def parent_of(page: Any) -> Any:
    """The page above, unless that is the home page or nothing public."""
    parent = page.get_parent()
    return parent if parent is not None and parent.depth > 2 and parent.live else None


@register.simple_tag
def event_time(event: Any) -> str:
    """When an event is, from first to last, as the page's language writes it."""
    start = localtime(event.starts_at)
    end = localtime(event.ends_at) if event.ends_at else None
    first = date_format(start, "DATE_FORMAT")
    same_day = end is not None and end.date() == start.date()
    if event.is_whole_day:
        return first if end is None or same_day else f"{first} – {date_format(end, 'DATE_FORMAT')}"
    clock = date_format(start, "TIME_FORMAT")
    if end is None:
        return f"{first}, {clock}"
    until = date_format(end, "TIME_FORMAT")
    return (
        f"{first}, {clock}–{until}"
        if same_day
        else f"{first}, {clock} – {date_format(end, 'DATE_FORMAT')}, {until}"
    )


@register.filter
def point_address(point: dict[str, Any]) -> str:
    """Where a point of the map leads."""
    return str(point.get("url") or f"/{current_language()}/sites/{point['code']}/")


@register.filter
def point_place(point: dict[str, Any], names: dict[str, str]) -> str:
    """The municipality of a point, and how exactly its place is known."""
    words = {"settlement": _("known to the settlement"), "municipality": _("known to the municipality only")}
    parts = (names.get(point.get("municipality", ""), ""), words.get(point.get("precision", ""), ""))
    return ", ".join(part for part in parts if part)


@register.simple_tag(takes_context=True)
def questions_ld(context: template.Context) -> dict[str, Any] | None:
    """The questions and answers of the page as search engines know them; None where it has none."""
    page = context.get("page")
    asked = [
        one
        for block in (getattr(page, "blocks", None) or ())
        if block.block_type == "questions"
        for one in block.value["items"]
    ]
    if not asked:
        return None
    ask = asked_of(context)
    return {
        "@context": "https://schema.org",
        "@type": "FAQPage",
        "inLanguage": current_language(),
        "mainEntity": [
            {
                "@type": "Question",
                "name": draw_plain(one["question"], ask),
                "acceptedAnswer": {
                    "@type": "Answer",
                    "text": draw_plain(_as_words(one["answer"].source), ask),
                },
            }
            for one in asked
        ],
    }


def _as_words(html: str) -> str:
    """Rich text as words: what ended a paragraph or an item becomes a space."""
    return re.sub(r"\s+", " ", strip_tags(re.sub(r"</(p|li|h\d)>|<br\s*/?>", " ", html))).strip()
