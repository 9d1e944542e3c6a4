"""Translated text in one JSON column.

One column and one class instead of a column for each language: a language is added without a migration, and a
fallback is always visible, because `best` says in which language the text is (docs/decisions/0002).
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

LANGUAGES = ("fi", "en", "sv")
MAX_TEXT = 20_000


class Translated(dict[str, str]):
    """A text in some of the product's languages: `{"fi": "tontti", "en": "plot"}`; an absent language is absent."""

    def text(self, language: str) -> str:
        """This will return the text in exactly that language, or an empty string."""
        return self.get(language, "")

    def best(self, language: str) -> tuple[str, str]:
        """This will return (text, its language): the asked one, else the first of fi, en, sv that there is."""
        for candidate in (language, *LANGUAGES):
            if self.get(candidate):
                return self[candidate], candidate
        return "", language

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which there is a text, in the product's order."""
        return tuple(language for language in LANGUAGES if self.get(language))

    def __bool__(self) -> bool:
        return any(self.values())

    def __str__(self) -> str:
        return self.best("en")[0]


def as_translated(value: Any) -> Translated:
    """This will make a Translated of a mapping: unknown languages and empty texts fall away.

    Raises ValidationError when a text is not text or is longer than 20,000 characters.
    """
    if value in (None, ""):
        return Translated()
    if not isinstance(value, dict):
        raise ValidationError(_("A text must be given by language."), code="not_translated")
    for text in value.values():
        if text is not None and not isinstance(text, str):
            raise ValidationError(_("A text must be text."), code="not_text")
        if text and len(text) > MAX_TEXT:
            raise ValidationError(_("The text is too long: at most 20,000 characters."), code="too_long")
    return Translated({key: value[key].strip() for key in LANGUAGES if value.get(key) and value[key].strip()})


class TranslatedField(models.JSONField):
    """A column of translated text; its Python value is always a `Translated`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", Translated)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Translated:
        """This will wrap what the database holds."""
        return Translated(super().from_db_value(value, expression, connection) or {})

    def to_python(self, value: Any) -> Translated:
        """This will wrap or refuse a value; raises ValidationError."""
        return as_translated(super().to_python(value))

    def get_prep_value(self, value: Any) -> Any:
        """This will store a plain mapping."""
        return super().get_prep_value(dict(value) if isinstance(value, Translated) else value)
