"""Checks of single values, the same for the form, the machine doors and the loading of examples."""

from __future__ import annotations

import math
import unicodedata
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from .registry import MAX_LINE, MAX_MESSAGE

#: what a text of several lines may hold of the control characters
LINE_BREAKS = "\n\t"


def one_line(value: str, *, limit: int = MAX_LINE) -> str:
    """This will return a short text without space around it; raises ValidationError for line breaks, other control
    characters (they could become mail headers) and for what is too long."""
    value = value.strip()
    if any(unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"} for char in value):
        raise ValidationError(_("Write this on one line, without control characters."), code="not_one_line")
    if len(value) > limit:
        raise ValidationError(
            _("This is too long: at most %(limit)s characters."), code="too_long", params={"limit": limit}
        )
    return value


def several_lines(value: str, *, limit: int = MAX_MESSAGE) -> str:
    """This will return a text with plain line breaks; control characters, which a copied text may carry unseen, fall
    away. Raises ValidationError when it is too long."""
    value = value.replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n").replace("\f", "\n")
    value = "".join(
        char for char in value if char in LINE_BREAKS or unicodedata.category(char) not in {"Cc", "Cs"}
    ).strip()
    if len(value) > limit:
        raise ValidationError(
            _(
                "The text is too long: it has %(length)s characters, and at most %(limit)s fit. Shorten it, please."
            ),
            code="too_long",
            params={"length": len(value), "limit": limit},
        )
    return value


def email_address(value: str) -> str:
    """This will return an e-mail address as typed, without space around it; raises ValidationError."""
    value = one_line(value, limit=254)
    if not value:
        raise ValidationError(_("Give an e-mail address, so that we can answer."), code="required")
    try:
        validate_email(value)
    except ValidationError as error:
        raise ValidationError(_("Check the e-mail address: name@example.com."), code="invalid") from error
    return value


def quantity(value: Any, *, largest: float) -> float | None:
    """This will return a finite number from 0 to `largest`, or None for nothing; raises ValidationError."""
    if value in (None, ""):
        return None
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError) as error:
        raise ValidationError(_("Give a number."), code="not_a_number") from error
    if not math.isfinite(number) or isinstance(value, bool):
        raise ValidationError(_("Give a number."), code="not_a_number")
    if not 0 <= number <= largest:
        raise ValidationError(
            _("Give a number from 0 to %(largest)s."),
            code="out_of_range",
            params={"largest": f"{largest:.0f}"},
        )
    return number
