"""Blocks as a data pack writes them (`regions/<name>/README.md`), turned into blocks of pages, or refused with their place."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from html.parser import HTMLParser
from typing import Any

from django.utils.timezone import localdate

from vetovoima.catalogue.enums import Availability

from .addresses import is_address, links_with_language, with_language

RICH_TAGS = frozenset({"p", "h2", "h3", "ul", "ol", "li", "strong", "b", "em", "i", "br", "a"})
MOST_AREAS, MOST_SITES, MOST_COLUMNS = 4, 12, 6
DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


@dataclass
class Reading:
    """One block being read in one language: what may be named, where we are, and what is wrong so far."""

    language: str
    known: Mapping[str, set[str]]
    problems: list[str]
    place: str = ""

    def at(self, step: str) -> Reading:
        """The same reading, one step further in."""
        return Reading(
            self.language, self.known, self.problems, f"{self.place}.{step}" if self.place else step
        )

    def refuse(self, reason: str) -> None:
        """This will note that something is wrong here."""
        self.problems.append(f"{self.place}: {reason}")


Reader = Callable[[Any, Reading], Any]


@dataclass(frozen=True)
class Key:
    """One key of a block: how it is read, whether it must be there, and what stands for it when it is not."""

    read: Reader
    needed: bool = False
    otherwise: Any = ""


def text(value: Any, reading: Reading) -> str:
    """A text by language; the page's language must be there."""
    if not isinstance(value, dict):
        reading.refuse('must be an object by language, {"fi": "…", "en": "…", "sv": "…"}')
        return ""
    found = value.get(reading.language)
    if not isinstance(found, str) or not found.strip():
        if any(value.values()):
            reading.refuse(f"has no {reading.language}")
        return ""
    return found.strip()


class _Tags(HTMLParser):
    """Collects what of a rich text is not allowed."""

    def __init__(self) -> None:
        super().__init__()
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """This will look at one tag and its attributes."""
        if tag not in RICH_TAGS:
            self.wrong.append(f"<{tag}>")
        for name, value in attrs:
            if tag != "a" or name != "href" or not is_address(value or ""):
                self.wrong.append(f"<{tag} {name}>")


def rich(value: Any, reading: Reading) -> str:
    """A rich text by language, in the tags that editors have; links into the portal get the language in front."""
    found = text(value, reading)
    tags = _Tags()
    tags.feed(found)
    if tags.wrong:
        reading.refuse(f"may not have {', '.join(dict.fromkeys(tags.wrong))}")
    if found and not found.startswith("<"):
        found = f"<p>{found}</p>"
    return links_with_language(found, reading.language)


def plain(value: Any, reading: Reading) -> str:
    """A text that is the same in every language, such as a name."""
    if not isinstance(value, str):
        reading.refuse("must be a text")
        return ""
    return value.strip()


def address(value: Any, reading: Reading) -> str:
    """An address of the web, or of the portal from `/` on."""
    found = plain(value, reading)
    if found and not is_address(found):
        reading.refuse("must begin with https:// or, inside the portal, with /")
    return with_language(found, reading.language)


def web(value: Any, reading: Reading) -> str:
    """An address of the web."""
    found = plain(value, reading)
    if found and not found.startswith(("https://", "http://")):
        reading.refuse("must begin with https://")
    return found


def day(value: Any, reading: Reading) -> str:
    """A day such as 2026-10-12."""
    try:
        return date.fromisoformat(str(value)).isoformat()
    except ValueError:
        reading.refuse("must be a day such as 2026-10-12")
        return ""


def dated(value: Any, reading: Reading) -> str:
    """A year, month or day."""
    found = str(value or "")
    if found and not DAY.fullmatch(found):
        reading.refuse("must be a year, month or day such as 2026-10")
    return found


def yes(value: Any, reading: Reading) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        reading.refuse("must be true or false")
    return bool(value)


def count(value: Any, reading: Reading) -> int:
    """How many sites."""
    if not isinstance(value, int) or not 1 <= value <= MOST_SITES:
        reading.refuse(f"must be a whole number from 1 to {MOST_SITES}")
        return 5
    return value


def one_of(*choices: str) -> Reader:
    """One of some words."""

    def read(value: Any, reading: Reading) -> str:
        if value not in choices:
            reading.refuse(f"must be one of {', '.join(choices)}")
        return str(value)

    return read


def code(kind: str) -> Reader:
    """The code of something that the pack has."""

    def read(value: Any, reading: Reading) -> str:
        allowed = reading.known.get(kind)
        if allowed is not None and value not in allowed:
            reading.refuse(f"{value!r} is none of the pack's {kind}")
        return str(value)

    return read


def listed(read: Reader, most: int = 200, least: int = 0) -> Reader:
    """A list of things."""

    def read_all(value: Any, reading: Reading) -> list[Any]:
        if not isinstance(value, list) or not least <= len(value) <= most:
            reading.refuse(f"must be a list of {least} to {most}")
            return []
        return [read(one, reading.at(str(number))) for number, one in enumerate(value, 1)]

    return read_all


def shaped(keys: Mapping[str, Key]) -> Reader:
    """An object with certain keys and no others."""

    def read(value: Any, reading: Reading) -> dict[str, Any]:
        if not isinstance(value, dict):
            reading.refuse("must be an object")
            return {}
        for name in sorted(set(value) - set(keys) - {"type", "languages"}):
            reading.at(name).refuse(f"is not known here; known are {', '.join(keys)}")
        return {name: _value(name, key, value, reading) for name, key in keys.items()}

    return read


def _value(name: str, key: Key, value: Mapping[str, Any], reading: Reading) -> Any:
    given = value.get(name)
    if given in (None, "", [], {}):
        if key.needed:
            reading.at(name).refuse("is missing")
        return list(key.otherwise) if isinstance(key.otherwise, tuple) else key.otherwise
    return key.read(given, reading.at(name))


SOURCE = shaped({"title": Key(plain, True), "url": Key(web), "date": Key(dated)})
STEP = shaped(
    {
        "title": Key(text, True), "text": Key(rich), "who": Key(text), "time": Key(text), "cost": Key(text),
        "law": Key(text), "law_url": Key(web), "appeal": Key(text), "online_url": Key(web),
        "unknown": Key(listed(one_of("who", "time", "cost", "law", "appeal")), otherwise=()),
    }
)  # fmt: skip
NARROWED = {
    "municipalities": Key(listed(code("municipalities")), otherwise=()),
    "sectors": Key(listed(code("sectors")), otherwise=()),
    "kinds": Key(listed(code("kinds")), otherwise=()),
}
LANGUAGE = Key(one_of("fi", "en", "sv"))
BLOCKS: dict[str, Mapping[str, Key]] = {
    "text": {"html": Key(rich, True), "source_language": LANGUAGE},
    "notice": {"kind": Key(one_of("unknown", "note", "caution"), True), "html": Key(rich, True)},
    "fact": {"code": Key(code("facts"), True), "note": Key(text)},
    "facts": {"title": Key(text), "codes": Key(listed(code("facts")), True)},
    "chart": {
        "indicator": Key(code("indicators"), True), "areas": Key(listed(code("areas"), MOST_AREAS), otherwise=()),
        "form": Key(one_of("line", "bars"), otherwise="line"), "title": Key(text), "note": Key(text),
    },
    "map": {"title": Key(text, True), **NARROWED, "infrastructure": Key(yes, otherwise=False)},
    "sites": {
        "title": Key(text), **NARROWED, "count": Key(count, otherwise=5),
        "availabilities": Key(listed(one_of(*Availability.values)), otherwise=()),
    },
    "contact": {
        "contact": Key(plain), "organisation": Key(code("organisations")),
        "municipality": Key(code("municipalities")), "text": Key(text),
    },
    "steps": {"title": Key(text), "steps": Key(listed(STEP, least=1), True)},
    "permits": {"path": Key(code("permit paths"), True)},
    "quote": {
        "text": Key(text, True), "name": Key(plain, True), "role": Key(text, True),
        "organisation": Key(plain, True), "consent_on": Key(day, True), "consent_until": Key(day, otherwise=None),
        "source_language": LANGUAGE,
    },
    "comparison": {
        "title": Key(text, True), "columns": Key(listed(text, MOST_COLUMNS, 1), True),
        "rows": Key(
            listed(
                shaped(
                    {
                        "label": Key(text, True), "cells": Key(listed(text), True),
                        "source": Key(SOURCE, True, otherwise=()),
                    }
                ), least=1,
            ), True,
        ),
        "note": Key(text),
    },
    "action": {"text": Key(text), "label": Key(text, True), "url": Key(address, True)},
    "questions": {
        "title": Key(text),
        "items": Key(listed(shaped({"question": Key(text, True), "answer": Key(rich, True)}), least=1), True),
    },
    "links": {
        "title": Key(text),
        "items": Key(
            listed(
                shaped(
                    {"label": Key(text, True), "url": Key(address, True), "note": Key(text), "language": LANGUAGE}
                ), least=1,
            ), True,
        ),
    },
}  # fmt: skip


@dataclass
class Blocks:
    """The blocks of one page in one language, as they are stored, and what is wrong with them."""

    raw: list[dict[str, Any]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def read_blocks(given: Any, language: str, known: Mapping[str, set[str]]) -> Blocks:
    """This will read a page's `blocks` in one language; `known` are the codes that they may name, by kind."""
    found = Blocks()
    if not isinstance(given, list):
        found.problems.append("must be a list of blocks")
        return found
    for number, one in enumerate(given, 1):
        kind = one.get("type") if isinstance(one, dict) else None
        if kind not in BLOCKS:
            found.problems.append(f"{number}: type must be one of {', '.join(BLOCKS)}")
            continue
        if language not in (one.get("languages") or [language]):
            continue
        reading = Reading(language, known, found.problems, f"{number} ({kind})")
        value = shaped(BLOCKS[kind])(one, reading)
        _whole(kind, value, reading)
        found.raw.append({"type": kind, "value": value})
    return found


def _whole(kind: str, value: dict[str, Any], reading: Reading) -> None:
    """What a block must be as a whole."""
    if kind == "contact" and sum(bool(value[n]) for n in ("contact", "organisation", "municipality")) != 1:
        reading.refuse("must name one: contact, organisation or municipality")
    if kind == "comparison":
        for row in value["rows"]:
            if row and len(row["cells"]) != len(value["columns"]):
                reading.refuse("each row needs one cell for each column")
    if kind == "quote" and value["consent_on"]:
        ends = value["consent_until"]
        if value["consent_on"] > localdate().isoformat() or (ends and ends < localdate().isoformat()):
            reading.refuse("the consent does not hold today")
