"""What the worker does for the pages: publish and take down at the time asked for, draw charts before they are asked for."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.core.management import call_command
from wagtail.models import Page

from vetovoima.activity.outbox import enqueue
from vetovoima.activity.registry import handler
from vetovoima.activity.schedule import chore

from .gathering import Gathered
from .languages import SWITCH
from .page_search import index

DRAW = "portal.draw_charts"


@chore("portal.publish_scheduled", every=timedelta(minutes=1))
def publish_scheduled(now: datetime) -> None:
    """This will publish the pages whose time has come, and take down those whose time is over."""
    call_command("publish_scheduled")


@chore("portal.page_words", every=timedelta(minutes=5))
def take_words_apart(now: datetime) -> None:
    """This will read the words of all pages, so that whoever searches them first does not wait for it."""
    for language in SWITCH:
        index.entries(language)


@chore("portal.charts", hour=4)
def draw_every_night(now: datetime) -> None:
    """This will draw the charts of all pages whose figures have changed since they were drawn."""
    for page in Page.objects.live().filter(depth__gt=1).specific().iterator():
        _draw(page)


def draw_later(page: Any) -> None:
    """This will have the worker draw the charts of a page."""
    if _has_charts(page):
        enqueue(DRAW, f"{DRAW}:{page.pk}:{page.live_revision_id}", {"page": page.pk})


@handler(DRAW)
def draw_charts(payload: dict[str, Any]) -> None:
    """This will draw the charts of one page; what was drawn before is not drawn again."""
    page = Page.objects.filter(pk=payload["page"], live=True).first()
    if page is not None:
        _draw(page.specific)


def _has_charts(page: Any) -> bool:
    return any(block.block_type == "chart" for block in getattr(page, "blocks", None) or ())


def _draw(page: Any) -> None:
    if _has_charts(page):
        Gathered(page, page.locale.language_code).draw()
