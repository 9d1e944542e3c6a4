"""The part of schema.org that the portal uses: types, their properties, and what a value may be.

Written down here from the vocabulary, so that linked data is checked without asking anybody on the net.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.S)
Check = Callable[[Any], bool]


def _text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _url(value: Any) -> bool:
    parts = urlsplit(value) if isinstance(value, str) else None
    return parts is not None and parts.scheme in ("https", "http") and bool(parts.netloc)


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _day(value: Any) -> bool:
    try:
        datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
    except (TypeError, ValueError):
        return False
    return True


def _language(value: Any) -> bool:
    return value in ("fi", "en", "sv")


def _one_of(*names: str) -> Check:
    return lambda value: value in {f"https://schema.org/{name}" for name in names}


LEAVES: dict[str, Check] = {
    "Text": _text, "URL": _url, "Number": _number, "Date": _day, "Language": _language,
    "Boolean": lambda value: isinstance(value, bool),
    "ItemAvailability": _one_of("InStock", "LimitedAvailability", "PreOrder", "SoldOut"),
    "EventStatusType": _one_of("EventScheduled", "EventCancelled", "EventPostponed", "EventRescheduled", "EventMovedOnline"),
    "EventAttendanceModeEnumeration": _one_of(
        "OfflineEventAttendanceMode", "OnlineEventAttendanceMode", "MixedEventAttendanceMode"
    ),
}  # fmt: skip
#: type → (what it is a kind of, its own properties with what their values may be)
TYPES: dict[str, tuple[str, dict[str, tuple[str, ...]]]] = {
    "Thing": ("", {
        "name": ("Text",), "description": ("Text",), "url": ("URL",), "identifier": ("Text",), "image": ("URL",),
        "sameAs": ("URL",), "potentialAction": ("SearchAction",), "mainEntityOfPage": ("URL",),
    }),
    "CreativeWork": ("Thing", {
        "inLanguage": ("Language",), "about": ("Place", "Thing"), "datePublished": ("Date",), "dateModified": ("Date",),
        "headline": ("Text",), "license": ("URL",), "creator": ("Organization",), "publisher": ("Organization",),
        "author": ("Organization",), "isAccessibleForFree": ("Boolean",), "mainEntity": ("Question", "Thing"),
        "keywords": ("Text",), "temporalCoverage": ("Text",), "spatialCoverage": ("Place",),
    }),
    "WebPage": ("CreativeWork", {"breadcrumb": ("BreadcrumbList",)}),
    "CollectionPage": ("WebPage", {}),
    "AboutPage": ("WebPage", {}),
    "FAQPage": ("WebPage", {}),
    "RealEstateListing": ("WebPage", {"datePosted": ("Date",), "offers": ("Offer",)}),
    "Article": ("CreativeWork", {"articleBody": ("Text",)}),
    "NewsArticle": ("Article", {}),
    "WebSite": ("CreativeWork", {}),
    "Dataset": ("CreativeWork", {"distribution": ("DataDownload",)}),
    "DataDownload": ("CreativeWork", {"contentUrl": ("URL",), "encodingFormat": ("Text",)}),
    "Question": ("CreativeWork", {"acceptedAnswer": ("Answer",)}),
    "Answer": ("CreativeWork", {"text": ("Text",)}),
    "Place": ("Thing", {
        "address": ("PostalAddress", "Text"), "geo": ("GeoCoordinates",), "containedInPlace": ("AdministrativeArea",),
    }),
    "AdministrativeArea": ("Place", {}),
    "City": ("AdministrativeArea", {}),
    "VirtualLocation": ("Thing", {}),
    "GeoCoordinates": ("Thing", {"latitude": ("Number",), "longitude": ("Number",)}),
    "PostalAddress": ("Thing", {
        "addressLocality": ("Text",), "addressCountry": ("Text",), "streetAddress": ("Text",), "postalCode": ("Text",),
        "addressRegion": ("Text",),
    }),
    "Offer": ("Thing", {"availability": ("ItemAvailability",), "priceSpecification": ("UnitPriceSpecification",)}),
    "UnitPriceSpecification": ("Thing", {"price": ("Number",), "priceCurrency": ("Text",), "unitCode": ("Text",)}),
    "Organization": ("Thing", {"areaServed": ("AdministrativeArea",), "contactPoint": ("ContactPoint",)}),
    "GovernmentOrganization": ("Organization", {}),
    "ContactPoint": ("Thing", {
        "contactType": ("Text",), "availableLanguage": ("Language",), "telephone": ("Text",), "email": ("Text",),
    }),
    "SearchAction": ("Thing", {"target": ("EntryPoint",), "query-input": ("Text",)}),
    "EntryPoint": ("Thing", {"urlTemplate": ("URL",)}),
    "BreadcrumbList": ("Thing", {"itemListElement": ("ListItem",)}),
    "ListItem": ("Thing", {"position": ("Number",), "item": ("URL",)}),
    "Event": ("Thing", {
        "startDate": ("Date",), "endDate": ("Date",), "location": ("Place", "VirtualLocation"),
        "organizer": ("Organization",), "eventStatus": ("EventStatusType",), "inLanguage": ("Language",),
        "eventAttendanceMode": ("EventAttendanceModeEnumeration",), "offers": ("Offer",),
    }),
}  # fmt: skip
#: without these a search engine shows nothing of the type
NEEDED = {
    "WebSite": ("name", "url", "potentialAction"), "RealEstateListing": ("name", "url", "datePosted", "about"),
    "NewsArticle": ("headline", "datePublished"), "Event": ("name", "startDate"),
    "Dataset": ("name", "description", "distribution"), "FAQPage": ("mainEntity",), "BreadcrumbList": ("itemListElement",),
    "ListItem": ("position", "name"), "Question": ("name", "acceptedAnswer"), "Answer": ("text",),
    "GovernmentOrganization": ("name",), "Place": ("name",), "PostalAddress": ("addressLocality",),
}  # fmt: skip


def linked_data(html: str) -> list[dict[str, Any]]:
    """This will return every piece of linked data of a page."""
    return [json.loads(text) for text in SCRIPT.findall(html)]


def kinds_of(name: str) -> Iterator[str]:
    """This will yield a type and everything it is a kind of."""
    while name:
        yield name
        name = TYPES[name][0]


def problems(data: Any, where: str = "") -> list[str]:
    """This will return what is wrong with a piece of linked data, each with its place."""
    if not isinstance(data, dict):
        return [f"{where or 'top'}: not an object"]
    if not where and data.get("@context") not in ("https://schema.org", "https://schema.org/"):
        return ["top: no @context of schema.org"]
    name = data.get("@type", "")
    if name not in TYPES:
        return [f"{where or 'top'}: unknown type {name!r}"]
    where = f"{where}/{name}"
    known: dict[str, tuple[str, ...]] = {}
    for kind in kinds_of(name):
        known |= TYPES[kind][1]
    found = [f"{where}: {one} is missing" for one in NEEDED.get(name, ()) if one not in data]
    for key, value in data.items():
        if key in ("@type", "@context", "@id"):
            continue
        if key not in known:
            found.append(f"{where}: no property {key}")
            continue
        values = value if isinstance(value, list) else [value]
        found += [f"{where}.{key}: nothing"] if not values else []
        for one in values:
            found += _value_problems(one, known[key], f"{where}.{key}")
    return found


def _value_problems(value: Any, allowed: tuple[str, ...], where: str) -> list[str]:
    if isinstance(value, dict):
        if not set(kinds_of(value.get("@type", ""))) & set(allowed) if value.get("@type") in TYPES else True:
            return [f"{where}: {value.get('@type')!r} is none of {', '.join(allowed)}"]
        return problems(value, where)
    if any(kind in LEAVES and LEAVES[kind](value) for kind in allowed):
        return []
    return [f"{where}: {value!r} is none of {', '.join(allowed)}"]
