"""Where the values of a group come from: the inputs at the foot of each group."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from vetovoima.catalogue.enums import Method
from vetovoima.catalogue.validators import validate_done

from .inputs import Typed, read_dated, read_day

CONFIDENCE = (("", _("not said")), ("high", _("high")), ("medium", _("medium")), ("low", _("low")))
METHODS = (("", _("not said")), *Method.choices)
LABELS: dict[str, Any] = {
    "title": _("Source"),
    "url": _("Address of the source"),
    "dated": _("Date of the source"),
    "collected_on": _("Collected on"),
    "method": _("How the values were found"),
    "confidence": _("How sure"),
    "licence": _("Licence of the source"),
    "verified_by": _("Checked by"),
    "verified_on": _("Checked on"),
}
HELP = {"dated": _("2026, 2026-10 or 2026-10-12")}
PARTS = tuple(LABELS)
LONGEST = {"title": 500, "url": 500, "dated": 20, "licence": 60, "verified_by": 200}
_link = URLValidator(
    schemes=["https", "http"], message=_("Give a web address, for example https://www.example.org/plan.")
)


def name_of(group: str, part: str) -> str:
    """The input of a part of a group's source."""
    return f"source_{group}_{part}"


def shown(site: Any, group: str) -> dict[str, str]:
    """This will return what the inputs show of a group's source."""
    known = site.sources.get(group, {})
    return {name_of(group, part): str(known.get(part, "")) for part in PARTS}


def read(group: str, typed: Typed, errors: dict[str, list[Any]]) -> dict[str, str]:
    """This will read a group's source; what is wrong goes to `errors` by input."""
    found: dict[str, str] = {}
    for part in PARTS:
        name = name_of(group, part)
        try:
            text = _read(part, typed.text(name).strip())
        except ValidationError as error:
            errors.setdefault(name, []).extend(error.messages)
            continue
        if text:
            found[part] = text
    return found


def _read(part: str, text: str) -> str:
    longest = LONGEST.get(part)
    if longest and len(text) > longest:
        raise ValidationError(
            _("The text is too long: at most %(limit)s characters, now %(length)s."),
            params={"limit": longest, "length": len(text)},
        )
    if part == "url" and text:
        plain = text if "://" in text or ":" in text else f"https://{text}"
        _link(plain)
        return plain
    if part == "dated":
        return read_dated(text)
    if part in {"collected_on", "verified_on"}:
        day = read_day(text)
        if day:
            validate_done(day)
        return day.isoformat() if day else ""
    if part == "method" and text not in dict(METHODS):
        return ""
    return text
