"""Numbers, days and yes/no as people write them."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, datetime

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from vetovoima.common.notation import STYLES, guess_style, read_day, read_flag, read_number, unambiguous


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("1 234,5", 1234.5), ("1\u00a0234,5", 1234.5), ("1\u202f234", 1234), ("1'234", 1234), ("1’234.50", 1234.5),
        ("−5", -5), ("–5,5", -5.5), ("- 5", -5), ("+5", 5), ("1,234.5", 1234.5), ("1.234,5", 1234.5), ("12 %", 12),
        ("n. 5", 5), ("n 5", 5), ("ca 5", 5), ("c. 5", 5), ("~5", 5), ("noin 12,5", 12.5), ("ungefär 3", 3),
        ("approx. 1,000.5", 1000.5), ("1.234.567", 1234567), ("1,234,567", 1234567), ("12,5", 12.5), ("12.5", 12.5),
        ("0,125", 0.125), ("0.125", 0.125), ("5.", 5), (",5", 0.5), ("12,5e3", 12500), ("  7  ", 7), ("007", 7),
        ("1 234 567,891", 1234567.891), (5, 5), (2.5, 2.5),
    ],
)  # fmt: skip
@pytest.mark.parametrize("style", STYLES)
def test_what_is_clear_is_read_alike_in_every_style(written: str, number: float, style: str) -> None:
    assert read_number(written, style) == number


@pytest.mark.parametrize(
    ("written", "style", "number"),
    [
        ("1,234", "fi", 1.234), ("1,234", "sv", 1.234), ("1,234", "en", 1234), ("1,234", "us", 1234),
        ("1.234", "fi", 1234), ("1.234", "sv", 1234), ("1.234", "en", 1.234), ("1.234", "us", 1.234),
        ("-1.234", "fi", -1234), ("12,345", "en", 12345), ("12,34", "en", 12.34),
    ],
)  # fmt: skip
def test_the_style_decides_what_is_ambiguous(written: str, style: str, number: float) -> None:
    assert read_number(written, style) == number


@pytest.mark.parametrize(
    "written",
    [
        "",
        "abc",
        "1e999",
        "-1e999",
        "nan",
        "inf",
        "1 23",
        "1,2,3",
        "1.2.3",
        "5-10",
        "5 ha",
        "12a",
        "--5",
        "1..2",
        None,
        True,
        "9" * 70,
        "1,234,56",
        "½",
    ],
)
def test_what_is_no_number_is_refused_in_words(written: object) -> None:
    with pytest.raises(ValidationError, match="is not a number"):
        read_number(written)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=80), st.sampled_from(STYLES))
def test_no_text_breaks_the_readers(written: str, style: str) -> None:
    for reader in (read_number, read_day):
        with suppress(ValidationError):
            reader(written, style)


@settings(max_examples=200, deadline=None)
@given(st.floats(-1e12, 1e12, allow_nan=False), st.sampled_from(STYLES))
def test_a_number_written_without_doubt_is_read_alike_in_every_style(number: float, style: str) -> None:
    assert read_number(unambiguous(number), style) == pytest.approx(number, rel=1e-14)
    assert read_number(unambiguous(number, ","), style) == pytest.approx(number, rel=1e-14)


@pytest.mark.parametrize(
    ("written", "style"),
    [
        ("12.10.2026", "fi"), ("12.10.26", "fi"), ("12. 10. 2026", "fi"), ("12.10.2026", "us"), ("2026-10-12", "fi"),
        ("2026-10-12T13:45:00", "fi"), ("2026-10-12 13:45", "fi"), ("2026/10/12", "us"), ("20261012", "fi"),
        ("12/10/2026", "en"), ("12/10/2026", "fi"), ("10/12/2026", "us"), ("10-12-2026", "us"), ("12-10-2026", "sv"),
        ("12. lokakuuta 2026", "fi"), ("12 lokakuu 2026", "fi"), ("ke 12.10.2026", "fi"), ("12 oktober 2026", "sv"),
        ("den 12 oktober 2026", "sv"), ("12 okt 2026", "sv"), ("Oct 12, 2026", "us"), ("October 12th, 2026", "en"),
        ("12th of October 2026", "en"), ("12 Oct 2026", "en"), ("Monday, 12 October 2026", "en"), ("46307", "fi"),
        (46307, "fi"), (46307.0, "en"), (date(2026, 10, 12), "fi"), (datetime(2026, 10, 12, 9), "fi"),
    ],
)  # fmt: skip
def test_a_day_is_read_however_it_is_written(written: object, style: str) -> None:
    assert read_day(written, style) == date(2026, 10, 12)


@pytest.mark.parametrize(("written", "style"), [("13/10/2026", "us"), ("10/13/2026", "en")])
def test_a_number_that_can_only_be_a_day_decides_for_itself(written: str, style: str) -> None:
    assert read_day(written, style) == date(2026, 10, 13)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "31.2.2026",
        "2026",
        2026,
        "lokakuu 2026",
        "12.13.2026.",
        "0.0.2026",
        "tomorrow",
        None,
        True,
        5,
        1e12,
        "99.99.9999",
        "12 foo 2026",
    ],
)
def test_what_is_no_day_is_refused_in_words(written: object) -> None:
    with pytest.raises(ValidationError, match="is not a day"):
        read_day(written)


@pytest.mark.parametrize(
    "written",
    ["kyllä", "Kyllä ", "K", "on", "ja", "JA", "yes", "y", "x", "X", "1", 1, 1.0, "true", "TOSI", True, "✓"],
)
def test_yes(written: object) -> None:
    assert read_flag(written) is True


@pytest.mark.parametrize("written", ["ei", "Ei", "nej", "no", "n", "0", 0, 0.0, "false", False, "EPÄTOSI"])
def test_no(written: object) -> None:
    assert read_flag(written) is False


@pytest.mark.parametrize("written", [None, "", "  "])
def test_an_empty_cell_is_not_a_no(written: object) -> None:
    assert read_flag(written) is None


@pytest.mark.parametrize("written", ["ehkä", "2", "kyllä/ei", "?"])
def test_a_flag_that_is_neither_is_refused(written: str) -> None:
    with pytest.raises(ValidationError, match=re.escape(f"“{written}” is neither yes nor no")):
        read_flag(written)


@pytest.mark.parametrize(
    ("values", "style"),
    [
        (["1 234,5", "2,5", "x"], "fi"), (["1,234.50", "3.5"], "en"), (["10/13/2026", "1,234.5"], "us"), (["13/10/2026"], "en"),
        (["12.10.2026", "5"], "fi"), (["1,234", "2,345"], "fi"), ([], "fi"), ([None, 5, "Paja"], "fi"),
    ],
)  # fmt: skip
def test_the_style_is_guessed_from_what_is_clear(values: list[object], style: str) -> None:
    assert guess_style(values) == style


def test_the_default_wins_when_nothing_speaks_against_it() -> None:
    assert guess_style(["2,5"], default="sv") == "sv"
    assert guess_style(["2.5"], default="us") == "us"
