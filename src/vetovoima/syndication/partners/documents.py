"""A delivery as a document in one language: JSON, workbook, PDF and mail are made of this alone.

Records come from their published documents, numbers from the fact bank, people from the public directory: nothing of a
working copy, of the register or of what was noted inside the house is read here.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.timezone import localtime
from django.utils.translation import override

from vetovoima.reference.queries import region
from vetovoima.syndication.channels.versions import shown_version
from vetovoima.syndication.licences import licence_address
from vetovoima.syndication.packages.documents import contact_shape, numbers_in
from vetovoima.syndication.packages.queries import records_in

from .models import PartnerDelivery

SCHEMA = "vetovoima.delivery/1"
#: where the schema of the document is published
SCHEMA_PATH = "/schema/delivery.json"
#: members of a record's parts that hold an address below the portal
ADDRESSES = ("url", "thumb_url")


def delivery_document(delivery: PartnerDelivery, now: datetime) -> dict[str, Any]:
    """This will return a delivery as plain data, as it would be given now: an envelope and whole public records.

    What is not public any more is left out; whoever packs compares the codes.
    """
    language, base = delivery.language, settings.VETOVOIMA_PUBLIC_URL
    with override(language):
        codes = list(delivery.records.values_list("code", flat=True))
        rows = records_in(codes, language)
        found = region()
        licence = found.licence if found else ""
        town = delivery.municipality
        return {
            "schema": SCHEMA,
            "schema_url": f"{base}{SCHEMA_PATH}",
            "reference": delivery.code,
            "made_at": localtime(now).isoformat(timespec="seconds"),
            "language": language,
            "version": shown_version((one.code, one.version) for one in rows),
            "licence": licence,
            "licence_url": licence_address(licence),
            "is_example": any(one.is_example for one in rows),
            "from": {
                "name": found.site_name.best(language)[0] if found else "",
                "url": f"{base}/{language}/",
                "municipality": town.name.best(language)[0] if town else "",
                "contact": contact_shape(delivery.contact, language),
            },
            "to": {"key": delivery.channel.key, "name": delivery.channel.name.best(language)[0]},
            "title": delivery.title,
            "message": delivery.message,
            "numbers": numbers_in(delivery.facts, language),
            "records": [whole_record(one.body, base) for one in rows],
        }


def whole_record(body: dict[str, Any], base: str) -> dict[str, Any]:
    """This will return a public document with addresses that lead to the portal from anywhere."""
    return {
        **body,
        "url": _whole(body["url"], base),
        "photos": [_with_whole_addresses(one, base) for one in body["photos"]],
        "files": [_with_whole_addresses(one, base) for one in body["files"]],
        "related": [_with_whole_addresses(one, base) for one in body["related"]],
    }


def _with_whole_addresses(part: dict[str, Any], base: str) -> dict[str, Any]:
    found = {name: _whole(part[name], base) for name in ADDRESSES if part.get(name)}
    return {**part, **found}


def _whole(address: str, base: str) -> str:
    return f"{base}{address}" if address.startswith("/") else address


def versions_in(document: dict[str, Any]) -> dict[str, int]:
    """This will return the version of each record in a delivery's document."""
    return {one["code"]: one["version"] for one in document["records"]}
