"""Tags of header and footer: the menu, who answers, and the way to the enquiry with what the page is about."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import template
from django.urls import reverse

from vetovoima.portal.languages import current_language
from vetovoima.portal.navigation import Group, menu

from .shell import council

register = template.Library()
#: pages on which a call to write would be in the way: the form itself, sign-in, one's own path
WITHOUT_CALL = ("/enquiry/", "/accounts/", "/desk/", "/my/", "/answer/")


def _once(context: template.Context, name: str, ask: Any) -> Any:
    """What header and footer both need is asked once a page."""
    request = context.get("request")
    if request is None:
        return ask()
    if not hasattr(request, name):
        setattr(request, name, ask())
    return getattr(request, name)


@register.simple_tag(takes_context=True)
def site_menu(context: template.Context) -> list[Group]:
    """This will return the groups of the menu in the page's language."""
    request, region = context.get("request"), context.get("region")
    path = request.path if request else ""
    return list(
        _once(context, "_menu", lambda: menu(current_language(), path, region.tokens if region else None))
    )


@register.simple_tag(takes_context=True)
def who_answers(context: template.Context) -> dict[str, Any] | None:
    """This will return the organisation that answers, with its first named contact."""
    gathered = context.get("gathered")
    if gathered is not None:
        return gathered.council
    found: dict[str, Any] | None = _once(context, "_council", lambda: council(context.get("region")))
    return found


@register.simple_tag(takes_context=True)
def wants_call(context: template.Context) -> bool:
    """Whether the page ends with the way to an enquiry."""
    request = context.get("request")
    return request is not None and not any(part in request.path for part in WITHOUT_CALL)


@register.simple_tag(takes_context=True)
def enquiry_address(context: template.Context) -> str:
    """This will return the enquiry form's address, filled in with the record, municipality or sector of the page."""
    asked = {}
    if isinstance(context.get("site"), dict):
        asked["site"] = context["site"].get("code", "")
    elif context.get("municipality") and hasattr(context["municipality"], "slug"):
        asked["municipality"] = context["municipality"].slug
    elif context.get("sector") and hasattr(context["sector"], "slug"):
        asked["sector"] = context["sector"].slug
    address = reverse("portal-enquiry")
    return f"{address}?{urlencode(asked)}" if any(asked.values()) else address
