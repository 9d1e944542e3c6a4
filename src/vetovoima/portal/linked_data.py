"""schema.org for search engines, made of the same public document that the page shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

CONTEXT = "https://schema.org"
AVAILABILITY = {
    "available": "https://schema.org/InStock",
    "reserved": "https://schema.org/LimitedAvailability",
    "negotiation": "https://schema.org/LimitedAvailability",
    "planned": "https://schema.org/PreOrder",
    "taken": "https://schema.org/SoldOut",
}
Absolute = Callable[[str], str]
#: one step of the way to a page: its name and address
Step = tuple[str, str]


def site_json_ld(document: Mapping[str, Any], absolute: Absolute) -> dict[str, Any]:
    """This will return a site as a RealEstateListing about a Place; the point only where it is known exactly."""
    place: dict[str, Any] = {
        "@type": "Place",
        "name": document["name"]["text"],
        "address": _address(document),
    }
    if document["place"]["precision"] == "exact":
        place["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": document["place"]["latitude"],
            "longitude": document["place"]["longitude"],
        }
    listing: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "RealEstateListing",
        "identifier": document["code"],
        "name": document["name"]["text"],
        "inLanguage": document["language"],
        "url": absolute(document["url"]),
        "datePosted": document["published_at"][:10],
        "dateModified": document.get("updated_at", document["published_at"])[:10],
        "about": place,
    }
    if document["summary"]["text"]:
        listing["description"] = document["summary"]["text"]
    if document.get("photos"):
        listing["image"] = [absolute(one["url"]) for one in document["photos"]]
    if document["availability"]["value"] in AVAILABILITY:
        listing["offers"] = _offer(document)
    return listing


def _address(document: Mapping[str, Any]) -> dict[str, Any]:
    address = {
        "@type": "PostalAddress",
        "addressLocality": document["municipality"]["name"],
        "addressCountry": document.get("country", "FI"),
    }
    if document["address"]:
        address["streetAddress"] = document["address"]
    return address


def _offer(document: Mapping[str, Any]) -> dict[str, Any]:
    """The offer with its price a square metre where one is public."""
    offer: dict[str, Any] = {
        "@type": "Offer",
        "availability": AVAILABILITY[document["availability"]["value"]],
    }
    known = {one.get("field"): one for one in document.get("key_facts", ()) if one.get("known")}
    price = known.get("price_eur_m2")
    if price is not None and isinstance(price.get("value"), int | float):
        offer["priceSpecification"] = {
            "@type": "UnitPriceSpecification",
            "price": price["value"],
            "priceCurrency": "EUR",
            "unitCode": "MTK",
        }
    return offer


def page_json_ld(
    kind: str, title: str, lead: str, url: str, language: str, day: date | None
) -> dict[str, Any]:
    """This will return a page as schema.org knows it; news with its day."""
    found: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": kind,
        "name": title,
        "inLanguage": language,
        "url": url,
    }
    if lead:
        found["description"] = lead
    if day is not None:
        found["headline"], found["datePublished"] = title, day.isoformat()
    return found


def way_json_ld(steps: Sequence[Step], absolute: Absolute) -> dict[str, Any]:
    """This will return the way to a page, from the home page on."""
    return {
        "@context": CONTEXT,
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": name, "item": absolute(address)}
            for number, (name, address) in enumerate(steps, start=1)
        ],
    }


def website_json_ld(
    name: str, language: str, absolute: Absolute, organisation: Mapping[str, Any] | None
) -> dict[str, Any]:
    """This will return the site with its search and who is behind it."""
    search = absolute(f"/{language}/sites/?q={{search_term_string}}")
    found: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "WebSite",
        "name": name,
        "url": absolute(f"/{language}/"),
        "inLanguage": language,
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": search},
            "query-input": "required name=search_term_string",
        },
    }
    if organisation is not None:
        found["publisher"] = dict(organisation)
    return found


def organisation_json_ld(
    name: str, url: str, area: str, languages: Iterable[str], contact: Mapping[str, str]
) -> dict[str, Any]:
    """This will return the organisation that answers, with its telephone and mail (`contact`, both may be missing)."""
    found: dict[str, Any] = {"@type": "GovernmentOrganization", "name": name}
    if url:
        found["url"] = url
    if area:
        found["areaServed"] = {"@type": "AdministrativeArea", "name": area}
    point = {key: value for key, value in contact.items() if value}
    if point:
        found["contactPoint"] = {
            "@type": "ContactPoint",
            "contactType": "customer service",
            "availableLanguage": list(languages),
            **point,
        }
    return found


def municipality_json_ld(municipality: Any, name: str, url: str, region: str) -> dict[str, Any]:
    """This will return a municipality as a place within its region."""
    found: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "AdministrativeArea",
        "name": name,
        "url": url,
        "identifier": municipality.lau_code,
        "geo": {
            "@type": "GeoCoordinates",
            "latitude": municipality.latitude,
            "longitude": municipality.longitude,
        },
    }
    if region:
        found["containedInPlace"] = {"@type": "AdministrativeArea", "name": region}
    if municipality.website:
        found["sameAs"] = municipality.website
    return found


def dataset_json_ld(
    name: str, description: str, url: str, licence: str, files: Iterable[tuple[str, str]], creator: str
) -> dict[str, Any]:
    """This will return open data with its files, each by address and media type."""
    found: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "Dataset",
        "name": name,
        "description": description,
        "url": url,
        "isAccessibleForFree": True,
        "distribution": [
            {"@type": "DataDownload", "contentUrl": address, "encodingFormat": media}
            for address, media in files
        ],
    }
    if licence:
        found["license"] = licence
    if creator:
        found["creator"] = {"@type": "Organization", "name": creator}
    return found
