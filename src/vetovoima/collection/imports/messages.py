"""What is said about a row: kept in every language of the product, so that each reader gets their own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import override

from vetovoima.collection.standard.layout import column
from vetovoima.collection.standard.validation import mend_for
from vetovoima.common.fields import LANGUAGES

#: refusals whose sentence says what to do already
SELF_EXPLAINING = {
    "choice",
    "elsewhere",
    "name",
    "geometry",
    "swapped",
    "outside",
    "half_place",
    "required",
    "number",
    "unknown_unit",
    "day",
}
ERROR, WARN, NOTE = "error", "warn", "note"


@dataclass(frozen=True)
class Message:
    """One sentence about a cell (`column` is its index, None for the whole row) and how much it weighs."""

    error: ValidationError
    field: str = ""
    column: int | None = None
    level: str = ERROR

    def stored(self) -> dict[str, Any]:
        """This will put it into JSON, said in every language."""
        return {
            "field": self.field,
            "column": self.column,
            "level": self.level,
            "code": self.error.code or "",
            "about": str((self.error.params or {}).get("code", "")),
            "message": in_languages(self.error),
            "mend": self.mend(),
        }

    def mend(self) -> dict[str, str]:
        """What to write instead, in every language; a sentence of ours says it itself already."""
        place = column(self.field)
        if (
            place is None
            or not place.group
            or self.level != ERROR
            or (self.error.code or "") in SELF_EXPLAINING
        ):
            return {}
        found = {}
        for language in LANGUAGES:
            with override(language):
                found[language] = mend_for(place, self.error.code or "")
        return found


def in_languages(error: ValidationError) -> dict[str, str]:
    """A refusal in every language of the product."""
    found = {}
    for language in LANGUAGES:
        with override(language):
            found[language] = " ".join(str(text) for text in error.messages)
    return found


def said_in(stored: dict[str, Any], language: str) -> str:
    """A stored message's sentence in a language."""
    texts = stored.get("message") or {}
    return str(texts.get(language) or texts.get("en") or "")
