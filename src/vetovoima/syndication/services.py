"""Rendering public documents, and moving the version of the public side."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.core.cache import caches
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from vetovoima.catalogue.models import Site
from vetovoima.common.fields import LANGUAGES
from vetovoima.common.text import lemmas
from vetovoima.reference.models import Region
from vetovoima.reference.queries import region

from .documents import SiteDocument, card, site_document
from .models import SEARCH_TABLE, DocumentSector, PublicState, PublishedDocument

VERSION_KEY = "public-version"


@transaction.atomic
def render_site(site: Site, published_at: datetime) -> None:
    """This will write the public documents of a published site, one in each language, and move the public version.

    Does nothing before a region is loaded.
    """
    found = region()
    if found is None:
        return
    for language in LANGUAGES:
        _store(site, found, language, published_at)
    touch_public()


def _store(site: Site, found: Region, language: str, published_at: datetime) -> None:
    document = site_document(site, found, language, published_at)
    words = lemmas(_searchable(document), language)
    place = document["place"]
    values = {
        "version": document["version"],
        "kind": site.kind,
        "municipality_slug": site.municipality.slug,
        "availability": site.availability,
        "place_precision": site.place_precision,
        "latitude": place["latitude"],
        "longitude": place["longitude"],
        "area_m2": site.area_m2 if site.area_m2 is not None else site.geometry_area_m2,
        "floor_area_m2": site.floor_area_m2,
        "free_capacity_mw": site.free_capacity_mw,
        "has_rail": bool(site.has_rail_siding),
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
    stored.sectors.all().delete()
    slugs = {one.slug for one in site.sectors.all()} | {
        one.parent.slug for one in site.sectors.all() if one.parent
    }
    DocumentSector.objects.bulk_create([DocumentSector(document=stored, slug=slug) for slug in sorted(slugs)])
    index_words([(stored.pk, words)])


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
