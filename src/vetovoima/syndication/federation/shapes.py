"""From what a source gives, a feature of GeoJSON or an entry of a feed, to a record as it is kept here.

Our own instances' cards are known by their form; of others the names are tried that people commonly give.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from vetovoima.catalogue.enums import Precision, SiteKind
from vetovoima.common.fields import LANGUAGES, Translated
from vetovoima.common.geo import Box
from vetovoima.syndication.licences import ADDRESSES

from .cleaning import address_of, middle_of, moment_of, number_of, text_of
from .enums import OTHER

NAMES = ("name", "title", "nimi", "namn", "label")
CODES = ("code", "tunnus", "kod", "reference")
KINDS = ("kind", "type", "category", "laji", "typ")
LINKS = ("url", "link", "href", "website", "homepage", "www")
PLACES = ("municipality_name", "municipality", "kunta", "kommun", "city", "locality", "place")
CHANGES = ("updated_at", "updated", "modified", "last_modified", "date_modified")
SUMMARIES = ("summary", "description", "abstract", "content_text")
#: larger than any site there is: what is beyond is a mistake of units (the collection standard has the same bounds)
MOST_AREA, MOST_FLOOR, MOST_POWER = 1e9, 1e7, 5_000.0
NAME, SUMMARY, PLACE, CODE, LICENCE, IDENTIFIER = 300, 400, 120, 60, 120, 300
MOST_SECTORS = 30
#: names of licences as people know them, by the address that feeds give
_LICENCE_NAMES = {
    "https://creativecommons.org/licenses/by/4.0": "CC BY 4.0",
    "https://creativecommons.org/publicdomain/zero/1.0": "CC0 1.0",
}


@dataclass(frozen=True)
class Foreign:
    """One record of a source, checked. `flaws` are codes of `problems` that concern it."""

    identifier: str
    code: str = ""
    version: str = ""
    url: Translated = field(default_factory=Translated)
    name: Translated = field(default_factory=Translated)
    summary: Translated = field(default_factory=Translated)
    kind: str = OTHER
    place_name: str = ""
    precision: str = Precision.MUNICIPALITY
    latitude: float | None = None
    longitude: float | None = None
    area_m2: float | None = None
    floor_area_m2: float | None = None
    power_mw: float | None = None
    is_example: bool = False
    licence: str = ""
    updated_at: datetime | None = None
    sectors: tuple[str, ...] = ()
    flaws: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """The same record has the same one; its flaws do not count."""
        shown = {
            name: str(value) if isinstance(value, datetime) else value
            for name, value in self.__dict__.items()
            if name != "flaws"
        }
        return hashlib.sha256(json.dumps(shown, sort_keys=True).encode()).hexdigest()

    def with_language_of(self, other: Foreign) -> Foreign:
        """The same record with the words that another reading has in a further language; its own stay."""
        return replace(
            self,
            name=Translated({**other.name, **self.name}),
            summary=Translated({**other.summary, **self.summary}),
            url=Translated({**other.url, **self.url}),
        )


@dataclass(frozen=True)
class Ground:
    """What holds for all records of a reading: the address that links are relative to, the language, where places lie."""

    base: str
    language: str
    box: Box


def licence_name(value: Any) -> str:
    """A licence by the name that people know; an address of one that nobody here knows stays an address."""
    text = text_of(value, LICENCE)
    plain = text.replace("http://", "https://").removesuffix("/deed.en").rstrip("/")
    return _LICENCE_NAMES.get(plain, text)


def is_known_licence(name: str) -> bool:
    """Whether we know where the licence is to be read."""
    return name.lower() in ADDRESSES or name.startswith("https://")


def of_feature(feature: Any, ground: Ground) -> Foreign | None:
    """This will make a record of a GeoJSON feature; None when it has no name or nothing to know it by."""
    if not isinstance(feature, dict):
        return None
    properties = feature.get("properties")
    given: dict[str, Any] = properties if isinstance(properties, dict) else {}
    found = of_properties({**given, "id": feature.get("id", given.get("id"))}, ground)
    if found is None:
        return None
    middle = middle_of(feature.get("geometry"), ground.box)
    return placed(found, middle, _precision(given, middle is not None))


def placed(record: Foreign, middle: tuple[float, float] | None, precision: str) -> Foreign:
    """The record at a place, or with the flaw of having none."""
    if middle is None:
        return replace(record, flaws=(*record.flaws, "no_place"))
    return replace(record, latitude=middle[0], longitude=middle[1], precision=precision)


def of_properties(given: Mapping[str, Any], ground: Ground) -> Foreign | None:
    """This will make a record of properties by name, without its place; None when it has no name or no identity."""
    name = _texts(_first(given, NAMES), ground.language, NAME)
    code = text_of(_first(given, CODES), CODE)
    link = address_of(_plain(_first(given, LINKS)), ground.base)
    identifier = text_of(given.get("id"), IDENTIFIER) or code or link
    if not name or not identifier:
        return None
    kind = _kind(_first(given, KINDS))
    figures = _figures(given)
    flaws = [*([] if link else ["no_address"]), *([] if kind != OTHER else ["no_kind"])]
    language = text_of(given.get("language"), 5)[:2]
    return Foreign(
        identifier=identifier,
        code=code,
        version=text_of(given.get("version"), 40),
        url=Translated({language if language in LANGUAGES else ground.language: link} if link else {}),
        name=name,
        summary=_texts(_first(given, SUMMARIES), ground.language, SUMMARY),
        kind=kind,
        place_name=_place(given),
        area_m2=_area(given, figures),
        floor_area_m2=number_of(figures.get("floor_area_m2"), MOST_FLOOR),
        power_mw=number_of(figures.get("free_capacity_mw"), MOST_POWER),
        is_example=given.get("is_example") is True,
        licence=licence_name(given.get("licence") or given.get("license")),
        updated_at=moment_of(_first(given, CHANGES)),
        sectors=_sectors(given.get("sectors")),
        flaws=tuple(flaws),
    )


def _first(given: Mapping[str, Any], names: Iterable[str]) -> Any:
    """The value of the first of some names that has one, whatever its capitals."""
    lower = {str(name).lower(): value for name, value in given.items()}
    return next((lower[name] for name in names if lower.get(name) not in (None, "", [], {})), None)


def _plain(value: Any) -> Any:
    """The address in a link that is written as an object."""
    return value.get("href") if isinstance(value, dict) else value


def _texts(value: Any, language: str, most: int) -> Translated:
    """A text by language: ours ({text, language}), by language ({fi: …, en: …}), or plain in the source's language."""
    if isinstance(value, dict) and "text" in value:
        said = str(value.get("language", ""))[:2]
        return _texts(value["text"], said if said in LANGUAGES else language, most)
    if isinstance(value, dict):
        texts = {code: text_of(value.get(code), most) for code in LANGUAGES}
        return Translated({code: text for code, text in texts.items() if text})
    text = text_of(value, most)
    return Translated({language: text} if text else {})


def _kind(value: Any) -> str:
    found = value.get("value") if isinstance(value, dict) else value
    text = text_of(found, 40).lower().replace(" ", "_")
    return text if text in SiteKind.values else OTHER


def _place(given: Mapping[str, Any]) -> str:
    found = _first(given, PLACES)
    return text_of(found.get("name") if isinstance(found, dict) else found, PLACE)


def _precision(given: Mapping[str, Any], has_place: bool) -> str:
    """How exactly the place is known: as the source says; what says nothing gives the very place."""
    place = given.get("place")
    said = place.get("precision") if isinstance(place, dict) else given.get("place_precision")
    if said in Precision.values:
        return str(said)
    return str(Precision.EXACT if has_place else Precision.MUNICIPALITY)


def _figures(given: Mapping[str, Any]) -> Mapping[str, Any]:
    """Figures by their names in the collection standard: of a card's key facts, else the properties themselves."""
    facts = given.get("key_facts")
    if not isinstance(facts, list):
        return given
    return {
        str(one.get("field")): one.get("value")
        for one in facts
        if isinstance(one, dict) and one.get("known") is True
    }


def _area(given: Mapping[str, Any], figures: Mapping[str, Any]) -> float | None:
    if (found := number_of(figures.get("area_m2"), MOST_AREA)) is not None:
        return found
    hectares = number_of(given.get("area_ha"), MOST_AREA / 10_000)
    return hectares * 10_000 if hectares is not None else None


def _sectors(value: Any) -> tuple[str, ...]:
    listed = value if isinstance(value, list) else []
    found = (text_of(one.get("slug") if isinstance(one, dict) else one, 60) for one in listed[:MOST_SECTORS])
    return tuple(one for one in found if one)
