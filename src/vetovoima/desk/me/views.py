"""A person's own settings: name, language, keys."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import override

from vetovoima.accounts import services
from vetovoima.accounts.doors import signed_in_door
from vetovoima.accounts.rights import Action, Kind
from vetovoima.accounts.rules import may, memberships
from vetovoima.common.fields import LANGUAGES
from vetovoima.desk.requests import DeskRequest

from .forms import MeForm

YEAR = 365 * 24 * 3600


@signed_in_door
def me(request: DeskRequest) -> HttpResponse:
    """This will show and save a person's own name and language."""
    known = {"display_name": request.user.display_name, "language": request.user.language}
    form = MeForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        services.edit_profile(user=request.user, **form.cleaned_data)
        with override(form.cleaned_data["language"]):
            messages.success(request, _("Saved."))
        return redirect("desk:me")
    shown = {
        "form": form,
        "roles": memberships(request.user),
        "sees_webhooks": may(request.user, Kind.WEBHOOK, Action.VIEW),
        "sees_channels": may(request.user, Kind.CHANNEL, Action.VIEW),
        "sees_embeds": may(request.user, Kind.EMBED, Action.VIEW),
    }
    return render(request, "desk/me/me.html", shown)


@signed_in_door
def language(request: DeskRequest) -> HttpResponse:
    """This will change the language of the desk and go back to the page one came from."""
    chosen = request.POST.get("language", "")
    if chosen in LANGUAGES:
        services.edit_profile(user=request.user, display_name=request.user.display_name, language=chosen)
    back = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure())
    return redirect(back if is_ours and back.startswith("/desk/") else "desk:day")


@signed_in_door
def keys(request: DeskRequest) -> HttpResponse:
    """This will switch the keyboard shortcuts on or off in this browser (WCAG 2.1.4)."""
    response = redirect("desk:me")
    if request.method != "POST":
        return response
    value = "off" if request.POST.get("keys") == "off" else "on"
    response.set_cookie(
        "desk_keys", value, max_age=YEAR, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )
    return response
