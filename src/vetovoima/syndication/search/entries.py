"""Writing what a record can be found by, out of its public documents and of nothing else."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from vetovoima.catalogue.enums import Firmness
from vetovoima.common.fields import LANGUAGES
from vetovoima.common.text import word_lemmas, words
from vetovoima.reference.queries import with_lead_sectors
from vetovoima.syndication.documents import SiteDocument

from .models import SearchEntry, SearchWord
from .words import Tokens, forget_words, index_words

#: shorter words are not put right, and words with digits are codes
SHORTEST_WORD = 4
#: what the record says itself of the way to the nearest of each kind, beside what is computed from the map
STATED_KM = {
    "rail_km": ("railway_distance_km", "loading_terminal_km"), "port_km": ("port_distance_km",),
    "airport_km": ("airport_distance_km",), "substation_km": ("substation_distance_km",),
}  # fmt: skip


def put_entry(documents: Mapping[str, SiteDocument]) -> None:
    """This will store what a record is found by, given its documents by language; the caller moves the public version."""
    put_entries([documents])


def put_entries(several: Iterable[Mapping[str, SiteDocument]]) -> None:
    """This will store what records are found by, many at once."""
    by_code = {next(iter(documents.values()))["code"]: documents for documents in several}
    drop_entries(by_code)
    made = SearchEntry.objects.bulk_create(
        [
            SearchEntry(code=code, stamp=secrets.randbits(53), values=values_of(documents))
            for code, documents in by_code.items()
        ]
    )
    tokens = {
        entry.pk: {language: tokens_of(one) for language, one in by_code[entry.code].items()}
        for entry in made
    }
    index_words(tokens.items())
    _learn(one for by_language in tokens.values() for one in by_language.items())


def drop_entries(codes: Iterable[str]) -> None:
    """This will forget what records were found by."""
    numbers = list(SearchEntry.objects.filter(code__in=list(codes)).values_list("pk", flat=True))
    forget_words(numbers)
    SearchEntry.objects.filter(pk__in=numbers).delete()


def _learn(several: Iterable[tuple[str, Tokens]]) -> None:
    """Keep the words for putting misspelt ones right."""
    by_language: dict[str, set[str]] = {language: set() for language in LANGUAGES}
    for language, tokens in several:
        by_language[language] |= tokens.name | tokens.labels | tokens.text
    SearchWord.objects.bulk_create(
        [
            SearchWord(language=language, word=word)
            for language, known in by_language.items()
            for word in sorted(known)
            if len(word) >= SHORTEST_WORD and word.isalpha()
        ],
        ignore_conflicts=True,
        batch_size=300,
    )


def values_of(documents: Mapping[str, SiteDocument]) -> dict[str, Any]:
    """What a record can be asked by, by the names of `columns`; what the document hides as too old is not among it."""
    document = next(iter(documents.values()))
    facts = {
        fact["field"]: fact["value"]
        for group in document["groups"]
        for fact in group["facts"]
        if fact["known"]
    }
    place, power = document["place"], document["power"]
    area = facts.get("area_m2")
    scale = [
        figure for name in ("scale_low_eur", "scale_high_eur") if (figure := facts.get(name)) is not None
    ]
    found = {
        "code": document["code"],
        "names": {language: one["name"]["text"] for language, one in documents.items()},
        "kind": document["kind"]["value"],
        "municipality": document["municipality"]["slug"],
        "availability": document["availability"]["value"],
        "precision": place["precision"],
        "sectors": with_lead_sectors([one["slug"] for one in document["sectors"]]),
        "themes": [one["slug"] for one in document["themes"]],
        "is_example": document["is_example"],
        "updated": datetime.fromisoformat(document["updated_at"]).timestamp(),
        "readiness": document["readiness"]["level"],
        "completeness": document["completeness"]["percent"],
        "latitude": place["latitude"],
        "longitude": place["longitude"],
        "area_m2": area if area is not None else place["area_m2_computed"],
        "floor_area_m2": facts.get("floor_area_m2"),
        "water_m3_d": facts.get("water_capacity_m3_d"),
        "price_eur_m2": facts.get("price_eur_m2"),
        "scale_low_eur": min(scale, default=None),
        "scale_high_eur": max(scale, default=None),
        "has_rail": bool(facts.get("has_rail_siding")),
        **_power_of(power),
        **_distances(place["distances"], facts),
    }
    return {
        name: value
        for name, value in found.items()
        if value is not None and value is not False and value != ""
    }


def _power_of(power: dict[str, Any]) -> dict[str, Any]:
    """The truth about the grid; nothing of it when it is too old to be shown."""
    return {
        "power": power.get("by_year") or {},
        "voltage_kv": power.get("voltage_kv"),
        "queue_state": power.get("queue_state") or "",
        "firmness": power.get("firmness") or "",
        "has_redundancy": bool(power.get("separate_substations")) or (power.get("feed_count") or 0) >= 2,
        "is_firm": power.get("firmness") == Firmness.FIRM,
        "is_grid_confirmed": bool(power.get("confirmed_on")),
        "lead_months": power.get("lead_months"),
    }


def _distances(computed: list[dict[str, Any]], facts: dict[str, Any]) -> dict[str, float]:
    """To the nearest of each kind: what the map says or what the record says, whichever is nearer, for where either
    is right there is one so near. The position of few substations is public, so that records often know a nearer one."""
    found: dict[str, float] = {}
    for one in computed:
        found[f"{one['to']}_km"] = one["km"]
    for name, fields in STATED_KM.items():
        known = [float(facts[field]) for field in fields if facts.get(field) is not None]
        known += [0.0] if name == "rail_km" and facts.get("has_rail_siding") else []
        known += [found[name]] if name in found else []
        if known:
            found[name] = min(known)
    return found


def tokens_of(document: SiteDocument) -> Tokens:
    """Everything a person may look for: names, places, sectors, the words of every known fact."""
    language = document["language"]
    name = document["name"]
    labels = [
        document["municipality"]["name"],
        document["locality"],
        document["kind"]["label"],
        document["address"],
    ]
    labels += [one["name"] for one in (*document["sectors"], *document["themes"])]
    texts = [
        (document[part]["text"], document[part]["language"])
        for part in ("summary", "description", "reason_to_come")
    ]
    for group in document["groups"]:
        facts = [fact for fact in group["facts"] if fact["known"]]
        texts += [
            (fact["display"], language) for fact in facts if isinstance(fact["value"], (str, dict, list))
        ]
        texts += [(fact["label"], language) for fact in facts if fact["value"] is True]
    return Tokens(
        name=_code_tokens(document["code"]) | _tokens(name["text"], name["language"]),
        labels=frozenset(token for label in labels for token in _tokens(label, language)),
        text=frozenset(token for text, told_in in texts for token in _tokens(text, told_in)),
    )


def _tokens(text: str, language: str) -> frozenset[str]:
    return frozenset(token for word in words(text) for token in word_lemmas(word, language or "en"))


def _code_tokens(code: str) -> frozenset[str]:
    """A code whole and from each of its parts on, so that it is found without its beginning and without its dashes."""
    parts = [part for part in code.lower().split("-") if part]
    return frozenset({*parts, *("".join(parts[at:]) for at in range(len(parts)))})
