"""Pages as a data pack writes them: read, checked, and turned into the fields of a page of one language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from vetovoima.accounts.queries import organisations
from vetovoima.catalogue.enums import SiteKind
from vetovoima.catalogue.knowledge.queries import fact_codes, permit_paths
from vetovoima.monitoring.queries import area_names, indicators
from vetovoima.reference import queries as reference
from vetovoima.reference.pack import Pack

from . import models as types
from .languages import SWITCH
from .packed_blocks import read_blocks

TYPES: dict[str, type[types.ContentPage]] = {
    "home": types.HomePage,
    "region": types.RegionPage,
    "sector": types.SectorPage,
    "municipality": types.MunicipalityPage,
    "text": types.TextPage,
    "section": types.SectionPage,
    "news_index": types.NewsIndexPage,
    "news": types.NewsPage,
    "event_index": types.EventIndexPage,
    "event": types.EventPage,
    "sector_index": types.SectorIndexPage,
    "municipality_index": types.MunicipalityIndexPage,
}
#: lists that must stand above other pages, made with these titles when the pack does not bring them
LISTS = {
    "sectors": ("sector_index", _("Sectors")),
    "municipalities": ("municipality_index", _("Municipalities")),
    "news": ("news_index", _("News")),
    "events": ("event_index", _("Events")),
}
#: texts of a page by language, and the field that each fills
TEXTS = {
    "lead": "lead",
    "body": "body",
    "search_title": "seo_title",
    "search_description": "search_description",
}
EVENT_TEXTS = ("place", "organiser")
EVENT_PLAIN = ("municipality", "online_url", "registration_url")


def read_pages(pack: Pack) -> list[dict[str, Any]]:
    """This will read the pack's pages; what is wrong is noted in the pack, by file."""
    known = _known()
    given = [(name, entry) for name, entry in pack.documents("content/pages") if _is_page(pack, name, entry)]
    for name, entry in given:
        _read_blocks(pack, name, entry, known)
    return [entry for _name, entry in given]


def _known() -> dict[str, set[str]]:
    """The codes that blocks may name."""
    return {
        "facts": fact_codes(),
        "indicators": {one.code for one in indicators()},
        "areas": set(area_names()),
        "municipalities": {one.slug for one in reference.municipalities()},
        "sectors": {one.slug for one in reference.sectors()},
        "kinds": set(SiteKind.values),
        "organisations": {one.slug for one in organisations()},
        "permit paths": {one.code for one in permit_paths()},
    }


def _read_blocks(pack: Pack, name: str, entry: dict[str, Any], known: Mapping[str, set[str]]) -> None:
    """Each language of the page gets its own blocks, under `blocks_in`."""
    entry["blocks_in"] = {}
    for language in SWITCH:
        if not entry["title"].get(language) or not entry.get("blocks"):
            continue
        found = read_blocks(entry["blocks"], language, known)
        for problem in found.problems:
            pack.refuse(name, f"{language}: {problem}", column="blocks")
        entry["blocks_in"][language] = found.raw


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
    if entry.get("review_on") and not _is_day(entry["review_on"]):
        pack.refuse(name, "must be a day such as 2026-10-12", column="review_on")
    if entry.get("type") == "event":
        for column in ("starts", "ends"):
            if (entry.get(column) or column == "starts") and not _is_moment(entry.get(column)):
                pack.refuse(name, "must be a moment such as 2026-12-01T09:00, or a day", column=column)
    return not any(problem.file == name for problem in pack.problems)


def _is_day(text: Any) -> bool:
    try:
        date.fromisoformat(str(text))
    except ValueError:
        return False
    return True


def _is_moment(text: Any) -> bool:
    try:
        datetime.fromisoformat(str(text))
    except ValueError:
        return False
    return len(str(text)) in {10, 16}


def steps_of(path: str) -> list[str]:
    """The parts of a path."""
    return [step for step in path.split("/") if step]


def made_up(given: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
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


def values_of(entry: Mapping[str, Any], language: str) -> dict[str, Any]:
    """This will return the fields of a page of one language in plain values, as they are compared and remembered."""
    values: dict[str, Any] = {"title": entry["title"][language]}
    for key, field in TEXTS.items():
        values[field] = (entry.get(key) or {}).get(language, "")
    values["blocks"] = entry.get("blocks_in", {}).get(language, [])
    values["sources"] = [
        {"title": one.get("title", ""), "url": one.get("url") or "", "date": one.get("date") or ""}
        for one in entry.get("sources") or []
    ]
    values["key_facts"] = [{"code": code} for code in entry.get("key_facts") or []]
    values["show_in_menus"] = bool(entry.get("in_menu"))
    values["review_on"] = entry.get("review_on") or None
    if entry["type"] in {"sector", "municipality"}:
        values["subject"] = entry.get("subject") or ""
    if entry["type"] == "news" and entry.get("date"):
        values["date"] = entry["date"]
    return {**values, **_event_values(entry, language)} if entry["type"] == "event" else values


def _event_values(entry: Mapping[str, Any], language: str) -> dict[str, Any]:
    starts, ends = str(entry["starts"]), str(entry.get("ends") or "")
    whole = len(starts) == 10

    def moment(text: str) -> str:
        return f"{text}T00:00" if len(text) == 10 else text

    return {
        "starts_at": moment(starts),
        "ends_at": moment(ends) if ends else None,
        "is_whole_day": whole,
        "is_cancelled": bool(entry.get("cancelled")),
        **{name: (entry.get(name) or {}).get(language, "") for name in EVENT_TEXTS},
        **{name: entry.get(name) or "" for name in EVENT_PLAIN},
    }
