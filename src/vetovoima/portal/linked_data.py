"""schema.org for search engines, made of the same public document that the page shows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

AVAILABILITY = {
    "available": "https://schema.org/InStock",
    "reserved": "https://schema.org/LimitedAvailability",
    "negotiation": "https://schema.org/LimitedAvailability",
    "planned": "https://schema.org/PreOrder",
    "taken": "https://schema.org/SoldOut",
}


def site_json_ld(document: dict[str, Any], absolute: Callable[[str], str]) -> dict[str, Any]:
    """This will return a site as a RealEstateListing about a Place; the point only where it is known exactly."""
    place: dict[str, Any] = {
        "@type": "Place",
        "name": document["name"]["text"],
        "address": {
            "@type": "PostalAddress",
            "addressLocality": document["municipality"]["name"],
            "streetAddress": document["address"],
            "addressCountry": "FI",
        },
    }
    if document["place"]["precision"] == "exact":
        place["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": document["place"]["latitude"],
            "longitude": document["place"]["longitude"],
        }
    listing: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "RealEstateListing",
        "identifier": document["code"],
        "name": document["name"]["text"],
        "inLanguage": document["language"],
        "url": absolute(document["url"]),
        "datePosted": document["published_at"][:10],
        "about": place,
    }
    if document["summary"]["text"]:
        listing["description"] = document["summary"]["text"]
    if document["availability"]["value"] in AVAILABILITY:
        listing["offers"] = {
            "@type": "Offer",
            "availability": AVAILABILITY[document["availability"]["value"]],
        }
    return listing


def page_json_ld(
    kind: str, title: str, lead: str, url: str, language: str, day: date | None
) -> dict[str, Any]:
    """This will return a page as schema.org knows it; news with its day."""
    found: dict[str, Any] = {
        "@context": "https://schema.org",
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
