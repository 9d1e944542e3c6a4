"""Amounts and figures as each language writes them."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from babel.numbers import NumberPattern, format_decimal, get_decimal_symbol, get_group_symbol, parse_pattern

LOCALES = {"fi": "fi_FI", "en": "en_GB", "sv": "sv_FI"}


def number_marks(language: str) -> tuple[str, str]:
    """What divides thousands and what decimals, for whoever writes numbers by other means."""
    locale = LOCALES.get(language, "en_GB")
    return get_group_symbol(locale), get_decimal_symbol(locale)


def figure(value: float | int | Decimal, language: str, decimals: int = 2) -> str:
    """This will write a number with at most `decimals` decimals: 1 234,5 in Finnish and Swedish, 1,234.5 in English."""
    return format_decimal(value, format=_pattern(decimals), locale=LOCALES.get(language, "en_GB"))


@cache
def _pattern(decimals: int) -> NumberPattern:
    """Read once: babel would read it again for each number, which takes three times as long as writing the number."""
    return parse_pattern("#,##0" + ("." + "#" * decimals if decimals else ""))


def euros(value: float | int | Decimal, language: str) -> str:
    """This will write an amount of euros: €1,200 in English, 1 200 € in Finnish and Swedish."""
    text = figure(value, language)
    return f"€{text}" if language == "en" else f"{text} €"


def million_euros(value: float | int | Decimal, language: str) -> str:
    """This will write an amount in millions with at most one decimal: €240 million, 240 milj. €, 240 mn €."""
    text = figure(Decimal(value) / 1_000_000, language, 1)
    return {"fi": f"{text} milj. €", "sv": f"{text} mn €"}.get(language, f"€{text} million")


def file_size(size: int, language: str) -> str:
    """This will write how large a file is: 340 kB, 1.2 MB (1,2 MB in Finnish and Swedish)."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))}\u00a0kB"
    return f"{figure(size / 1_000_000, language, 1)}\u00a0MB"
