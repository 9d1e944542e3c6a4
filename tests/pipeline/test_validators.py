"""What may be typed into an enquiry."""

from __future__ import annotations

import math

import pytest
from django.core.exceptions import ValidationError

from tests.factories import enquiry_input, make_municipality
from vetovoima.pipeline import validators
from vetovoima.pipeline.intake import clean_input


@pytest.mark.parametrize(
    "text", ["Ada\nBcc: all@example.org", "Ada\r", "A\x00da", "A\x1bda", "A\u2028da", "A\x85da"]
)
def test_a_line_has_no_control_characters(text):
    with pytest.raises(ValidationError):
        validators.one_line(text + "x")


@pytest.mark.parametrize("text", ["Ääkkönen O'Neill-Þór", "株式会社", "Ada <script>alert(1)</script>"])
def test_names_of_all_peoples_are_kept_as_typed(text):
    assert validators.one_line(f"  {text} ") == text


def test_unseen_characters_of_a_copied_text_fall_away():
    assert validators.several_lines("a\x00b\vc\r\nd\te\x07 \ud800") == "ab\nc\nd\te"


@pytest.mark.parametrize("length, fits", [(5000, True), (5001, False), (1_000_000, False)])
def test_a_message_has_a_limit_that_it_names(length, fits):
    if fits:
        assert len(validators.several_lines("x" * length)) == length
        return
    with pytest.raises(ValidationError) as refused:
        validators.several_lines("x" * length)
    assert "5000" in str(refused.value.messages)
    assert str(length) in str(refused.value.messages)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "ada",
        "ada@",
        "ada@example.org\nBcc: b@example.org",
        "a@b.c, d@e.f",
        "ada@example.org\x00",
        "a" * 250 + "@b.example",
    ],
)
def test_a_wrong_address_is_refused(address):
    with pytest.raises(ValidationError):
        validators.email_address(address)


@pytest.mark.parametrize("value", [math.nan, math.inf, "nan", "-1", "1e400", "ten", True, 1e11])
def test_a_quantity_is_a_number_that_can_be(value):
    with pytest.raises(ValidationError):
        validators.quantity(value, largest=1e10)


@pytest.mark.parametrize("value, number", [(None, None), ("", None), ("12.5", 12.5), (0, 0.0)])
def test_a_quantity_may_be_unknown(value, number):
    assert validators.quantity(value, largest=1e10) == number


def test_every_wrong_field_is_named_at_once(db):
    typed = enquiry_input(
        message="",
        name="A\nB",
        email="x",
        segment="king",
        sector="no-such",
        municipality="no\x00such",
        area_m2="nan",
    )

    with pytest.raises(ValidationError) as refused:
        clean_input(typed)

    wrong = {"message", "name", "email", "segment", "sector", "municipality", "area_m2"}
    assert set(refused.value.message_dict) == wrong


def test_what_fits_is_read(db):
    place = make_municipality("nearby")

    values = clean_input(
        enquiry_input(
            municipality="nearby",
            site="TUU-NEA-0001",
            language="de",
            investment_eur="1500000.5",
            timing="6-12",
        )
    )

    assert (values["municipality"], values["site"], values["language"]) == (place, None, "en")
    assert (values["investment_eur"], values["timing"]) == (1_500_001, "6-12")
