"""A municipality's offer as plain pages that work from a folder: every address inside is relative, nothing is loaded from
elsewhere, nothing runs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from vetovoima.common.fields import LANGUAGES
from vetovoima.syndication.channels.versions import shown_version

from .about import About

NATIVE = {"fi": "Suomi", "en": "English", "sv": "Svenska"}
#: figures that the list shows of each record
SHOWN = 3
NOTHING = SafeString("")
Document = Mapping[str, Any]
#: where a photograph lies, by its public path
Photos = Mapping[str, str]


def page(about: About, language: str, title: str, inner: SafeString, *, up: str, here: str) -> str:
    """This will write a whole page; `up` leads to the folder of all languages, `here` is the page's place in each."""
    return str(
        format_html(
            '<!doctype html>\n<html lang="{}">\n<head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width, initial-scale=1"><title>{}</title>'
            '<link rel="stylesheet" href="{}style.css"></head>\n<body>\n{}\n<main>\n{}\n</main>\n{}\n</body>\n</html>\n',
            language, f"{title} – {about.named(language)}", up, _languages(language, up, here), inner, _foot(about, language),
        )
    )  # fmt: skip


def _languages(language: str, up: str, here: str) -> SafeString:
    links = format_html_join(
        " ",
        '<a href="{}{}/{}" lang="{}" hreflang="{}"{}>{}</a>',
        (
            (
                up,
                code,
                here,
                code,
                code,
                SafeString(' aria-current="page"') if code == language else NOTHING,
                NATIVE[code],
            )
            for code in LANGUAGES
        ),
    )
    return format_html('<nav class="languages" aria-label="{}">{}</nav>', _("Languages"), links)


def _foot(about: About, language: str) -> SafeString:
    source = f"{about.base}/{language}/"
    if about.municipality:
        source += f"municipalities/{about.municipality.slug}/"
    return format_html(
        '<footer class="small"><p>{}: <a href="{}">{}</a> · {} · {}</p></footer>',
        _("Source"), source, about.named(language), about.licence, _("As of: %(date)s") % {"date": f"{about.made_at:%Y-%m-%d}"},
    )  # fmt: skip


def fragment(about: About, language: str, documents: Iterable[Document], *, level: int = 2) -> SafeString:
    """This will write the list alone: a section to be put into somebody else's page, under a heading of a `level`."""
    name = about.municipality.name.best(language)[0] if about.municipality else about.named(language)
    listed = list(documents)
    rows = [_row(one) for one in listed]
    inner = (
        format_html('<ul class="sites">{}</ul>', format_html_join("\n", "{}", ((row,) for row in rows)))
        if rows
        else format_html("<p>{}</p>", _("Nothing is published at the moment."))
    )
    title = _("Sites and premises: %(name)s") % {"name": name}
    return format_html(
        '<section class="vetovoima-sites" lang="{}" data-municipality="{}" data-vetovoima-version="{}"><h{}>{}</h{}>\n{}'
        "</section>",
        language,
        about.municipality.slug if about.municipality else "",
        shown_version((one["code"], one["version"]) for one in listed),
        level,
        title,
        level,
        inner,
    )


def _row(one: Document) -> SafeString:
    facts = [f"{fact['label']} {_value(fact)}" for fact in one["key_facts"][:SHOWN] if fact["known"]]
    about = " · ".join([one["kind"]["label"], one["availability"]["label"], *facts])
    return format_html(
        '<li data-code="{}" data-version="{}"><a href="sites/{}.html" lang="{}">{}</a>{}<p>{}</p>{}</li>',
        one["code"], one["version"], one["code"], one["name"]["language"], one["name"]["text"], _example(one), about,
        _words(one["summary"]),
    )  # fmt: skip


def record(about: About, language: str, one: Document, photos: Photos) -> str:
    """This will write a record's page."""
    inner = format_html_join(
        "\n",
        "{}",
        (
            (part,)
            for part in (
                format_html('<p><a href="../index.html">{}</a></p>', _("All sites")),
                format_html('<h1 lang="{}">{}</h1>', one["name"]["language"], one["name"]["text"]),
                _line(one), _words(one["summary"]), _pictures(one, photos), _words(one["reason_to_come"]), _words(one["description"]),
                *(_group(group) for group in one["groups"]), _contact(one), _way(about, language, one),
            )
        ),
    )  # fmt: skip
    return page(about, language, one["name"]["text"], inner, up="../../", here=f"sites/{one['code']}.html")


def _line(one: Document) -> SafeString:
    words = " · ".join(
        [one["kind"]["label"], one["municipality"]["name"], one["availability"]["label"], one["code"]]
    )
    return format_html("<p>{}{}</p>", words, _example(one))


def _example(one: Document) -> SafeString:
    return format_html(' <span class="example">{}</span>', _("EXAMPLE")) if one["is_example"] else NOTHING


def _words(text: Mapping[str, str]) -> SafeString:
    """A text in its own language, a paragraph for each of its own."""
    parts = [part.strip() for part in re.split(r"\n\s*\n", text["text"]) if part.strip()]
    return format_html_join("\n", '<p lang="{}">{}</p>', ((text["language"], part) for part in parts))


def _pictures(one: Document, photos: Photos) -> SafeString:
    return format_html_join(
        "\n",
        '<figure><img src="../../{}" width="{}" height="{}" alt="{}"><figcaption class="small" lang="{}">{}</figcaption></figure>',
        (
            (
                photos[photo["url"]], photo["width"], photo["height"], photo["alt"]["text"], photo["alt"]["language"],
                " · ".join(part for part in (photo["alt"]["text"], photo["credit"], photo["licence"]) if part),
            )
            for photo in one["photos"]
            if photo["url"] in photos
        ),
    )  # fmt: skip


def _group(group: Mapping[str, Any]) -> SafeString:
    """What is known of a group, with the source and the day of each figure."""
    rows = [
        (fact["label"], _value(fact), _source(fact))
        for fact in group["facts"]
        if fact["known"] or fact["absence"]
    ]
    if not rows:
        return NOTHING
    lines = format_html_join(
        "\n", '<tr><th scope="row">{}</th><td>{}</td><td class="small">{}</td></tr>', rows
    )
    return format_html(
        '<div class="wide" tabindex="0" role="region" aria-label="{}"><table><caption>{}</caption><thead><tr><th scope="col">{}</th><th scope="col">{}</th><th scope="col">{}</th></tr></thead><tbody>{}</tbody></table></div>',
        group["label"], group["label"], _("Fact"), _("Value"), _("Source"), lines,
    )  # fmt: skip


def _value(fact: Mapping[str, Any]) -> str:
    return f"{fact['display']} {fact['unit']}".strip() if fact["known"] else str(fact["absence"])


def _source(fact: Mapping[str, Any]) -> str:
    parts = [fact["source"], fact["dated"]]
    if fact["checked_on"]:
        parts.append(_("checked %(date)s") % {"date": fact["checked_on"]})
    return ", ".join(part for part in parts if part)


def _contact(one: Document) -> SafeString:
    found = one["contact"]
    if not found:
        return NOTHING
    said = " · ".join(
        part for part in (found["name"], found["title"], found["organisation"], found["phone"]) if part
    )
    mail = (
        format_html(' · <a href="mailto:{}">{}</a>', found["email"], found["email"])
        if found["email"]
        else NOTHING
    )
    mark = format_html(' <span class="example">{}</span>', _("EXAMPLE")) if found["is_example"] else NOTHING
    return format_html("<h2>{}</h2><p>{}{}{}</p>", _("Contact"), said, mail, mark)


def _way(about: About, language: str, one: Document) -> SafeString:
    return format_html(
        '<p><a href="{}{}">{}</a> · <a href="{}/{}/enquiry/?site={}">{}</a></p>',
        about.base, one["url"], _("The same, always current"), about.base, language, one["code"], _("Ask about this site"),
    )  # fmt: skip


def front(about: About) -> str:
    """This will write the first page: the choice of language."""
    name = about.municipality.name.best("fi")[0] if about.municipality else about.publisher
    links = format_html_join(
        "",
        '<li><a href="{}/index.html" lang="{}" hreflang="{}">{}</a></li>',
        ((code, code, code, NATIVE[code]) for code in LANGUAGES),
    )
    return str(
        format_html(
            '<!doctype html>\n<html lang="fi">\n<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
            '<title>{}</title><link rel="stylesheet" href="style.css"></head>\n<body><main><h1>{}</h1><ul>{}</ul></main></body>\n</html>\n',
            name, name, links,
        )
    )  # fmt: skip
