"""What may be said of a page that shows the offer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from vetovoima.common.fields import LANGUAGES
from vetovoima.common.http import CannotFetch

from .addresses import normal_address
from .enums import Way
from .question import clean_question

FIELDS = ("title", "url", "way", "language", "question", "contact_email", "contact_language", "keeper", "agreed_on",
          "agreement")  # fmt: skip
LONGEST = {"title": 120, "keeper": 200, "agreement": 2000, "contact_email": 254}


def clean_page(values: Mapping[str, Any], *, is_of_region: bool) -> dict[str, Any]:
    """This will check what a person or a program gave; raises ValidationError by field.

    The address is written in its one form and checked as far as can be without asking the network; where its name leads
    is checked at each visit.
    """
    errors: dict[str, Any] = {}
    read = {name: values.get(name) for name in FIELDS}
    cleaned: dict[str, Any] = {
        name: str(read[name] or "").strip() for name in ("title", "keeper", "agreement", "contact_email")
    }
    cleaned |= {
        "way": str(read["way"] or Way.COMPONENT.value), "language": str(read["language"] or LANGUAGES[0]),
        "agreed_on": read["agreed_on"] or None, "question": {},
    }  # fmt: skip
    cleaned["contact_language"] = str(read["contact_language"] or cleaned["language"])
    _texts(cleaned, errors)
    _choices(cleaned, errors)
    try:
        cleaned["url"] = normal_address(str(read["url"] or ""))
    except CannotFetch as error:
        errors["url"] = ValidationError(str(error))
    try:
        cleaned["question"] = clean_question(read["question"], is_of_region=is_of_region)
    except ValidationError as error:
        errors["question"] = error
    if errors:
        raise ValidationError(errors)
    return cleaned


def _texts(cleaned: dict[str, Any], errors: dict[str, Any]) -> None:
    if not cleaned["title"] or not cleaned["title"].isprintable():
        errors["title"] = ValidationError(_("Give it a name of at most 120 characters."))
    for name, most in LONGEST.items():
        if len(cleaned[name]) > most:
            sentence = _("At most %(count)s characters.") % {"count": most}
            errors.setdefault(name, ValidationError(sentence))
    if cleaned["contact_email"] and "contact_email" not in errors:
        try:
            validate_email(cleaned["contact_email"])
        except ValidationError as error:
            errors["contact_email"] = error
    agreed_on = cleaned["agreed_on"]
    if agreed_on is not None and not isinstance(agreed_on, date):
        errors["agreed_on"] = ValidationError(_("Give a day, for example 2026-10-12."))


def _choices(cleaned: dict[str, Any], errors: dict[str, Any]) -> None:
    if cleaned["way"] not in Way.values:
        errors["way"] = ValidationError(_("Choose how the page shows the offer."))
    for name in ("language", "contact_language"):
        if cleaned[name] not in LANGUAGES:
            errors[name] = ValidationError(_("Choose one of the languages."))
