"""What a followed source must be before anything is asked of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from vetovoima.catalogue.enums import SiteKind
from vetovoima.common.fields import LANGUAGES, as_translated
from vetovoima.common.http import CannotFetch, check_address

from .cleaning import address_of
from .enums import OTHER, Choice, Every, FollowKind

CHOICES = {
    "kind": tuple(FollowKind.values), "choice": tuple(Choice.values), "every": tuple(Every.values),
    "language": LANGUAGES,
}  # fmt: skip
LENGTHS = {"layer": 200, "home": 2000, "licence": 120, "attribution": 200, "contact": 200}
FIELDS = ("title", "address", "chosen", *LENGTHS, *CHOICES)
LONGEST_TITLE = 120
MOST_CHOSEN = 500


def clean_followed(values: Mapping[str, Any]) -> dict[str, Any]:
    """This will tidy what somebody wrote about a source and return it by the names of FIELDS.

    The address is checked as far as can be without asking the network; where its name leads is checked at each call.
    Raises ValidationError by field.
    """
    found: dict[str, Any] = {
        name: str(values.get(name) or "").strip() for name in (*LENGTHS, *CHOICES, "address")
    }
    found["language"] = found["language"] or "en"
    found["chosen"] = _listed(values.get("chosen"))
    errors: dict[str, list[ValidationError]] = {}
    try:
        found["title"] = as_translated(values.get("title"))
    except ValidationError as error:
        errors["title"] = [error]
    else:
        _check_title(found, errors)
    _check_texts(found, errors)
    _check_choice(found, errors)
    if errors:
        raise ValidationError(errors)
    if found["choice"] == Choice.ALL:
        found["chosen"] = []
    return found


def _listed(value: Any) -> list[str]:
    """Codes as people write them, in lines or divided by commas; each once."""
    parts = re.split(r"[\s,;]+", value) if isinstance(value, str) else value or []
    return list(dict.fromkeys(text for one in parts if (text := str(one).strip()[:300])))


def _check_title(found: Mapping[str, Any], errors: dict[str, list[ValidationError]]) -> None:
    titles = list(found["title"].values())
    if not titles or any(len(one) > LONGEST_TITLE or not one.isprintable() for one in titles):
        errors["title"] = [
            ValidationError(_("Give the region's name in at least one language, at most 120 characters."))
        ]


def _check_texts(found: Mapping[str, Any], errors: dict[str, list[ValidationError]]) -> None:
    for name, length in LENGTHS.items():
        if len(found[name]) > length or not found[name].isprintable():
            sentence = _("Write at most %(length)s characters.")
            errors[name] = [ValidationError(sentence, params={"length": length})]
    if not found["attribution"]:
        errors["attribution"] = [
            ValidationError(_("Say who answers for these records: it stands beside each of them."))
        ]
    if found["home"] and not address_of(found["home"]):
        errors["home"] = [ValidationError(_("Give an address that begins with https:// or http://."))]
    try:
        check_address(found["address"])
    except CannotFetch as error:
        errors["address"] = [ValidationError(str(error))]


def _check_choice(found: Mapping[str, Any], errors: dict[str, list[ValidationError]]) -> None:
    for name, choices in CHOICES.items():
        if found[name] not in choices:
            errors[name] = [ValidationError(_("Choose one of the list."))]
    chosen, choice = found["chosen"], found["choice"]
    if choice != Choice.ALL and not chosen:
        errors["chosen"] = [ValidationError(_("Say which records are taken, or take all."))]
    elif len(chosen) > MOST_CHOSEN:
        errors["chosen"] = [ValidationError(_("Name at most 500."))]
    elif choice == Choice.KINDS and set(chosen) - {*SiteKind.values, OTHER}:
        errors["chosen"] = [ValidationError(_("One of the kinds is not known."))]
