"""What the content editor says after a page is saved: figures that no fact backs."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin import messages

from .models.numbers_panel import summary_of
from .models.pages import ContentPage


def warn_of_figures(request: HttpRequest, page: Any) -> None:
    """This will tell the editor which figures somebody should look at; saving is never refused for them."""
    specific = page.specific
    if isinstance(specific, ContentPage):
        latest = specific.get_latest_revision_as_object()
        if summary := summary_of(latest):
            messages.warning(request, summary)


hooks.register("after_edit_page", warn_of_figures)
hooks.register("after_create_page", warn_of_figures)
