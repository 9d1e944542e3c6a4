"""What the content editor says after a page is saved, and what it refuses to publish."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages

from .checking import findings
from .models import ContentPage
from .models.numbers_panel import summary_of


def say_findings(request: HttpRequest, page: Any) -> None:
    """This will tell the editor which figures and links somebody should look at; saving is never refused for them."""
    specific = page.specific
    if not isinstance(specific, ContentPage):
        return
    latest = specific.get_latest_revision_as_object()
    if summary := summary_of(latest):
        messages.warning(request, summary)
    for sentence in findings(latest):
        messages.warning(request, sentence)


def refuse_untranslated(request: HttpRequest, page: Any) -> HttpResponse | None:
    """This will not let a copy out whose texts are still in the other language."""
    specific = page.specific
    latest = specific.get_latest_revision_as_object() if isinstance(specific, ContentPage) else None
    if latest is None or not latest.awaits_translation:
        return None
    messages.error(
        request,
        _("Not published: the page is marked as still being in the other language. Take the tick away when all is "
          "translated."),
    )  # fmt: skip
    return redirect("wagtailadmin_pages:edit", page.pk)


hooks.register("after_edit_page", say_findings)
hooks.register("after_create_page", say_findings)
hooks.register("before_publish_page", refuse_untranslated)
