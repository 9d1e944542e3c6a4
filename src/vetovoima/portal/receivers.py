"""What the portal does when a page changes in the content editor."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from wagtail.signals import page_published, page_unpublished, post_page_move

from vetovoima.syndication.services import touch_public


@receiver([page_published, page_unpublished, post_page_move])
def move_public_version(**_signal: Any) -> None:
    """This will move the version of the public side: no cached page of before is served again."""
    touch_public()
