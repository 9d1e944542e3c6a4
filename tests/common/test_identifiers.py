"""Business IDs as people write them."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from vetovoima.common.identifiers import clean_business_id


@pytest.mark.parametrize(
    ("text", "tidy"),
    [
        ("1234567-1", "1234567-1"),
        (" 1234567-1 ", "1234567-1"),
        ("12345671", "1234567-1"),
        ("FI12345671", "1234567-1"),
        ("fi 1234567-1", "1234567-1"),
        ("1234567 - 1", "1234567-1"),
        ("112038-9", "0112038-9"),
        ("0112038-9", "0112038-9"),
        ("0000006-0", None),
    ],
)
def test_a_business_id_is_tidied_and_its_check_digit_counted(text: str, tidy: str | None) -> None:
    if tidy is None:
        with pytest.raises(ValidationError, match="last digit"):
            clean_business_id(text)
        return
    assert clean_business_id(text) == tidy


@pytest.mark.parametrize(
    "text", ["", "1234567", "1234567-", "12345678-1", "SE556677-8899", "1234567-1x", "１２３４５６７-1"]
)
def test_what_is_no_business_id_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        clean_business_id(text)


def test_nine_of_ten_slips_are_noticed() -> None:
    accepted = []
    for digit in range(10):
        try:
            accepted.append(clean_business_id(f"1234567-{digit}"))
        except ValidationError:
            pass
    assert accepted == ["1234567-1"]


def test_a_number_whose_check_would_be_ten_is_never_given_out() -> None:
    for digit in range(10):
        with pytest.raises(ValidationError):
            clean_business_id(f"1000008-{digit}")
