"""Checks of what goes into a mail's head."""

from __future__ import annotations

import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

MAX_SUBJECT = 200


def recipient(address: str) -> str:
    """This will return one e-mail address; raises ValidationError for a list, a line break or anything else."""
    address = address.strip()
    if len(address) > 254 or any(char in address for char in "\r\n,;"):
        raise ValidationError(_("This is not one e-mail address."), code="invalid")
    validate_email(address)
    return address


def head_line(text: str) -> str:
    """This will return a text that is safe as a mail's head: one line, no control characters, 200 at most."""
    printable = "".join(" " if unicodedata.category(char) in {"Cc", "Zl", "Zp"} else char for char in text)
    return " ".join(printable.split())[:MAX_SUBJECT]
