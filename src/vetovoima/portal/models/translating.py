"""Making the page of a missing language: a copy that waits to be translated, and is not public."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from wagtail.models import Locale

from .marks import mark_of, note_source


class CannotTranslate(Exception):
    """There is nothing to copy, nowhere to put it, or it is there already; the text says which."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


@transaction.atomic
def start_translation(*, source: Any, language: str, by: Any) -> Any:
    """This will copy a page into another language as a draft that is marked as not translated.

    Raises CannotTranslate with `reason` "there" when that language has the page, "parent" when the page above is
    missing in it.
    """
    locale = Locale.objects.filter(language_code=language).first()
    if locale is None:
        raise CannotTranslate("parent")
    if source.get_translation_or_none(locale) is not None:
        raise CannotTranslate("there")
    parent = source.get_parent()
    if parent is None or parent.get_translation_or_none(locale) is None:
        raise CannotTranslate("parent")
    page = source.copy_for_translation(locale)
    page.awaits_translation = True
    page.slug = source.slug
    page.live = False
    page.save()
    page.save_revision(user=by, log_action=False)
    note_source(page, mark_of(source), by)
    return page
