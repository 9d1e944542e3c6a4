"""Numbers as people type them."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from vetovoima.desk.forms import parse_degrees, parse_figure, write_figure


@pytest.mark.parametrize(
    ("typed", "language", "number"),
    [
        ("", "fi", None),
        ("12,5", "fi", 12.5),
        ("12.5", "fi", 12.5),
        ("1 234,5", "fi", 1234.5),
        ("1\u2009234,5", "fi", 1234.5),
        ("1\u00a0234\u202f567", "fi", 1234567.0),
        ("1,234.5", "en", 1234.5),
        ("1.234,5", "sv", 1234.5),
        ("1,234,567", "en", 1234567.0),
        ("1,234", "fi", 1.234),
        ("0,125", "en", 0.125),
        ("\u22123,5", "fi", -3.5),
        ("5e3", "fi", 5000.0),
    ],
)
def test_a_number_is_read_as_it_was_meant(typed: str, language: str, number: float | None) -> None:
    assert parse_figure(typed, language) == number


@pytest.mark.parametrize("typed", ["NaN", "inf", "-Infinity", "lots", "12 m", "0x10", "1_000", "١٢٣x", "--5"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError):
        parse_figure(typed)


def test_a_mark_with_two_meanings_is_asked_about() -> None:
    with pytest.raises(ValidationError, match=r"1234 or 1\.234"):
        parse_figure("1,234", "en")
    for language in ("fi", "sv"):
        with pytest.raises(ValidationError, match=r"1234 or 1,234"):
            parse_figure("1.234", language)


@pytest.mark.parametrize(("typed", "degrees"), [("64.123", 64.123), ("28,1234", 28.1234), ("", None)])
def test_degrees_never_have_thousands(typed: str, degrees: float | None) -> None:
    assert parse_degrees(typed) == degrees


@pytest.mark.parametrize("number", [0, 0.1, 1934000, 1e9, 64.123456, 12345.5])
@pytest.mark.parametrize("language", ["fi", "en", "sv"])
def test_what_a_field_shows_is_read_back_as_the_same_number(number: float, language: str) -> None:
    assert parse_figure(write_figure(number, language), language) == number
