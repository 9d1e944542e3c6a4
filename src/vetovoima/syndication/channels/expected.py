"""What a page should show: the same search as its embed makes, and since when each version was the right one."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from vetovoima.syndication.embedding.asking import RECORD
from vetovoima.syndication.embedding.queries import mark_of
from vetovoima.syndication.queries import every_page, published_site, search_sites
from vetovoima.syndication.questions import SORT, NotUnderstood, terms_asked

from .enums import Way
from .models import ChannelPage, ChannelVersion


def version_now(page: ChannelPage) -> str:
    """This will return the mark of what a page should show now; "" when its question cannot be asked any more."""
    slug = page.municipality.slug if page.municipality else ""
    if page.question.get("mode") == RECORD:
        record = published_site(page.question.get("code", "").upper(), page.language)
        # an embed of a municipality shows nothing of another's
        is_shown = record is not None and (not slug or record.municipality_slug == slug)
        return mark_of([record] if record is not None and is_shown else [])
    try:
        terms = terms_asked(page.question, municipality=slug)
    except NotUnderstood:
        return ""  # a sector or place of the question is gone
    if page.way == Way.BUNDLE:  # files hold all of it, in the order of the codes
        whole = replace(terms, sort=SORT, offset=0)
        return mark_of(row for each in every_page(page.language, whole) for row in each.documents)
    return mark_of(search_sites(page.language, terms, with_facets=False).documents)


def note_expected(page: ChannelPage, version: str, now: datetime) -> bool:
    """This will note in the caller's transaction what a page should show from now on; True when that is something new.

    The page's row must be held.
    """
    latest = page.versions.filter(until__isnull=True).first()
    if not version or (latest is not None and latest.version == version):
        return False
    if latest is not None:
        latest.until = now
        latest.save(update_fields=["until"])
    ChannelVersion.objects.create(page=page, version=version, since=now)
    return True
