"""Rendering public documents, and moving the version of the public side."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter
from typing import Any, cast

from django.core.cache import caches
from django.db import transaction
from django.db.models import F, prefetch_related_objects
from django.utils import timezone
from django.utils.timezone import localdate

from vetovoima.catalogue.knowledge.queries import records_using
from vetovoima.catalogue.knowledge.tokens import codes_in
from vetovoima.catalogue.knowledge.uses import note_uses
from vetovoima.catalogue.models import Site
from vetovoima.catalogue.quality import freshness
from vetovoima.catalogue.queries import as_published, published_leaning_on
from vetovoima.catalogue.registry import FIELDS, TRANSLATED, FieldSpec
from vetovoima.common.fields import LANGUAGES
from vetovoima.reference.queries import region

from .documents import SiteDocument, card, site_document
from .features.keeping import drop_features, put_features, render_again
from .models import PublicState, PublishedDocument
from .search.entries import drop_entries, put_entries, put_entry

VERSION_KEY = "public-version"


@transaction.atomic
def render_site(site: Site, published_at: datetime, today: date) -> None:
    """This will write the public documents of a published site, one in each language, and move the public version.

    `today`, never the day of publishing, decides what has grown old. Does nothing before a region is loaded.
    """
    found = region()
    if found is None:
        return
    # Every language asks for them again, several times.
    prefetch_related_objects([site], "sectors__parent", "themes")
    documents = {
        language: site_document(site, found, language, published_at, today) for language in LANGUAGES
    }
    _store(site, documents, published_at, today)
    put_entry(documents)
    put_features([documents])
    codes = codes_in(*(text for spec in FIELDS if spec.type == TRANSLATED for text in _texts(site, spec)))
    note_uses("site", site.code, codes, title=str(site.name), address=f"/desk/sites/{site.code}/")
    touch_public(offer=True)


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


def render_all_by_night(now: datetime) -> None:
    """This will have the next night's run render every record again, for what all of them show has changed."""
    PublishedDocument.objects.update(next_change_on=localdate(now))


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


#: what a rendering writes anew; a row keeps its key and the names it is found by
WRITTEN = [one.name for one in PublishedDocument._meta.fields if one.name not in ("id", "language", "code")]


def _store(site: Site, documents: dict[str, SiteDocument], published_at: datetime, today: date) -> None:
    """The documents of all languages in one statement."""
    next_change_on = _next_change(site, today)
    rows = [
        PublishedDocument(
            code=site.code,
            language=language,
            version=document["version"],
            kind=site.kind,
            municipality_slug=site.municipality.slug,
            latitude=document["place"]["latitude"],
            longitude=document["place"]["longitude"],
            completeness=document["completeness"]["percent"],
            next_change_on=next_change_on,
            is_example=site.is_example,
            name=document["name"]["text"][:300],
            sort_name=document["name"]["text"][:300].lower(),
            published_at=published_at,
            updated_at=site.updated_at,
            geometry=document["place"]["geometry"],
            card=card(document),
            body=document,
        )
        for language, document in documents.items()
    ]
    PublishedDocument.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["language", "code"], update_fields=WRITTEN
    )


def _next_change(site: Site, today: date) -> date | None:
    """The first day on which anything of the record turns grey or is hidden."""
    days = [one.next_change for one in freshness(site, today).values() if one.next_change]
    return min(days, default=None)


@transaction.atomic
def remove_site(code: str) -> None:
    """This will take a record's documents off the public side."""
    PublishedDocument.objects.filter(language__in=LANGUAGES, code=code).delete()
    drop_entries([code])
    drop_features([code])
    touch_public(offer=True)


@transaction.atomic
def index_again(codes: Iterable[str] | None = None) -> int:
    """This will write anew what records are found by, out of their stored documents (all, or those of some codes);
    returns how many. For documents written before the search kept its entries, or when its words are read otherwise."""
    rows = PublishedDocument.objects.order_by("code", "language")
    rows = rows if codes is None else rows.filter(code__in=list(codes))
    count = 0
    for _code, several in groupby(rows.only("code", "language", "body").iterator(), key=attrgetter("code")):
        put_entries([{one.language: cast("SiteDocument", one.body) for one in several}])
        count += 1
    touch_public(offer=True)
    return count


@transaction.atomic
def render_features_again(codes: Iterable[str] | None = None) -> int:
    """This will make what maps and geographic programs read anew, out of the stored documents (all, or those of some
    codes); returns how many records."""
    count = render_again(codes)
    touch_public(offer=True)
    return count


def touch_public(*, offer: bool = False) -> None:
    """This will move the version of the public side: cached pages of the old one are never served again.

    `offer` says that records have changed: then every process reads anew what the search keeps of them.
    """
    now = timezone.now()
    moved: dict[str, Any] = {"version": F("version") + 1, "changed_at": now}
    mark = {"offer_mark": secrets.token_hex(16)} if offer else {}
    if not PublicState.objects.filter(pk=1).update(**moved, **mark):
        PublicState.objects.get_or_create(pk=1, defaults={"version": 1, "changed_at": now, **mark})
    transaction.on_commit(publish_version)


def publish_version() -> str:
    """This will put the stored version into the shared page cache, where every web process reads it."""
    state = PublicState.objects.filter(pk=1).first()
    version = str(state.version if state else 0)
    caches["pages"].set(VERSION_KEY, version, None)
    return version
