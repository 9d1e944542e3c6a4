"""Pages that move, are renamed or are taken down: their other languages follow, and old addresses lead on."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site


@transaction.atomic
def follow_slug(page: Any, before: Any) -> None:
    """This will give the other languages of a renamed page the same slug, where it is free among their neighbours."""
    if page.depth <= 2:
        return  # home pages have no path of their own
    for other in page.get_translations():
        if other.slug != before.slug or not _is_free(other.get_parent(), page.slug, other):
            continue
        other = other.specific
        other.slug = page.slug
        other.save()
        _rename_draft(other)


def _rename_draft(page: Any) -> None:
    """A draft that waits would bring the old slug back when it is published."""
    draft = page.latest_revision
    if draft is not None and draft.content.get("slug") != page.slug:
        draft.content["slug"] = page.slug
        draft.save(update_fields=["content"])


def _is_free(parent: Any, slug: str, page: Any) -> bool:
    return not parent.get_children().filter(slug=slug).exclude(pk=page.pk).exists()


@transaction.atomic
def follow_move(page: Any, before: str, after: str) -> None:
    """This will move the other languages of a page under the translation of its new parent, where there is one.

    A draft, which an editor may move, takes nothing along that is public: only who publishes moves that.
    """
    if before == after:
        return
    parent = page.get_parent()
    for other in page.get_translations():
        if not page.live and other.get_descendants(inclusive=True).live().exists():
            continue
        target = parent.get_translation_or_none(other.locale)
        if target is None or other.get_parent().pk == target.pk or not _is_free(target, other.slug, other):
            continue
        other.specific.move(target.specific, pos="last-child")


def lead_on(page: Any) -> None:
    """This will lead from a page that was taken down to the nearest public page above it, for the time being."""
    above = next((one for one in reversed(page.get_ancestors()) if one.live and one.depth > 1), None)
    for site, path in _addresses(page):
        if above is not None:
            Redirect.objects.update_or_create(
                site=site, old_path=path,
                defaults={"redirect_page": above, "is_permanent": False, "automatically_created": True},
            )  # fmt: skip


def stop_leading(page: Any) -> None:
    """This will end what leads away from the address of a page that is public."""
    for site, path in _addresses(page):
        Redirect.objects.filter(site=site, old_path=path, automatically_created=True).delete()


def _addresses(page: Any) -> list[tuple[Site, str]]:
    parts = page.get_url_parts()
    if parts is None or not parts[2]:
        return []
    site = Site.objects.filter(pk=parts[0]).first()
    return [(site, Redirect.normalise_path(parts[2]))] if site is not None else []
