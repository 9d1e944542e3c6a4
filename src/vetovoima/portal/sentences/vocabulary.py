"""The words of the three languages that stand around figures: what they are, and how a text is looked through for them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from vetovoima.common.fields import LANGUAGES
from vetovoima.common.text import plain, word_bases

FILE = Path(__file__).with_name("words.json")


@cache
def vocabulary() -> dict[str, Any]:
    """This will return the file: lists of words and phrases by what they do."""
    found: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return found


@cache
def phrases(name: str) -> frozenset[str]:
    """This will return a list of the file, in lower case."""
    return frozenset(one.lower() for one in vocabulary()[name])


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(one) for one in sorted(words, key=len, reverse=True))


@cache
def before(name: str) -> re.Pattern[str]:
    """What finds one of a list's phrases at the end of the text before a figure."""
    return re.compile(rf"(?:^|(?<=[\s(,;]))(?:{_any_of(phrases(name))})\s*$", re.IGNORECASE)


@cache
def after(name: str) -> re.Pattern[str]:
    """What finds one of a list's phrases at the beginning of the text after a figure."""
    return re.compile(rf"\s*(?:{_any_of(phrases(name))})(?=$|[\s,;.)])", re.IGNORECASE)


@cache
def _plain_words(group: str, name: str, language: str) -> frozenset[str]:
    """A list of a language: phrases of several words with their spaces, single words as search holds them."""
    lists = vocabulary()[group][name] if name else vocabulary()[group]
    return frozenset(
        one.lower() if " " in one else base
        for one in lists.get(language, ())
        for base in ((one,) if " " in one else (plain(one),))
    )


def means(word: str, group: str, name: str = "") -> bool:
    """Whether a word in any of its forms is one of a list's words, in any language: satamasta is satama."""
    if " " in word:
        return any(word.lower() in _plain_words(group, name, language) for language in LANGUAGES)
    return any(
        _plain_words(group, name, language) & {plain(word), *word_bases(word, language)}
        for language in LANGUAGES
    )


def kind_of_place(word: str) -> str:
    """The parameter that a place's word stands for (`rail_km` for radan), or ""."""
    return next((name for name in vocabulary()["places"] if means(word, "places", name)), "")
