"""Doors to what is not ours: the account pages of allauth, and Wagtail's content editor."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from allauth import urls as allauth_urls
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver

from vetovoima.accounts.doors import public_door
from vetovoima.accounts.rights import Action, Kind
from vetovoima.accounts.rules import may

#: the pages of allauth that the product uses; what it brings beside them, and will bring with its next version, is closed.
#: Above all nobody changes an e-mail address or adds one: roles are given to addresses.
ACCOUNT_PAGES = frozenset(
    {
        "account_login", "account_logout", "account_inactive", "account_reauthenticate",
        "account_change_password", "account_reset_password", "account_reset_password_done",
        "account_reset_password_from_key", "account_reset_password_from_key_done",
        "mfa_index", "mfa_authenticate", "mfa_reauthenticate", "mfa_activate_totp", "mfa_deactivate_totp",
        "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_download_recovery_codes",
    }
)  # fmt: skip
CMS = "cms/"


@public_door
def closed(request: HttpRequest, **parts: Any) -> HttpResponse:
    """This will answer an address that has a name, because allauth asks for it, and opens nothing."""
    raise Http404


def account_pages() -> list[URLPattern | URLResolver]:
    """This will return allauth's addresses, of which those in ACCOUNT_PAGES open."""
    return list(_open_or_closed(allauth_urls.urlpatterns))


def _open_or_closed(patterns: Iterable[URLPattern | URLResolver]) -> Iterator[URLPattern | URLResolver]:
    for one in patterns:
        if isinstance(one, URLResolver):
            inner = list(_open_or_closed(one.url_patterns))
            yield URLResolver(one.pattern, inner, one.default_kwargs, one.app_name, one.namespace)
        elif one.name in ACCOUNT_PAGES:
            yield one
        else:
            yield URLPattern(one.pattern, closed, {}, one.name)


class ContentEditorDoor:
    """Lets into the content editor only those whose roles may edit pages, asked at each request.

    Wagtail itself asks its group, and a group is a copy: it may be older than the roles.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """This will pass the request on."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """This will refuse whoever is signed in without the right; Wagtail sends strangers to the sign-in."""
        found = request.resolver_match
        if found is None or not found.route.startswith(CMS) or not request.user.is_authenticated:
            return
        if not may(request.user, Kind.PAGES, Action.EDIT):
            raise PermissionDenied
