"""Identifiers that registers give: written by people in several ways, checked by their own check digit."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

_BUSINESS_ID = re.compile(r"(?:FI)?[\s-]*(\d{6,7})\s*-?\s*(\d)", re.IGNORECASE | re.ASCII)
#: nobody writes one longer, and the pattern is not to be tried on what is no identifier at all
_LONGEST = 40
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2)


def clean_business_id(text: str) -> str:
    """This will return a Finnish business ID as 1234567-1; spaces, a missing hyphen or zero and FI are tidied.

    Raises ValidationError for what is none, and for one whose check digit is wrong (weights 7 9 10 5 8 4 2, modulo 11).
    """
    bare = text.strip()
    found = _BUSINESS_ID.fullmatch(bare) if len(bare) <= _LONGEST else None
    if not found:
        raise ValidationError(_("A Finnish business ID looks like 1234567-1."), code="not_business_id")
    digits, check = found[1].zfill(7), int(found[2])
    rest = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=True)) % 11
    if rest == 1 or check != (11 - rest if rest else 0):
        raise ValidationError(
            _("The business ID %(text)s has a slip: its last digit does not fit the others."),
            code="business_id_check",
            params={"text": f"{digits}-{check}"},
        )
    return f"{digits}-{check}"
