"""What a registered page asks of the offer: the parameters of its embed, read as the embed door reads them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from vetovoima.syndication import questions
from vetovoima.syndication.embedding.asking import read_mode

#: the language and the municipality are the page's own; one of the whole region may name several municipalities
NAMES = ("mode", "code", *questions.NAMES)


def clean_question(given: object, *, is_of_region: bool) -> dict[str, str]:
    """This will check parameters by name; raises ValidationError. What is empty falls away.

    `given` is a mapping, or the text that stands behind the "?" of an embed's address.
    """
    read = {name: str(value).strip() for name, value in _pairs(given)}
    asked = {name: value for name, value in read.items() if value}
    questions.check_names(asked, [name for name in NAMES if is_of_region or name != "municipality"])
    questions.check_lengths(asked)
    read_mode(asked)
    questions.terms_asked(asked)
    return asked


def _pairs(given: object) -> list[tuple[str, Any]]:
    if isinstance(given, Mapping):
        return [(str(name), value) for name, value in given.items()]
    text = str(given or "").strip().lstrip("?")
    if not text:
        return []
    pairs = [part.partition("=") for part in text.replace("\n", "&").split("&") if part.strip()]
    if any(not sign for _name, sign, _value in pairs):
        raise ValidationError(_("Write the filters as name=value, divided by & or by new lines."))
    return [(name.strip(), value) for name, _sign, value in pairs]
