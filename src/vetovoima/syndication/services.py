"""Rendering public documents, and moving the version of the public side."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.core.cache import caches
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.timezone import localdate

from vetovoima.catalogue.enums import Firmness
from vetovoima.catalogue.knowledge.queries import records_using
from vetovoima.catalogue.knowledge.tokens import codes_in
from vetovoima.catalogue.knowledge.uses import note_uses
from vetovoima.catalogue.models import Site
from vetovoima.catalogue.quality import EXPIRED, Freshness, freshness
from vetovoima.catalogue.queries import as_published, published_leaning_on
from vetovoima.catalogue.registry import BY_NAME, FIELDS, TRANSLATED, FieldSpec
from vetovoima.common.fields import LANGUAGES
from vetovoima.common.text import lemmas
from vetovoima.reference.models import Region
from vetovoima.reference.queries import region

from .documents import SiteDocument, card, site_document
from .models import SEARCH_TABLE, DocumentPower, DocumentSector, PublicState, PublishedDocument

VERSION_KEY = "public-version"


@transaction.atomic
def render_site(site: Site, published_at: datetime, today: date) -> None:
    """This will write the public documents of a published site, one in each language, and move the public version.

    `today`, never the day of publishing, decides what has grown old. Does nothing before a region is loaded.
    """
    found = region()
    if found is None:
        return
    for language in LANGUAGES:
        _store(site, found, language, published_at, today)
    codes = codes_in(*(text for spec in FIELDS if spec.type == TRANSLATED for text in _texts(site, spec)))
    note_uses("site", site.code, codes, title=str(site.name), address=f"/desk/sites/{site.code}/")
    touch_public()


def _texts(site: Site, spec: FieldSpec) -> list[str]:
    return list(site.value(spec.name).values()) if site.kind in spec.kinds else []


def render_users_of(code: str, today: date | None = None) -> None:
    """This will render again the public records whose texts draw on a fact of the bank, as old as they are by now."""
    for used in records_using(code):
        refresh_site(used, today or localdate())


@transaction.atomic
def refresh_aged(today: date, limit: int = 500) -> int:
    """This will render again the documents of which something turned grey or is to be hidden; returns how many records.

    The record is rendered as it was published: what is being edited meanwhile stays inside.
    """
    aged = PublishedDocument.objects.filter(language=LANGUAGES[0], next_change_on__lte=today).order_by("code")
    count = 0
    for code, published_at in aged.values_list("code", "published_at")[:limit]:
        if found := as_published(code):
            render_site(found, published_at, today)
            count += 1
    return count


@transaction.atomic
def refresh_site(code: str, today: date) -> None:
    """This will render one record again as it was published, because something that it shows has changed since."""
    rows = PublishedDocument.objects.filter(code=code, language=LANGUAGES[0])
    published_at = rows.values_list("published_at", flat=True).first()
    found = as_published(code)
    if published_at is not None and found is not None:
        render_site(found, published_at, today)


def render_leaning_on(code: str, today: date) -> None:
    """This will render again the public records that lean on one: they call it as it is published, or not at all."""
    for leaning in published_leaning_on(code):
        refresh_site(leaning, today)


def _store(site: Site, found: Region, language: str, published_at: datetime, today: date) -> None:
    document = site_document(site, found, language, published_at, today)
    words = lemmas(_searchable(document), language)
    place = document["place"]
    ages = freshness(site, today)
    area = _shown(site, "area_m2", ages)
    values = {
        "version": document["version"],
        "kind": site.kind,
        "municipality_slug": site.municipality.slug,
        "availability": site.availability,
        "place_precision": site.place_precision,
        "latitude": place["latitude"],
        "longitude": place["longitude"],
        "area_m2": area if area is not None else site.geometry_area_m2,
        "floor_area_m2": _shown(site, "floor_area_m2", ages),
        **_grid(site, document["power"]),
        "completeness": document["completeness"]["percent"],
        "readiness": document["readiness"]["level"],
        "checked_on": site.checked_on,
        "next_change_on": _next_change(site, today),
        "has_rail": bool(_shown(site, "has_rail_siding", ages)),
        "is_example": site.is_example,
        "name": document["name"]["text"][:300],
        "sort_name": document["name"]["text"][:300].lower(),
        "published_at": published_at,
        "updated_at": site.updated_at,
        "lemmas": words,
        "geometry": place["geometry"],
        "card": card(document),
        "body": document,
    }
    stored, _created = PublishedDocument.objects.update_or_create(
        code=site.code, language=language, defaults=values
    )
    stored.power.all().delete()
    DocumentPower.objects.bulk_create(
        [
            DocumentPower(document=stored, year=int(year), free_mw=mw)
            for year, mw in (document["power"].get("by_year") or {}).items()
        ]
    )
    stored.sectors.all().delete()
    slugs = {one.slug for one in site.sectors.all()} | {
        one.parent.slug for one in site.sectors.all() if one.parent
    }
    DocumentSector.objects.bulk_create([DocumentSector(document=stored, slug=slug) for slug in sorted(slugs)])
    index_words([(stored.pk, words)])


def _shown(site: Site, name: str, ages: dict[str, Freshness]) -> Any:
    """A value as far as the document shows it: what is hidden as too old is not found by a search either."""
    age = ages.get(BY_NAME[name].group)
    return None if age is None or age.state == EXPIRED else site.value(name)


def _grid(site: Site, power: dict[str, Any]) -> dict[str, Any]:
    """The columns of the grid that are searched; nothing of it when it is too old to be shown."""
    feeds = power.get("feed_count") or 0
    return {
        "free_capacity_mw": site.free_capacity_mw if power else None,
        "voltage_kv": power.get("voltage_kv"),
        "queue_state": power.get("queue_state") or "",
        "has_redundancy": bool(power.get("separate_substations")) or feeds >= 2,
        "firmness": power.get("firmness") or "",
        "is_firm": power.get("firmness") == Firmness.FIRM,
        "is_grid_confirmed": bool(power.get("confirmed_on")),
        "connection_lead_months": power.get("lead_months"),
    }


def _next_change(site: Site, today: date) -> date | None:
    """The first day on which anything of the record turns grey or is hidden."""
    days = [one.next_change for one in freshness(site, today).values() if one.next_change]
    return min(days, default=None)


def _searchable(document: SiteDocument) -> str:
    """Everything a person may look for: names, places, sectors, the words of every known fact."""
    parts = [
        document["code"],
        document["name"]["text"],
        document["summary"]["text"],
        document["description"]["text"],
    ]
    parts += [document["reason_to_come"]["text"], document["municipality"]["name"], document["locality"]]
    parts += [document["kind"]["label"], document["address"]]
    parts += [one["name"] for one in (*document["sectors"], *document["themes"])]
    for group in document["groups"]:
        parts += [
            fact["display"]
            for fact in group["facts"]
            if fact["known"] and isinstance(fact["value"], (str, dict))
        ]
        parts += [fact["label"] for fact in group["facts"] if fact["value"] is True]
    return " ".join(parts)


def index_words(rows: Iterable[tuple[int, str]]) -> None:
    """This will put documents' words into SQLite's search table; PostgreSQL indexes the column by itself."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        for pk, words in rows:
            cursor.execute(f"DELETE FROM {SEARCH_TABLE} WHERE rowid = %s", [pk])
            cursor.execute(f"INSERT INTO {SEARCH_TABLE} (rowid, lemmas) VALUES (%s, %s)", [pk, words])


@transaction.atomic
def remove_site(code: str) -> None:
    """This will take a record's documents off the public side."""
    found = list(
        PublishedDocument.objects.filter(language__in=LANGUAGES, code=code).values_list("pk", flat=True)
    )
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for pk in found:
                cursor.execute(f"DELETE FROM {SEARCH_TABLE} WHERE rowid = %s", [pk])
    PublishedDocument.objects.filter(pk__in=found).delete()
    touch_public()


def touch_public() -> None:
    """This will move the version of the public side: cached pages of the old one are never served again."""
    now = timezone.now()
    if not PublicState.objects.filter(pk=1).update(version=F("version") + 1, changed_at=now):
        PublicState.objects.get_or_create(pk=1, defaults={"version": 1, "changed_at": now})
    transaction.on_commit(publish_version)


def publish_version() -> str:
    """This will put the stored version into the shared page cache, where every web process reads it."""
    state = PublicState.objects.filter(pk=1).first()
    version = str(state.version if state else 0)
    caches["pages"].set(VERSION_KEY, version, None)
    return version
