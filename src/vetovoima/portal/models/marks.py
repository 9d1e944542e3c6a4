"""What a page says, as one mark: by it a translation knows whether its source has changed since."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone

from vetovoima.portal.languages import SWITCH


def plain_blocks(stream: Any) -> list[dict[str, Any]]:
    """The blocks of a page in plain values, without the numbers that the content editor gives them."""
    stored = _as_json(stream.stream_block.get_prep_value(stream))
    return [{"type": one["type"], "value": _without_ids(one["value"])} for one in stored]


def _blocks_as_read(stream: Any) -> list[dict[str, Any]]:
    """The blocks as a reader of the page gets them: what is stored may lack keys that a block has by now, and Wagtail
    gives it as stored until somebody has looked at a block, and whole from then on."""
    return [
        {"type": one.block_type, "value": _without_ids(_as_json(one.block.get_prep_value(one.value)))}
        for one in stream
    ]


def _as_json(value: Any) -> Any:
    return json.loads(json.dumps(value, cls=DjangoJSONEncoder))


def _without_ids(value: Any) -> Any:
    if isinstance(value, list):
        return [_item(one) for one in value]
    if isinstance(value, dict):
        return {name: _without_ids(one) for name, one in value.items()}
    return value


def _item(one: Any) -> Any:
    """One item of a list: Wagtail wraps it as {"type": "item", "value": …, "id": …}."""
    if isinstance(one, dict) and one.get("type") == "item" and "value" in one:
        return _without_ids(one["value"])
    return _without_ids(one)


def mark_of(page: Any) -> str:
    """This will make the mark of what a page says."""
    facts = [block.value.get("code") for block in page.key_facts]
    said = [page.title, page.lead, page.body, _blocks_as_read(page.blocks), facts]
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def language_of(page: Any) -> str:
    """The language of a page, without a question for those that are at hand."""
    code: str = page.locale.language_code
    return code


def source_of(pages: Iterable[Any]) -> Any:
    """Of one page in its languages, the one that the others translate: the first language of the region that is there."""
    by_language = {language_of(one): one for one in pages}
    return next((by_language[code] for code in SWITCH if code in by_language), None)


class TranslationMark(models.Model):
    """What the source said when somebody last saw to it that a page says the same in its language.

    Beside the page and not in it: an older draft of the page must not bring an older mark back.
    """

    page = models.OneToOneField("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")
    mark = models.CharField(max_length=64)
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")

    def __str__(self) -> str:
        return f"{self.page_id}: {self.mark[:8]}"


def marks_of(pages: Iterable[Any]) -> dict[int, str]:
    """The kept marks of pages, by their number; one question."""
    keys = [page.pk for page in pages]
    return dict(TranslationMark.objects.filter(page__in=keys).values_list("page_id", "mark"))


def mark_translations(renewed: list[tuple[Any, bool]]) -> None:
    """This will note for the translations that a load wrote anew which source they translate.

    One that stayed as it was while its source changed keeps its old mark: the board shows it as outdated.
    """
    source = source_of(page for page, _is_new in renewed)
    kept = marks_of(page for page, _is_new in renewed)
    if source is None:
        return
    mark = mark_of(source)
    for page, is_new in renewed:
        if page is not source and (is_new or page.pk not in kept):
            note_source(page, mark)


def note_source(page: Any, mark: str, by: Any = None) -> None:
    """This will note that a page says what its source says at that mark."""
    TranslationMark.objects.update_or_create(
        page_id=page.pk, defaults={"mark": mark, "noted_at": timezone.now(), "noted_by": by}
    )


def note_first_source(page: Any) -> None:
    """This will note the source of a page that is published for the first time; later somebody says so on the board."""
    others = [one.specific for one in page.get_translations(inclusive=True).live()]
    source = source_of(others)
    if source is None or source.pk == page.pk or page.pk in marks_of([page]) or not hasattr(source, "blocks"):
        return
    note_source(page, mark_of(source))
