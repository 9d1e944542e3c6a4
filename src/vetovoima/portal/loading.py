"""Storing the pack's first pages (`content/pages/*.json`) as pages that people then edit.

One page a language, translations linked by their key. A page that a person edited is left alone; a language the pack
does not have is not made up.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from wagtail.models import Locale, Page, Site

from vetovoima.reference import queries as reference
from vetovoima.reference.loading import LoadReport, remember, stale_fields
from vetovoima.reference.pack import Pack

from .languages import SWITCH
from .models import pages as types
from .uses import note_pages

TYPES: dict[str, type[types.ContentPage]] = {
    "home": types.HomePage,
    "region": types.RegionPage,
    "sector": types.SectorPage,
    "municipality": types.MunicipalityPage,
    "text": types.TextPage,
    "news_index": types.NewsIndexPage,
    "news": types.NewsPage,
    "sector_index": types.SectorIndexPage,
    "municipality_index": types.MunicipalityIndexPage,
}
#: lists that must stand above other pages, made with these titles when the pack does not bring them
LISTS = {
    "sectors": ("sector_index", _("Sectors")),
    "municipalities": ("municipality_index", _("Municipalities")),
    "news": ("news_index", _("News")),
}
NAMESPACE = uuid.UUID("5b1de4a0-6f0e-4ad6-93f7-3c1f2b8f9d10")


@transaction.atomic
def load_pages(pack: Pack, report: LoadReport) -> None:
    """This will add the pack's pages, change what the pack changed since, and leave people's edits alone.

    Parents come before children; a list page above others is made when the pack has none, and a plain page for every
    municipality and sector about which the pack has no text. Refuses a page without path, known type or title.
    """
    given = [entry for name, entry in pack.documents("content/pages") if _is_page(pack, name, entry)]
    pack.check()
    for entry in sorted([*given, *_made_up(given)], key=lambda one: (len(_steps(one["path"])), one["path"])):
        for language in SWITCH:
            if entry["title"].get(language):
                _store(entry, language, report)
    note_pages()


def _is_page(pack: Pack, name: str, entry: Any) -> bool:
    """Whether a file of the pack is a page; if not, the pack is told why."""
    if not isinstance(entry, dict):
        return False  # not JSON: noted by the pack already
    if not str(entry.get("path", "")).startswith("/"):
        pack.refuse(name, "must begin with /", column="path")
    if entry.get("type") not in TYPES:
        pack.refuse(name, f"must be one of {', '.join(TYPES)}", column="type")
    if not isinstance(entry.get("title"), dict) or not any(entry["title"].values()):
        pack.refuse(name, "is missing", column="title")
    if entry.get("type") == "news" and not _is_day(entry.get("date")):
        pack.refuse(name, "must be a day such as 2026-10-12", column="date")
    return not any(problem.file == name for problem in pack.problems)


def _is_day(text: Any) -> bool:
    try:
        date.fromisoformat(str(text))
    except ValueError:
        return False
    return True


def _steps(path: str) -> list[str]:
    return [step for step in path.split("/") if step]


def _made_up(given: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Lists and subject pages that every region needs, where the pack brings none: a name and nothing invented."""
    paths = {entry["path"].strip("/") for entry in given}
    subjects = {(entry["type"], entry.get("subject")) for entry in given}
    made: list[dict[str, Any]] = []
    if "" not in paths:
        region = reference.region()
        made.append(
            {"path": "/", "type": "home", "title": dict(region.site_name) if region else {"en": "Home"}}
        )
    for slug, (kind, label) in LISTS.items():
        if slug not in paths:
            made.append({"path": f"/{slug}/", "type": kind, "title": _in_all(label)})
    for municipality in reference.municipalities():
        if ("municipality", municipality.slug) not in subjects:
            made.append(_subject("municipalities", "municipality", municipality.slug, municipality.name))
    for sector in reference.sectors():
        if ("sector", sector.slug) not in subjects:
            made.append(_subject("sectors", "sector", sector.slug, sector.name))
    return made


def _subject(folder: str, kind: str, slug: str, name: Mapping[str, str]) -> dict[str, Any]:
    return {"path": f"/{folder}/{slug}/", "type": kind, "subject": slug, "title": dict(name)}


def _in_all(label: Any) -> dict[str, str]:
    titles = {}
    for language in SWITCH:
        with override(language):
            titles[language] = str(label)
    return titles


def _values(entry: Mapping[str, Any], language: str) -> dict[str, Any]:
    """The page's fields in plain values, as they are compared and remembered."""
    values: dict[str, Any] = {
        "title": entry["title"][language],
        "lead": (entry.get("lead") or {}).get(language, ""),
        "body": (entry.get("body") or {}).get(language, ""),
        "sources": [
            {"title": one.get("title", ""), "url": one.get("url") or "", "date": one.get("date") or ""}
            for one in entry.get("sources") or []
        ],
    }
    if entry["type"] in {"sector", "municipality"}:
        values["subject"] = entry.get("subject") or ""
    if entry["type"] == "news" and entry.get("date"):
        values["date"] = entry["date"]
    return values


def _stored(page: types.ContentPage, names: Iterable[str]) -> dict[str, Any]:
    stored = {name: getattr(page, name) for name in names}
    if "sources" in stored:
        stored["sources"] = [
            {key: block.value.get(key) or "" for key in ("title", "url", "date")} for block in page.sources
        ]
    if "date" in stored:
        stored["date"] = page.date.isoformat()
    return stored


def _set(page: types.ContentPage, name: str, value: Any) -> None:
    if name == "sources":
        value = [("source", one) for one in value]
    if name == "date":
        value = date.fromisoformat(value)
    setattr(page, name, value)


def _key(path: str) -> uuid.UUID:
    """The same page in every language has one key, and the same one at every load."""
    return uuid.uuid5(NAMESPACE, "/" + "/".join(_steps(path)))


def _store(entry: Mapping[str, Any], language: str, report: LoadReport) -> None:
    locale, _made = Locale.objects.get_or_create(language_code=language)
    model, values = TYPES[entry["type"]], _values(entry, language)
    code = f"{language}:{entry['path']}"
    page = model.objects.filter(translation_key=_key(entry["path"]), locale=locale).first()
    if page is None:
        page = _added(model, entry, locale, values)
        if page is None:
            report.note("page", "skipped", code)
            return
        report.note("page", "added")
    else:
        _changed(page, code, values, report)
    remember("page", code, values)


def _changed(page: types.ContentPage, code: str, values: dict[str, Any], report: LoadReport) -> None:
    change, edited = stale_fields("page", code, _stored(page, values), values)
    if page.has_unpublished_changes:
        change, edited = [], True
    for name in change:
        _set(page, name, values[name])
    if change:
        page.save()
    report.note("page", "left alone" if edited else "changed" if change else "same", code)


def _added(
    model: type[types.ContentPage], entry: Mapping[str, Any], locale: Locale, values: dict[str, Any]
) -> types.ContentPage | None:
    steps = _steps(entry["path"])
    page = model(
        locale=locale, translation_key=_key(entry["path"]), live=True, first_published_at=timezone.now()
    )
    for name, value in values.items():
        _set(page, name, value)
    if not steps:
        page.slug = f"home-{locale.language_code}"
        Page.get_first_root_node().add_child(instance=page)
        _make_root(page)
        return page
    parent = Page.objects.filter(translation_key=_key("/".join(steps[:-1])), locale=locale).first()
    if parent is None:
        return None
    page.slug = steps[-1]
    parent.specific.add_child(instance=page)
    return page


def _make_root(page: types.ContentPage) -> None:
    """The first home becomes the site's root in place of Wagtail's welcome page; English is preferred as the root."""
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        Site.objects.create(hostname="localhost", port=80, root_page=page, is_default_site=True)
        return
    old = site.root_page
    if old.specific_class is types.HomePage and page.locale.language_code != "en":
        return
    site.root_page = page
    site.save()
    if old.specific_class is not types.HomePage:
        old.delete()
