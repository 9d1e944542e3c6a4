"""What the portal does when a page changes in the content editor, or a fact that pages show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models.signals import post_delete
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished, post_page_move

from vetovoima.activity.registry import subscribe
from vetovoima.catalogue.knowledge.enums import UseKind
from vetovoima.catalogue.knowledge.uses import forget_uses
from vetovoima.syndication.services import touch_public

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
)  # fmt: skip


@receiver([page_published, page_unpublished, post_page_move])
def move_public_version(**_signal: Any) -> None:
    """This will move the version of the public side: no cached page of before is served again."""
    touch_public()


@receiver([page_published, page_unpublished])
def note_uses_of_facts(instance: Any, **_signal: Any) -> None:
    """This will keep which facts the page names, for "used in" at the fact bank."""
    note_page(instance)


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
