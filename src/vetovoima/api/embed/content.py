"""What an embed shows, in words and addresses that are ready to be shown: the same for all ways."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vetovoima.catalogue.enums import SiteKind
from vetovoima.common.money import figure
from vetovoima.common.templatetags.vetovoima import day
from vetovoima.reference.queries import boundaries, municipalities, region
from vetovoima.syndication.embedding.drawing import draw
from vetovoima.syndication.embedding.queries import mark_of
from vetovoima.syndication.queries import offer_sums, published_site, search_sites

from .asking import BESIDE, EmbedRequest

if TYPE_CHECKING:
    from vetovoima.syndication.models import PublishedDocument

HECTARE = 10_000
#: facts of a record that a list tells, and a record alone
FACTS, ALL_FACTS = 3, 8
#: what a search page of ours does not understand
NOT_OF_SEARCH = {*BESIDE, "lang", "limit", "offset", "examples"}
Shown = dict[str, Any]


def state_of(asked: EmbedRequest) -> Shown:
    """This will return what tells whether an embed is still what it was: the version of the records shown and their total.

    A page asks it again and again to hear that nothing changed, so nothing is made that would be shown.
    """
    documents, total = _documents(asked)
    return {"version": mark_of(documents), "total": total}


def content_of(asked: EmbedRequest, base: str) -> Shown:
    """This will return what an embed shows: version, heading, items and links; `base` begins every address.

    The version is of the records shown, in their order: the same for the same question in every way of showing. Key figures
    have that of the records that they are of.
    """
    documents, total = _documents(asked)
    items = [_item(asked, row, base) for row in documents]
    return {
        "version": mark_of(documents),
        "mode": asked.mode,
        "language": asked.language,
        "municipality": asked.slug,
        "heading": _heading(asked),
        "total": total,
        "count": ngettext("%(count)s site", "%(count)s sites", total) % {"count": total},
        "items": items,
        "updated": max((item["updated_at"] for item in items), default=""),
        "more": asked.link(f"{base}{_search_path(asked)}"),
        **_source(asked, base),
        **_beside(asked, documents),
    }


def texts_of(content: Shown) -> dict[str, str]:
    """This will return the words that the component puts around what is shown."""
    return {
        "none": _("Nothing is published at the moment."),
        "no_record": _("This record is not published at the moment."),
        "example": _("example"),
        "all": _("All sites"),
        "words": _("Search words"),
        "search": _("Search"),
        "not_counted": _("Examples are not counted."),
        "map": _("Map: %(count)s. The same sites are listed below.") % {"count": content["count"]},
        "updated": _("Updated %(date)s") % {"date": day(content["updated"])},
    }


def repeated(asked: EmbedRequest, *, in_frame: bool) -> list[tuple[str, str]]:
    """What a form sends along with the words: in a frame all that was asked of it, elsewhere what our search page takes."""
    if in_frame:
        return [(name, value) for name, value in asked.feed.given.items() if name not in ("q", "offset")]
    return [*((name, value) for name, value in _search_query(asked) if name != "q"), ("via", asked.via)]


def _documents(asked: EmbedRequest) -> tuple[list[PublishedDocument], int]:
    if asked.mode != "record":
        page = search_sites(asked.language, asked.feed.terms, with_facets=False)
        return page.documents, page.total
    found = published_site(asked.code, asked.language)
    # an embed of a municipality shows nothing of another's
    if found is None or (asked.slug and found.municipality_slug != asked.slug):
        return [], 0
    return [found], 1


def _heading(asked: EmbedRequest) -> str:
    if asked.town is None:
        return _("Sites and premises")
    return _("Sites and premises: %(name)s") % {"name": asked.town.name.best(asked.language)[0]}


def _source(asked: EmbedRequest, base: str) -> Shown:
    found = region()
    path = f"/{asked.language}/municipalities/{asked.slug}/" if asked.slug else f"/{asked.language}/"
    return {
        "source": found.site_name.best(asked.language)[0] if found else "Vetovoima",
        "source_link": asked.link(f"{base}{path}"),
        "licence": found.licence if found else "",
    }


def _search_path(asked: EmbedRequest) -> str:
    """The same search on our own page."""
    pairs = _search_query(asked)
    return f"/{asked.language}/sites/{f'?{urlencode(pairs)}' if pairs else ''}"


def _search_query(asked: EmbedRequest) -> list[tuple[str, str]]:
    query = {name: value for name, value in asked.feed.given.items() if name not in NOT_OF_SEARCH and value}
    if asked.slug:
        query["municipality"] = asked.slug
    return [(name, part) for name, value in query.items() for part in _parts(name, value)]


def _parts(name: str, value: str) -> list[str]:
    """Our page takes several values one by one; an area is one value with commas in it."""
    return [value] if name in ("area", "bbox", "q") else value.split(",")


def _beside(asked: EmbedRequest, documents: list[PublishedDocument]) -> Shown:
    if asked.mode == "map":
        return {"map": _map(asked, documents)}
    if asked.mode == "figures":
        return {"figures": _figures(asked)}
    return {}


def _item(asked: EmbedRequest, row: PublishedDocument, base: str) -> Shown:
    card = row.card
    url = f"{base}{card['url']}"
    return {
        "code": card["code"],
        "version": card["version"],
        "name": card["name"]["text"],
        "name_language": card["name"]["language"],
        "is_example": card["is_example"],
        "kind": card["kind"]["label"],
        "availability": card["availability"]["label"],
        "municipality": card["municipality"]["name"],
        "facts": _facts(card, ALL_FACTS if asked.mode == "record" else FACTS),
        "summary": card["summary"]["text"],
        "summary_language": card["summary"]["language"],
        "quality": _("readiness %(level)s/5, %(percent)s %% known")
        % {"level": card["readiness"]["level"], "percent": card["completeness"]},
        "place": card["place"]["label"],
        "updated_at": card["updated_at"],
        "updated": _("Updated %(date)s") % {"date": day(card["updated_at"])},
        "url": url,
        "link": asked.link(url),
    }


def _facts(card: dict[str, Any], most: int) -> list[Shown]:
    """The first facts that are known: unknown ones are told on the record's own page."""
    first = card["key_facts"][:most]
    return [
        {"label": one["label"], "value": f"{one['display']} {one['unit']}".strip()}
        for one in first
        if one["known"]
    ]


def _map(asked: EmbedRequest, documents: list[PublishedDocument]) -> Shown:
    towns = [
        {
            "slug": one.slug,
            "name": one.name.best(asked.language)[0],
            "longitude": one.longitude,
            "latitude": one.latitude,
        }
        for one in municipalities()
    ]
    found = boundaries()
    picture = draw(found, towns, [row.card for row in documents], asked.slug)
    return {**asdict(picture), "credit": found["credit"] if picture.shapes else ""}


def _figures(asked: EmbedRequest) -> list[Shown]:
    """Key figures: each with what it says. What no record says is left out."""
    sums = offer_sums(asked.language, asked.feed.terms)
    labels = dict(SiteKind.choices)
    found = [{"label": _("Published sites"), "value": figure(sums.total, asked.language)}]
    if sums.largest_m2:
        found.append(
            {
                "label": _("Largest site"),
                "value": f"{figure(sums.largest_m2 / HECTARE, asked.language, 1)} ha",
            }
        )
    if sums.most_mw:
        found.append(
            {
                "label": _("Most free electric power at a site"),
                "value": f"{figure(sums.most_mw, asked.language, 1)} MW",
            }
        )
    return found + [
        {"label": str(labels.get(kind, kind)), "value": figure(count, asked.language)}
        for kind, count in sums.kinds.items()
    ]


def linked_data(content: Shown) -> SafeString:
    """This will return the list as schema.org JSON-LD for search engines; examples are nobody's offer and are left out.

    What could end the script element is escaped.
    """
    real = [item for item in content["items"] if not item["is_example"]]
    body = {
        "@context": "https://schema.org",
        "@type": "ItemList",
        "name": content["heading"],
        "numberOfItems": len(real),
        "itemListElement": [
            {"@type": "ListItem", "position": number, "url": item["url"], "name": item["name"]}
            for number, item in enumerate(real, 1)
        ],
    }
    text = json.dumps(body, ensure_ascii=False)
    for mark in "<>&":
        text = text.replace(mark, f"\\u{ord(mark):04x}")
    return mark_safe(text)  # noqa: S308 - JSON whose angle brackets and ampersands are escaped above
