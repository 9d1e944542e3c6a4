"""What the portal does when a page changes in the content editor, or a fact that pages show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models.signals import post_delete
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from vetovoima.activity.registry import subscribe
from vetovoima.catalogue.knowledge.enums import UseKind
from vetovoima.catalogue.knowledge.uses import forget_uses
from vetovoima.syndication.services import touch_public

from .models.marks import note_first_source
from .models.moving import follow_move, follow_slug, lead_on, stop_leading
from .tasks import draw_later
from .uses import note_page

if TYPE_CHECKING:
    from vetovoima.activity.models import Fact

#: what happens to the knowledge that public pages show
KNOWLEDGE = (
    *(f"catalogue.fact.{did}" for did in ("created", "edited", "loaded", "confirmed", "retired", "aged", "followed")),
    *(
        f"catalogue.{word}.{did}"
        for word in ("policy", "asset", "reference", "permit_path")
        for did in ("created", "edited", "loaded")
    ),
    "catalogue.reference.consent_withdrawn", "catalogue.reference.consent_ended", "catalogue.permit_path.steps_edited",
    *(f"catalogue.sector_sheet.{did}" for did in ("loaded", "edited", "review_asked", "reviewed", "expired")),
    # the pages of the municipalities show what is approved, and how many interviews it rests on
    "cooperation.emphasis.approved", "cooperation.gathering.added", "cooperation.gathering.edited",
    "cooperation.gathering.removed",
    # charts stand on pages
    "monitoring.figures.stored",
)  # fmt: skip


@receiver([page_published, page_unpublished, post_page_move, page_slug_changed])
def move_public_version(**_signal: Any) -> None:
    """This will move the version of the public side: no cached page of before is served again."""
    touch_public()


@receiver([page_published, page_unpublished])
def note_uses_of_facts(instance: Any, **_signal: Any) -> None:
    """This will keep which facts the page names, for "used in" at the fact bank."""
    note_page(instance)


@receiver(page_slug_changed)
def rename_translations(instance: Any, instance_before: Any, **_signal: Any) -> None:
    """This will give the page's other languages the same last part of their address: languages differ in front only."""
    follow_slug(instance, instance_before)


@receiver(post_page_move)
def move_translations(instance: Any, url_path_before: str, url_path_after: str, **_signal: Any) -> None:
    """This will move the page's other languages to the same place."""
    follow_move(instance, url_path_before, url_path_after)


@receiver(page_unpublished)
def lead_readers_on(instance: Any, **_signal: Any) -> None:
    """This will lead readers of a page that was taken down to the page above it."""
    lead_on(instance)


@receiver(page_published)
def take_back_the_lead(instance: Any, **_signal: Any) -> None:
    """This will end that when the page is there again, and draw its charts before somebody asks for them."""
    stop_leading(instance)
    note_first_source(instance)
    draw_later(instance)


@receiver(post_delete)
def forget_deleted_page(sender: Any, instance: Any, **_signal: Any) -> None:
    """This will forget what a deleted page named."""
    if issubclass(sender, Page):
        forget_uses(UseKind.PAGE, str(instance.pk))


def move_on_knowledge(fact: Fact) -> None:
    """This will move the version of the public side: pages show the new value from the same moment."""
    touch_public()


for _type in KNOWLEDGE:
    subscribe(_type)(move_on_knowledge)
