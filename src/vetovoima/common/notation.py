"""Numbers, days and yes/no as people write them in Finnish, Swedish, English and American tables."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .money import figure

#: fi and sv: 1 234,5 and 12.10.2026 · en: 1,234.5 and 12/10/2026 · us: 1,234.5 and 10/12/2026
STYLES = ("fi", "sv", "en", "us")
COMMA_STYLES = ("fi", "sv")

SPACES = "\u0020\u00a0\u202f\u2009\u2007\u2008\u2006\u2005\u3000\t"
APOSTROPHES = "'\u2019\u02bc\u00b4`"
MINUS = "\u2212\u2013\u2014\u2010\u2011\ufe63\uff0d"
_CLEAN = str.maketrans(
    {**dict.fromkeys(SPACES, " "), **dict.fromkeys(APOSTROPHES, "'"), **dict.fromkeys(MINUS, "-")}
)
ABOUT = re.compile(r"^(?:noin|n\.?|nn\.?|arviolta|arvio|cirka|circa|ca\.?|c:a|c\.|approx\.?|approximately|about|around|omkring|ungefär|uppskattningsvis|~|≈|±)\s*", re.IGNORECASE)  # fmt: skip
PLAIN = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
SHAPE = re.compile(r"(?P<sign>[+-]?)(?P<body>\d[\d .,']*|[.,]\d+)(?P<power>[eE][+-]?\d{1,3})?")
SIGN = re.compile(r"^([+-]) +")
GROUPED = {mark: re.compile(rf"\d{{1,3}}(?:{re.escape(mark)}\d{{3}})+") for mark in " '.,"}
MAX_TEXT = 60


def read_number(text: Any, style: str = "fi") -> float:
    """This will read a number as a person wrote it: "1 234,5", "1'234", "1,234.5", "n. 12", "12 %" (0.12 is not made).

    `style` decides only what is ambiguous: "1,234" is 1.234 in fi and sv, 1234 in en and us; "1.234" the other way
    round. Numbers pass through. Raises ValidationError.
    """
    if isinstance(text, (int, float)) and not isinstance(text, bool):
        return _finite(float(text))
    if not isinstance(text, str) or len(text) > MAX_TEXT:
        raise no_number(text)
    plain = text.strip()
    # The common case first: an import reads hundreds of thousands of these.
    if PLAIN.fullmatch(plain) and not _may_be_thousands(plain, style):
        return _finite(float(plain.replace(",", ".")))
    cleaned = ABOUT.sub("", plain.translate(_CLEAN).strip()).removesuffix("%").strip()
    cleaned = SIGN.sub(r"\1", cleaned)
    shape = SHAPE.fullmatch(cleaned)
    if shape is None:
        raise no_number(text)
    digits = _without_groups(shape["body"].rstrip(), style)
    if digits is None:
        raise no_number(text)
    return _finite(float(shape["sign"] + digits + (shape["power"] or "")))


def _may_be_thousands(plain: str, style: str) -> bool:
    """Whether the mark of "1.234" or "1,234" divides thousands in this style."""
    mark = "." if style in COMMA_STYLES else ","
    return mark in plain and GROUPED[mark].fullmatch(plain.lstrip("+-")) is not None


def _without_groups(body: str, style: str) -> str | None:
    """The digits with a point for decimals; None where the marks make no number."""
    decimal = _decimal_mark(body, style)
    whole, _mark, part = body.rpartition(decimal) if decimal else (body, "", "")
    if part and not part.isdigit():
        return None
    marks = {character for character in whole if not character.isdigit()}
    if len(marks) > 1:
        return None
    if marks and GROUPED[marks.pop()].fullmatch(whole) is None:
        return None
    digits = "".join(character for character in whole if character.isdigit())
    return f"{digits or '0'}.{part or '0'}"


def _decimal_mark(body: str, style: str) -> str:
    """Which mark, if any, divides whole and decimals: the last of two kinds, or what the style says of one."""
    commas, points = body.count(","), body.count(".")
    if commas and points:
        return "," if body.rfind(",") > body.rfind(".") else "."
    mark = "," if commas else "." if points else ""
    if not mark or commas + points > 1:
        return ""
    if " " in body or "'" in body:
        return mark
    groups = GROUPED[mark].fullmatch(body) is not None and not body.startswith("0")
    own = "," if style in COMMA_STYLES else "."
    return mark if mark == own or not groups else ""


def unambiguous(number: float, mark: str = ".") -> str:
    """This will write a number so that every style reads it alike: never three decimals, which might be thousands."""
    text = f"{number:.15f}".rstrip("0").rstrip(".") if abs(number) < 1e15 else f"{number:.0f}"
    if float(text) != number:
        text = repr(float(number))
    whole, point, part = text.partition(".")
    return f"{whole}{mark}{part}0" if point and len(part) == 3 else text.replace(".", mark)


def read_between(text: Any, style: str, low: float, high: float) -> float:
    """This will read a number as a person wrote it, from `low` to `high`; raises ValidationError with a sentence."""
    number = read_number(text, style)
    if not low <= number <= high:
        raise ValidationError(
            _("Write a number from %(low)s to %(high)s."),
            code="bounds",
            params={"low": as_written(low, 0), "high": as_written(high, 0)},
        )
    return number


def _finite(number: float) -> float:
    if number != number or number in (float("inf"), float("-inf")):
        raise no_number(number)
    return number


def _as_written(number: float, decimals: int) -> str:
    return figure(number, (get_language() or "en")[:2], decimals)


#: a number for a sentence: written as the reader's language writes it, at the moment when the sentence is said
as_written = lazy(_as_written, str)


def no_number(text: Any) -> ValidationError:
    """The refusal of what is not a number; its example is written as the reader's language writes numbers."""
    return ValidationError(
        _("“%(text)s” is not a number. Write for example %(example)s."),
        code="number",
        params={"text": str(text)[:40], "example": as_written(1234.5, 1)},
    )


MONTHS = {
    "fi": [
        "tammi",
        "helmi",
        "maalis",
        "huhti",
        "touko",
        "kesä",
        "heinä",
        "elo",
        "syys",
        "loka",
        "marras",
        "joulu",
    ],
    "sv": [
        "januari",
        "februari",
        "mars",
        "april",
        "maj",
        "juni",
        "juli",
        "augusti",
        "september",
        "oktober",
        "november",
        "december",
    ],
    "en": [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ],
}
MONTH_STEMS = {name[:3]: number for key in ("en", "sv") for number, name in enumerate(MONTHS[key], 1)}
ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\d{1,2}:.*)?")
ISO_SLASH = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})\.?")
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
NUMBERS = re.compile(r"(\d{1,2})([./-])\s?(\d{1,2})\2\s?(\d{4}|\d{2})\.?(?: \d{1,2}[:.]\d{2}.*)?")
DAY_FIRST = re.compile(r"(\d{1,2})(?:\.|st|nd|rd|th|:e)? (?:of )?([^\W\d_]+)\.?,? (\d{4})")
MONTH_FIRST = re.compile(r"([^\W\d_]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")
WEEKDAY = re.compile(r"^(?:den|ma|ti|ke|to|pe|la|su|m[aå]n|tis|ons|tor|fre|lör|sön|mon|tue|wed|thu|fri|sat|sun)[^\W\d_]*\.?,? (?=\d|[^\W\d_]+ \d)", re.IGNORECASE)  # fmt: skip
#: Excel's day number 1 is 1 January 1900, and it believes in a 29 February 1900
EXCEL_DAY_ZERO = date(1899, 12, 30)
FIRST_SERIAL, LAST_SERIAL = 20_000, 80_000


def read_day(text: Any, style: str = "fi") -> date:
    """This will read a day: 12.10.2026, 2026-10-12, "12. lokakuuta 2026", "Oct 12, 2026", 12/10/2026, Excel's 46307.

    `style` us reads 10/12/2026 as 12 October; a number that can only be a day decides for itself. A moment gives its
    day. Raises ValidationError.
    """
    if isinstance(text, datetime):
        return text.date()
    if isinstance(text, date):
        return text
    if isinstance(text, (int, float)) and not isinstance(text, bool):
        return _serial(text)
    cleaned = (
        " ".join(text.translate(_CLEAN).split()) if isinstance(text, str) and len(text) <= MAX_TEXT else ""
    )
    try:
        found = _day(WEEKDAY.sub("", cleaned), style)
    except (ValueError, OverflowError) as error:
        raise _no_day(text) from error
    if found is None:
        raise _no_day(text)
    return found


def _day(text: str, style: str) -> date | None:
    if match := ISO_DAY.fullmatch(text) or ISO_SLASH.fullmatch(text) or COMPACT.fullmatch(text):
        return date(int(match[1]), int(match[2]), int(match[3]))
    if match := NUMBERS.fullmatch(text):
        return _day_of_numbers(int(match[1]), match[2], int(match[3]), match[4], style)
    if match := DAY_FIRST.fullmatch(text):
        return _day_of_words(match[1], match[2], match[3])
    if match := MONTH_FIRST.fullmatch(text):
        return _day_of_words(match[2], match[1], match[3])
    if re.fullmatch(r"\d{5}(?:\.0+)?", text):
        return _serial(float(text))
    return None


#: how the day and the month of 10/12/2026 may stand: what a column of days can be said to be written in
DAY_ORDERS = {"d/m/y": "en", "m/d/y": "us"}


def order_of_day(text: Any) -> str | None:
    """This will say which order a day of numbers proves, "" when it may be either; None for what has no order to be
    asked about: 12.10.2026, 2026-10-12, 10/10/2026."""
    match = NUMBERS.fullmatch(text.translate(_CLEAN).strip()) if isinstance(text, str) else None
    if match is None or match[2] == "." or match[1] == match[3]:
        return None
    first, second = int(match[1]), int(match[3])
    return "m/d/y" if second > 12 >= first else "d/m/y" if first > 12 >= second else ""


def _day_of_numbers(first: int, mark: str, second: int, year_text: str, style: str) -> date:
    year = int(year_text) + (2000 if len(year_text) == 2 else 0)
    month_first = style == "us" and mark != "."
    if month_first and first > 12 >= second:
        month_first = False
    elif not month_first and mark != "." and second > 12 >= first:
        month_first = True
    return date(year, first, second) if month_first else date(year, second, first)


def _day_of_words(day: str, month: str, year: str) -> date | None:
    name = month.lower()
    number = next(
        (
            index
            for index, stem in enumerate(MONTHS["fi"], 1)
            if name in (stem, f"{stem}kuu") or name.startswith(f"{stem}kuu")
        ),
        None,
    )
    if number is None and (name[:3] in MONTH_STEMS) and _is_month(name):
        number = MONTH_STEMS[name[:3]]
    return None if number is None else date(int(year), number, int(day))


def _is_month(name: str) -> bool:
    return name in ("sept", "okt", "mars") or any(
        full.startswith(name) for key in ("en", "sv") for full in MONTHS[key]
    )


def _serial(number: float) -> date:
    """Excel's number of a day, from 1954 to 2119: anything else is rather a year or a quantity."""
    if not FIRST_SERIAL <= number <= LAST_SERIAL:
        raise _no_day(number)
    return EXCEL_DAY_ZERO + timedelta(days=int(number))


def _no_day(text: Any) -> ValidationError:
    return ValidationError(
        _("“%(text)s” is not a day. Write for example 2026-10-12 or 12.10.2026."),
        code="day",
        params={"text": str(text)[:40]},
    )


YES = {
    "kyllä",
    "kylla",
    "k",
    "on",
    "joo",
    "ja",
    "j",
    "yes",
    "y",
    "true",
    "tosi",
    "sant",
    "x",
    "1",
    "✓",
    "✔",
    "☑",
}
NO = {"ei", "e", "nej", "n", "no", "false", "epätosi", "falskt", "0", "☐", "✗", "✘"}


def read_flag(text: Any) -> bool | None:
    """This will read yes or no (kyllä/ei, ja/nej, yes/no, x, 1/0, true/false); an empty cell is None, not a no.

    Raises ValidationError.
    """
    if text is None or isinstance(text, bool):
        return text
    word = str(int(text) if isinstance(text, float) and text.is_integer() else text).strip().lower()
    if not word:
        return None
    if word in YES:
        return True
    if word in NO:
        return False
    raise ValidationError(
        _("“%(text)s” is neither yes nor no. Write yes or no, or leave the cell empty."),
        code="flag",
        params={"text": word[:40]},
    )


def guess_style(values: Iterable[Any], default: str = "fi") -> str:
    """This will guess how a table is written from its texts: only what is unambiguous votes; else `default`."""
    votes = dict.fromkeys(STYLES, 0)
    for value in values:
        if isinstance(value, str) and 2 < len(value) <= MAX_TEXT:
            for style in _votes(value.translate(_CLEAN).strip()):
                votes[style] += 1
    best = max(votes.values())
    if not best or votes[default] == best:
        return default
    return next(style for style in STYLES if votes[style] == best)


def _votes(text: str) -> tuple[str, ...]:
    """The styles that a text speaks for; none when it could be any."""
    if match := NUMBERS.fullmatch(text):
        if match[2] == ".":
            return COMMA_STYLES
        return ("us",) if int(match[3]) > 12 else ("en",) if int(match[1]) > 12 else ("en", "us")
    body = re.sub(r"[^\d.,]+$", "", ABOUT.sub("", text)).lstrip("+-")
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+\.\d+|\d{1,3}(?:,\d{3}){2,}|\d+\.(?:\d{1,2}|\d{4,})", body):
        return ("en", "us")
    if re.fullmatch(r"\d{1,3}(?:[. ]\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,}|\d+,(?:\d{1,2}|\d{4,})", body):
        return COMMA_STYLES
    return ()
