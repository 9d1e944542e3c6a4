"""What a source must be before anything is asked of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from vetovoima.catalogue.enums import SiteKind
from vetovoima.common.http import CannotFetch, check_address

from .enums import Ending, Schedule, SourceKind

CHOICES = {
    "kind": SourceKind.values, "record_kind": SiteKind.values, "schedule": Schedule.values, "ending": Ending.values,
}  # fmt: skip
LENGTHS = {"title": 120, "layer": 200, "licence": 60}


def clean_source(values: Mapping[str, Any]) -> dict[str, Any]:
    """This will tidy what somebody wrote about a source and return it.

    Raises ValidationError by field: no title, an address that can never be read, a choice that is not there.
    """
    found = {name: str(values.get(name) or "").strip() for name in (*LENGTHS, *CHOICES, "address")}
    errors: dict[str, ValidationError] = {}
    if not found["title"]:
        errors["title"] = ValidationError(_("Give the source a name by which your people know it."))
    for name, length in LENGTHS.items():
        if len(found[name]) > length:
            errors[name] = ValidationError(
                _("Write at most %(length)s characters."), params={"length": length}
            )
    for name, choices in CHOICES.items():
        if found[name] not in choices:
            errors[name] = ValidationError(_("Choose one of the list."))
    try:
        check_address(found["address"])
    except CannotFetch as error:
        errors["address"] = ValidationError(str(error))
    if errors:
        raise ValidationError(errors)
    return found


def clean_columns(values: Any) -> list[dict[str, str]]:
    """This will return a confirmed mapping as it is stored: {header, field, unit, rule} for each column that is used.

    Raises ValidationError for another form.
    """
    if not isinstance(values, list) or not all(isinstance(one, dict) and one.get("header") for one in values):
        raise ValidationError(_("The columns could not be read. Try the source again."), code="columns")
    return [
        {name: str(one.get(name) or "")[:200] for name in ("header", "field", "unit", "rule")}
        for one in values
        if one.get("field")
    ]
