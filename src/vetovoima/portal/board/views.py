"""The content board at the desk: what is current, outdated, missing; and the first step to mend it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.models import Page

from vetovoima.accounts.doors import door
from vetovoima.accounts.rights import Action, Kind
from vetovoima.portal.languages import NATIVE, SWITCH
from vetovoima.portal.models import ContentPage
from vetovoima.portal.models.marks import mark_of, note_source, source_of
from vetovoima.portal.models.translating import CannotTranslate, start_translation

from .states import State, board_rows, counts_of, narrowed

ASKED = ("state", "language", "text")


@door(Kind.PAGES, Action.EDIT)
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """This will show every page in every language: its state, why, and who changed it last."""
    asked = {name: request.GET.get(name, "")[:100] for name in ASKED}
    rows = board_rows(localdate())
    shown = narrowed(
        rows,
        state=asked["state"] if asked["state"] in State.values else "",
        language=asked["language"] if asked["language"] in SWITCH else "",
        text=asked["text"],
    )
    counts = counts_of(rows)
    context: dict[str, Any] = {
        "area_name": "pages",
        "rows": shown,
        "asked": asked,
        "total": len(rows),
        "states": State.choices,
        "languages": [(code, NATIVE[code]) for code in SWITCH],
        "counts": [{"code": code, "name": NATIVE[code], "states": _named(counts[code])} for code in SWITCH],
    }
    return render(request, "portal/board/board.html", context)


def _named(counts: dict[str, int]) -> list[dict[str, Any]]:
    return [{"value": one.value, "label": one.label, "count": counts[one.value]} for one in State]


def _page_or_404(pk: int) -> ContentPage:
    page = Page.objects.filter(pk=pk, depth__gt=1).first()
    found = page.specific if page is not None else None
    if not isinstance(found, ContentPage):
        raise Http404
    return found


@door(Kind.PAGES, Action.EDIT)
@require_POST
def translate(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    """This will make the draft of a missing language, and open it in the content editor."""
    source = _page_or_404(pk)
    if language not in SWITCH:
        raise Http404
    try:
        made = start_translation(source=source, language=language, by=request.user)
    except CannotTranslate as error:
        messages.error(request, _refusal(error.reason, language))
        return redirect("content-board")
    messages.success(
        request,
        _("A draft in the other language stands ready. It holds the texts of the source and is not public."),
    )
    return redirect("wagtailadmin_pages:edit", made.pk)


def _refusal(reason: str, language: str) -> str:
    if reason == "there":
        return _("The page is there in that language already. Edit it instead.")
    return _("The page above is missing in %(language)s. Translate that one first.") % {
        "language": NATIVE[language]
    }


@door(Kind.PAGES, Action.EDIT)
@require_POST
def says_the_same(request: HttpRequest, pk: int) -> HttpResponse:
    """This will note that a translation says again what its source says."""
    page = _page_or_404(pk)
    others = [one.specific for one in page.get_translations(inclusive=True).live()]
    source = source_of(one for one in others if isinstance(one, ContentPage))
    if source is None or source.pk == page.pk or not page.live:
        messages.error(
            request, _("Only a public translation can be marked as saying the same as its source.")
        )
    else:
        note_source(page, mark_of(source), request.user)
        messages.success(request, _("Noted: %(page)s says the same as its source.") % {"page": page.title})
    return redirect("content-board")
