"""The picture beside a shared link."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe
from wagtail.models import Page

from vetovoima.accounts.doors import public_door
from vetovoima.common.pdf import CannotRender
from vetovoima.portal.limits import PICTURES, seconds_to_wait
from vetovoima.portal.sharing import look_of_region, region_eyebrow
from vetovoima.portal.social import (
    Card,
    IsBusy,
    card_of_page,
    card_of_record,
    card_of_view,
    draw_picture,
    kept_picture,
    version_of,
)
from vetovoima.syndication.queries import published_site

#: under its version a picture never changes; without one it is asked for again after a while
KEPT, KEPT_ANYHOW = "public, max-age=31536000, immutable", "public, max-age=3600"
#: when to ask again while others are drawn, in seconds
SOON = 5


@public_door
@require_safe
def picture(request: HttpRequest, kind: str, key: str, language: str) -> HttpResponse:
    """The picture of a record, a page or a list of the portal; 404 for what is not public in this language."""
    with override(language):
        look = look_of_region()
        card = _card(kind, key, language, look)
        if card is None:
            raise Http404
        version = version_of(card, look)
        tag = f'"{version}"'
        headers = {
            "ETag": tag,
            "Cache-Control": KEPT if request.GET.get("v") == version else KEPT_ANYHOW,
            "Cross-Origin-Resource-Policy": "cross-origin",
        }
        unchanged = get_conditional_response(request, etag=tag)
        if unchanged is not None:
            return HttpResponse(status=unchanged.status_code, headers=headers)
        content = kept_picture(card, look)
        if content is None and (wait := seconds_to_wait(request, PICTURES)):
            return _later(429, wait)
        try:
            content = content or draw_picture(card, look)
        except IsBusy:
            return _later(503, SOON)
        except CannotRender as error:
            return HttpResponse(str(error), status=503, content_type="text/plain; charset=utf-8")
    return HttpResponse(content, content_type="image/png", headers=headers)


def _later(status: int, wait: int) -> HttpResponse:
    headers = {"Retry-After": str(wait), "Cache-Control": "no-store"}
    return HttpResponse(
        _("Too many requests"), status=status, content_type="text/plain; charset=utf-8", headers=headers
    )


def _card(kind: str, key: str, language: str, look: dict[str, Any]) -> Card | None:
    tokens = look["tokens"]
    if kind == "site":
        found = published_site(key, language)
        return card_of_record(found.body, tokens) if found else None
    if kind == "page" and key.isascii() and key.isdigit() and len(key) < 10:
        page = Page.objects.live().public().filter(pk=int(key), locale__language_code=language).first()
        return card_of_page(page.specific, language, tokens, region_eyebrow(look)) if page else None
    if kind == "view":
        return card_of_view(key, language, tokens, region_eyebrow(look))
    return None
