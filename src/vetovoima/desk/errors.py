"""What a person sees when a form's token has grown old: their text kept, and a button to send it again."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.middleware.csrf import get_token
from django.shortcuts import render

#: what is never written back into a page
SECRET = ("password", "passwd", "code", "otp", "token", "secret")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """This will answer a refused form token with 403.

    When the form came from a page of ours (by Origin or Referer) it is shown again with what was typed, without
    passwords and files, and a fresh token: sending it again works. Anything else gets a plain refusal, so that no
    other site can put words into a form here.
    """
    kept: list[tuple[str, str]] = []
    if is_ours := _came_from_us(request):
        get_token(request)
        kept = _typed(request)
    shown = {
        "kept": kept,
        "is_ours": is_ours,
        "had_files": bool(is_ours and request.FILES),
        "address": request.get_full_path(),
        "is_signed_out": reason == "signed out",
    }
    response = render(request, "desk/form_expired.html", shown, status=403)
    response.headers["Cache-Control"] = "no-store"
    return response


def signed_out(request: HttpRequest) -> HttpResponse:
    """This will answer a form that came after the sign-in had ended: what was typed is kept until it is sent again."""
    return csrf_failure(request, "signed out")


def _came_from_us(request: HttpRequest) -> bool:
    named = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return bool(named) and urlsplit(named).netloc == request.get_host()


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    """Every value that was sent, in order, but secrets."""
    try:
        sent = request.POST
    except (MultiPartParserError, RequestDataTooBig, TooManyFieldsSent):
        return []
    return [(name, value) for name, values in sent.lists() for value in values if not _is_secret(name)]


def _is_secret(name: str) -> bool:
    return any(part in name.lower() for part in SECRET)
