"""Ten thousand published sites, made up from one number, written straight into the tables that are read.

Writing each through the services would measure publishing; what is measured here is reading.
"""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from vetovoima.catalogue.enums import Availability, Precision, SiteKind
from vetovoima.catalogue.models import Site
from vetovoima.common.fields import LANGUAGES, Translated
from vetovoima.reference.models import Municipality
from vetovoima.reference.queries import region
from vetovoima.syndication import services
from vetovoima.syndication.documents import card, site_document
from vetovoima.syndication.features.keeping import put_features
from vetovoima.syndication.models import PublishedDocument
from vetovoima.syndication.search.entries import put_entries

WORDS = {
    "fi": [
        "teollisuus",
        "tontti",
        "rata",
        "sähköasema",
        "datakeskus",
        "saha",
        "varasto",
        "kaivos",
        "matkailu",
        "lämpö",
        "satama",
        "tuulivoima",
    ],
    "en": [
        "industrial",
        "plot",
        "railway",
        "substation",
        "data",
        "centre",
        "sawmill",
        "warehouse",
        "mine",
        "tourism",
        "heat",
        "port",
        "wind",
    ],
    "sv": [
        "industri",
        "tomt",
        "järnväg",
        "elstation",
        "datacenter",
        "såg",
        "lager",
        "gruva",
        "turism",
        "värme",
        "hamn",
        "vindkraft",
    ],
}


def _site(number: int, dice: random.Random, municipality: Municipality, now: Any) -> Site:
    words = [dice.randrange(len(WORDS["fi"])) for _ in range(6)]

    def text(count: int) -> Translated:
        return Translated(
            {
                lang: " ".join(WORDS[lang][word % len(WORDS[lang])] for word in words[:count])
                for lang in LANGUAGES
            }
        )

    latitude, longitude = (
        municipality.latitude + dice.gauss(0, 0.15),
        municipality.longitude + dice.gauss(0, 0.3),
    )
    return Site(
        code=f"BEN-{municipality.site_code}-{number:05d}", kind=dice.choice(SiteKind.values), municipality=municipality,
        state="published", published_version=1, latest_version=1, name=text(2), summary=text(6), description=text(6),
        place_precision=Precision.EXACT, geometry={"type": "Point", "coordinates": [longitude, latitude]},
        latitude=latitude, longitude=longitude, west=longitude, east=longitude, south=latitude, north=latitude,
        availability=dice.choice(Availability.values), area_m2=dice.randrange(1000, 500_000),
        free_capacity_mw=dice.choice([None, 1, 5, 20, 110]), price_eur_m2=dice.choice([None, 2, 3.5, 8]),
        sources={group: {"title": "Generated", "dated": "2026-10-12"} for group in ("size", "electricity", "location")},
        created_at=now, updated_at=now - timedelta(minutes=number),
    )  # fmt: skip


#: so many documents are rendered by the product itself; the others are copies with a name, place and size of their own
RENDERED = 40


def _document(site: Site, language: str, patterns: dict[tuple[str, int], Any], number: int, now: Any) -> Any:
    """The product's own document of one of the first sites of a kind, with what differs between sites put in."""
    key = (f"{site.kind}:{language}", number % RENDERED)
    if key not in patterns:
        found = region()
        if found is None:
            raise SystemExit("Load a region first.")
        patterns[key] = site_document(site, found, language, now, now.date())
    pattern = patterns[key]
    place = {
        **pattern["place"],
        "latitude": site.latitude,
        "longitude": site.longitude,
        "geometry": site.geometry,
    }
    url = f"/{language}/sites/{site.code}/"
    name = {"text": site.name.text(language), "language": language}
    return {**pattern, "code": site.code, "url": url, "name": name, "place": place}


def _row(site: Site, language: str, document: Any, now: Any) -> PublishedDocument:
    return PublishedDocument(
        code=site.code, language=language, version=1, kind=site.kind, municipality_slug=site.municipality.slug,
        latitude=site.latitude, longitude=site.longitude,
        name=document["name"]["text"], sort_name=document["name"]["text"], published_at=now, updated_at=site.updated_at,
        geometry=site.geometry, card=card(document), body=document,
    )  # fmt: skip


@transaction.atomic
def generate(count: int) -> None:
    """This will write `count` sites with their documents in three languages, and index their words."""
    dice = random.Random(20221201)
    now = timezone.now()
    municipalities = list(Municipality.objects.order_by("slug"))
    patterns: dict[tuple[str, int], Any] = {}
    for start in range(0, count, 500):
        numbers = range(start, min(start + 500, count))
        sites = Site.objects.bulk_create([_site(n, dice, dice.choice(municipalities), now) for n in numbers])
        documents = [
            {language: _document(site, language, patterns, number, now) for language in LANGUAGES}
            for number, site in zip(numbers, sites, strict=True)
        ]
        rows = [
            _row(site, language, in_languages[language], now)
            for site, in_languages in zip(sites, documents, strict=True)
            for language in LANGUAGES
        ]
        PublishedDocument.objects.bulk_create(rows)
        put_entries(documents)
        put_features(documents)
    services.touch_public(offer=True)
