"""What a webhook may be told to do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from vetovoima.common.fields import LANGUAGES
from vetovoima.common.http import CannotFetch, check_address
from vetovoima.reference.queries import municipalities

from .enums import Content
from .events import EVENTS

FIELDS = ("title", "url", "events", "municipalities", "content", "language")
LONGEST_TITLE = 120


def clean_webhook(values: Mapping[str, Any]) -> dict[str, Any]:
    """This will check what a person or a program gave; raises ValidationError by field.

    The address is checked as far as can be without asking the network; where its name leads is checked at each call.
    """
    read = {name: values.get(name) for name in FIELDS}
    cleaned = {
        "title": str(read["title"] or "").strip(),
        "url": str(read["url"] or "").strip(),
        "events": _chosen(read["events"], EVENTS),
        "municipalities": _chosen(read["municipalities"], municipalities().values_list("slug", flat=True)),
        "content": read["content"] or Content.LINKS.value,
        "language": read["language"] or LANGUAGES[0],
    }
    if errors := _errors(read, cleaned):
        raise ValidationError(errors)
    return cleaned


def _chosen(given: Any, known: Iterable[str]) -> list[str]:
    """What was chosen of a list, in the list's order."""
    wanted = set(given or ())
    return [one for one in known if one in wanted]


def _errors(read: Mapping[str, Any], cleaned: Mapping[str, Any]) -> dict[str, list[ValidationError]]:
    errors: dict[str, list[ValidationError]] = {}
    if not 1 <= len(cleaned["title"]) <= LONGEST_TITLE or not cleaned["title"].isprintable():
        errors["title"] = [ValidationError(_("Give it a name of at most 120 characters."))]
    try:
        check_address(cleaned["url"])
    except CannotFetch as error:
        errors["url"] = [ValidationError(str(error))]
    if not cleaned["events"] or set(read["events"] or ()) - set(cleaned["events"]):
        errors["events"] = [ValidationError(_("Choose what it is told of."))]
    if set(read["municipalities"] or ()) - set(cleaned["municipalities"]):
        errors["municipalities"] = [ValidationError(_("One of the municipalities is not known."))]
    if cleaned["content"] not in Content.values:
        errors["content"] = [ValidationError(_("Choose what a message says."))]
    if cleaned["language"] not in LANGUAGES:
        errors["language"] = [ValidationError(_("Choose one of the languages."))]
    return errors
