"""Storing the pack's first pages (`content/pages/*.json`) as pages that people then edit.

One page a language, translations linked by their key. A page that a person edited is left alone; a language the pack
does not have is not made up.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.models import Locale, Page, ReferenceIndex, Revision, Site
from wagtail.signal_handlers import disable_reference_index_auto_update

from vetovoima.reference.loading import LoadReport, remember, stale_fields
from vetovoima.reference.pack import Pack

from .languages import SWITCH
from .models import ContentPage, HomePage
from .models.marks import mark_translations, plain_blocks
from .packed_pages import TYPES, made_up, read_pages, steps_of, values_of
from .uses import note_pages

NAMESPACE = uuid.UUID("5b1de4a0-6f0e-4ad6-93f7-3c1f2b8f9d10")
#: fields of a page that hold blocks, and the kind of block where there is only one
STREAMS = {"blocks": "", "sources": "source", "key_facts": "fact"}


@transaction.atomic
def load_pages(pack: Pack, report: LoadReport) -> None:
    """This will add the pack's pages, change what the pack changed since, and leave people's edits alone.

    Parents come before children; a list page above others is made when the pack has none, and a plain page for every
    municipality and sector about which the pack has no text. Refuses a page without path, known type or title, and
    blocks that are not as the pack's README says.
    """
    given = read_pages(pack)
    pack.check()
    for entry in sorted([*given, *made_up(given)], key=lambda one: (len(steps_of(one["path"])), one["path"])):
        renewed = [_store(entry, code, report) for code in SWITCH if entry["title"].get(code)]
        mark_translations([page for page in renewed if page is not None])
    note_pages()


def _stored(page: ContentPage, names: Iterable[str]) -> dict[str, Any]:
    return {name: _stored_value(name, getattr(page, name)) for name in names}


def _stored_value(name: str, value: Any) -> Any:
    if name == "blocks":
        return plain_blocks(value)
    if name in STREAMS:
        return [{key: part or "" for key, part in block.value.items()} for block in value]
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%Y-%m-%dT%H:%M")
    return value.isoformat() if isinstance(value, date) else value


def _set(page: ContentPage, name: str, value: Any) -> None:
    if name == "blocks":
        value = page.blocks.stream_block.to_python(value)
    elif name in STREAMS:
        value = [(STREAMS[name], one) for one in value]
    elif name in {"date", "review_on"} and value:
        value = date.fromisoformat(value)
    elif name in {"starts_at", "ends_at"} and value:
        value = timezone.make_aware(datetime.fromisoformat(value))
    setattr(page, name, value)


def _key(path: str) -> uuid.UUID:
    """The same page in every language has one key, and the same one at every load."""
    return uuid.uuid5(NAMESPACE, "/" + "/".join(steps_of(path)))


def _store(entry: Mapping[str, Any], language: str, report: LoadReport) -> tuple[ContentPage, bool] | None:
    """The page as it is now, and whether this load wrote it anew; None where it has no parent."""
    locale, _made = Locale.objects.get_or_create(language_code=language)
    model, values = TYPES[entry["type"]], values_of(entry, language)
    code = f"{language}:{entry['path']}"
    page = model.objects.filter(translation_key=_key(entry["path"]), locale=locale).first()
    if page is None:
        page = _added(model, entry, locale, values)
        if page is None:
            report.note("page", "skipped", code)
            return None
        report.note("page", "added")
        renewed = True
    else:
        renewed = _changed(page, code, values, report)
    if page.live and (renewed or page.live_revision_id is None) and not page.has_unpublished_changes:
        _keep_revision(page)
    if renewed:
        ReferenceIndex.create_or_update_for_object(page)
    remember("page", code, values)
    return page, renewed


def _changed(page: ContentPage, code: str, values: dict[str, Any], report: LoadReport) -> bool:
    change, edited = stale_fields("page", code, _stored(page, values), values)
    if page.has_unpublished_changes:
        change, edited = [], True
    for name in change:
        _set(page, name, values[name])
    if change:
        with disable_reference_index_auto_update():  # `_store` does it
            page.save()
    report.note("page", "left alone" if edited else "changed" if change else "same", code)
    return bool(change) and not edited


def _keep_revision(page: ContentPage) -> None:
    """What is public is a version too: without one, Wagtail would take the page down while a later one waits its time.

    Noted without saving the page: it was saved a moment ago, and each saving reads it into the search again.
    """
    kept = Revision.objects.create(
        content_object=page, base_content_type=page.get_base_content_type(), content=page.serializable_data(),
        object_str=str(page),
    )  # fmt: skip
    page.live_revision = page.latest_revision = kept
    page.latest_revision_created_at = page.last_published_at = kept.created_at
    page.draft_title = page.title
    noted = (
        "live_revision",
        "latest_revision",
        "latest_revision_created_at",
        "last_published_at",
        "draft_title",
    )
    Page.objects.filter(pk=page.pk).update(**{name: getattr(page, name) for name in noted})


def _added(
    model: type[ContentPage], entry: Mapping[str, Any], locale: Locale, values: dict[str, Any]
) -> ContentPage | None:
    steps = steps_of(entry["path"])
    page = model(
        locale=locale, translation_key=_key(entry["path"]), live=True, first_published_at=timezone.now()
    )
    for name, value in values.items():
        _set(page, name, value)
    if not steps:
        page.slug = f"home-{locale.language_code}"
        _put_below(Page.get_first_root_node(), page)
        _make_root(page)
        return page
    parent = Page.objects.filter(translation_key=_key("/".join(steps[:-1])), locale=locale).first()
    if parent is None:
        return None
    page.slug = steps[-1]
    _put_below(parent.specific, page)
    return page


def _put_below(parent: Page, page: ContentPage) -> None:
    with disable_reference_index_auto_update():  # `_store` does it
        parent.add_child(instance=page)


def _make_root(page: ContentPage) -> None:
    """The first home becomes the site's root in place of Wagtail's welcome page; English is preferred as the root."""
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        Site.objects.create(hostname="localhost", port=80, root_page=page, is_default_site=True)
        return
    old = site.root_page
    if old.specific_class is HomePage and page.locale.language_code != "en":
        return
    site.root_page = page
    site.save()
    if old.specific_class is not HomePage:
        old.delete()
